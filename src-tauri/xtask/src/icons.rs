//! `cargo xtask icons`: makes every icon file that the bundles need from one drawing. rsvg-convert draws; the two
//! containers, which hold PNG files as they are, are put together here. For whoever changes the drawing: the
//! results are committed.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::project::{Project, TemporaryFolder};
use crate::stream::must_succeed;
use crate::trouble::Trouble;

/// Single files and their width in pixels, under the names that Tauri looks for.
const PNGS: [(&str, u32); 4] = [("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)];

/// Widths in the Windows icon. 256 is the largest that it can hold.
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];

/// Types in the macOS icon and their width in pixels: Apple's "Icon Image" types that hold PNG, the `@2x` ones too.
const ICNS: [(&[u8; 4], u32); 8] = [
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
];

/// Draws all sizes and writes the files beside the drawing.
pub fn icons(project: &Project) -> Result<ExitCode, Trouble> {
    let folder = project.path("src-tauri/icons");
    let scratch = TemporaryFolder::new("icons")?;
    let draw = |width| draw(project, scratch.path(), width);

    for (name, width) in PNGS {
        write(&folder.join(name), &draw(width)?)?;
    }
    let sizes = ICO.into_iter().map(|width| Ok((width, draw(width)?))).collect::<Result<Vec<_>, Trouble>>()?;
    write(&folder.join("icon.ico"), &ico(&sizes))?;
    let parts = ICNS.into_iter().map(|(kind, width)| Ok((kind, draw(width)?))).collect::<Result<Vec<_>, Trouble>>()?;
    write(&folder.join("icon.icns"), &icns(&parts))?;
    Ok(ExitCode::SUCCESS)
}

/// One drawing as a PNG of this width, with an alpha channel.
fn draw(project: &Project, scratch: &Path, width: u32) -> Result<Vec<u8>, Trouble> {
    let file = scratch.join(format!("{width}.png"));
    let pixels = width.to_string();
    let mut command = project.command("rsvg-convert");
    command.args(["--width", &pixels, "--height", &pixels, "--output"]).arg(&file);
    command.arg(project.path("src-tauri/icons/foray.svg"));
    must_succeed(&mut command, "rsvg-convert (Debian: librsvg2-bin)")?;
    fs::read(&file).map_err(Trouble::io(format!("read {}", file.display())))
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    println!("{} ({} bytes)", file.display(), bytes.len());
    fs::write(file, bytes).map_err(Trouble::io(format!("write {}", file.display())))
}

/// A Windows icon: a header of 6 bytes, 16 bytes for each image, then the images; numbers little-endian.
fn ico(images: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut file = vec![0, 0, 1, 0];
    file.extend((images.len() as u16).to_le_bytes());
    let mut offset = 6 + 16 * images.len();
    for (width, png) in images {
        // 256 does not fit into the byte and is written as 0.
        let side = u8::try_from(*width).unwrap_or(0);
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend((png.len() as u32).to_le_bytes());
        file.extend((offset as u32).to_le_bytes());
        offset += png.len();
    }
    for (_, png) in images {
        file.extend(png);
    }
    file
}

/// A macOS icon: a magic word and the whole length, then each image behind its type and length; numbers big-endian.
fn icns(images: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (kind, png) in images {
        body.extend(*kind);
        body.extend((png.len() as u32 + 8).to_be_bytes());
        body.extend(png);
    }
    let mut file = b"icns".to_vec();
    file.extend((body.len() as u32 + 8).to_be_bytes());
    file.extend(body);
    file
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn an_ico_points_at_each_of_its_images() {
        let file = ico(&[(16, vec![1, 2, 3]), (256, vec![4, 5])]);
        assert_eq!(file[..6], [0, 0, 1, 0, 2, 0]);
        assert_eq!(file[6], 16);
        assert_eq!(file[22], 0);
        let offset = u32::from_le_bytes(file[34..38].try_into().unwrap()) as usize;
        assert_eq!(file[offset..], [4, 5]);
    }

    #[test]
    fn an_icns_tells_its_whole_length() {
        let file = icns(&[(b"ic07", vec![1, 2, 3])]);
        assert_eq!(file, b"icns\x00\x00\x00\x13ic07\x00\x00\x00\x0b\x01\x02\x03");
    }

    #[test]
    fn the_committed_icons_are_there_and_have_an_alpha_channel() {
        let project = Project::find().unwrap();
        for (name, width) in PNGS {
            let png = fs::read(project.path("src-tauri/icons").join(name)).unwrap();
            // Width at byte 16 and colour type at byte 25 of a PNG; 6 is RGBA.
            assert_eq!(u32::from_be_bytes(png[16..20].try_into().unwrap()), width, "{name}");
            assert_eq!(png[25], 6, "{name}");
        }
        for name in ["icon.ico", "icon.icns"] {
            assert!(project.path("src-tauri/icons").join(name).is_file());
        }
    }
}
