//! What stands on a screen, as the X server tells whoever asks: the one way to know when a user sees something without asking
//! anything of the program that shows it. Speaks as much of the protocol as that takes.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

/// A part of the screen in pixels.
#[derive(Clone, Copy)]
pub struct Area {
    pub left: i16,
    pub top: i16,
    pub width: u16,
    pub height: u16,
}

/// A connection to the server of a display.
pub struct Screen {
    server: UnixStream,
    /// The window that everything lies in.
    root: u32,
}

impl Screen {
    /// `display` is a name as in `:5`.
    pub fn open(display: &str) -> io::Result<Self> {
        let socket = Path::new("/tmp/.X11-unix").join(format!("X{}", display.trim_start_matches(':')));
        let mut server = UnixStream::connect(socket)?;
        // Little-endian, protocol 11.0, no authorisation: the display is our own.
        server.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
        let mut head = [0; 8];
        server.read_exact(&mut head)?;
        let mut body = vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4];
        server.read_exact(&mut body)?;
        match root_of(&body).filter(|_| head[0] == 1) {
            Some(root) => Ok(Self { server, root }),
            None => Err(io::Error::other("the X server did not let us in")),
        }
    }

    /// The pixels of an area, row by row: blue, green, red and one byte of no meaning each.
    pub fn look(&mut self, area: Area) -> io::Result<Vec<u8>> {
        const GET_IMAGE: u8 = 73;
        const WHOLE_PIXELS: u8 = 2;
        let mut request = vec![GET_IMAGE, WHOLE_PIXELS, 5, 0];
        request.extend(self.root.to_le_bytes());
        request.extend(area.left.to_le_bytes());
        request.extend(area.top.to_le_bytes());
        request.extend(area.width.to_le_bytes());
        request.extend(area.height.to_le_bytes());
        request.extend(u32::MAX.to_le_bytes());
        self.server.write_all(&request)?;
        let mut head = [0; 32];
        self.server.read_exact(&mut head)?;
        if head[0] != 1 {
            return Err(io::Error::other(format!("the X server shows no picture (error {})", head[1])));
        }
        let words = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        let mut pixels = vec![0; words as usize * 4];
        self.server.read_exact(&mut pixels)?;
        Ok(pixels)
    }
}

/// The root of the first screen in what the server says of itself: 32 bytes, its maker's name, 8 bytes for each format, then
/// the screens.
fn root_of(greeting: &[u8]) -> Option<u32> {
    let maker = usize::from(u16::from_le_bytes([*greeting.get(16)?, *greeting.get(17)?]));
    let formats = usize::from(*greeting.get(21)?);
    let at = 32 + maker.next_multiple_of(4) + 8 * formats;
    Some(u32::from_le_bytes(greeting.get(at..at + 4)?.try_into().ok()?))
}

/// In how many of the lines, each so many pixels high, something dark stands, such as text on a light ground.
pub fn lines_with_text(pixels: &[u8], width: u16, line_height: u16) -> usize {
    let line = usize::from(width) * usize::from(line_height) * 4;
    let dark = |pixel: &[u8]| pixel[..3].iter().all(|colour| *colour < 110);
    pixels.chunks(line.max(4)).filter(|line| line.chunks_exact(4).any(dark)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_counts_once_however_much_stands_in_it() {
        let (white, grey, black) = ([255; 4], [200; 4], [30, 20, 10, 0]);
        // Two pixels wide, lines of two: nothing, something light, text, text.
        let pixels =
            [[white; 4], [white, grey, grey, white], [black, white, black, black], [white, white, white, black]];
        assert_eq!(lines_with_text(&pixels.concat().concat(), 2, 2), 2);
    }

    #[test]
    fn the_root_stands_behind_the_makers_name_and_the_formats() {
        let mut greeting = vec![0; 32];
        (greeting[16], greeting[21]) = (5, 2);
        greeting.extend([0; 8]);
        greeting.extend([0; 16]);
        greeting.extend([0x2a, 0x01, 0, 0]);
        assert_eq!(root_of(&greeting), Some(0x012a));
        assert_eq!(root_of(&greeting[..40]), None);
    }
}
