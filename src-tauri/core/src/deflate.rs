//! Bytes made small for a column of a database, where being small counts for more than being read fast.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::error::Error;

/// A body that is larger than this when unpacked is damaged: a page of Apollo's is far below a megabyte.
const LARGEST_BODY: u64 = 64 << 20;

/// Compressed bytes for a column of a database; [`unpack`] reads them again.
///
/// # Errors
/// [`Error::Storage`]; in memory this does not happen.
pub fn pack(body: &[u8]) -> Result<Vec<u8>, Error> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    encoder.write_all(body).and_then(|()| encoder.finish()).map_err(|error| crate::db::explain_io("An answer", &error))
}

/// Null when the bytes are damaged, or unpack to more than any answer has: half an answer is none.
pub fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    unpack_within(packed, LARGEST_BODY)
}

fn unpack_within(packed: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(packed.len().saturating_mul(4).min(1 << 20));
    DeflateDecoder::new(packed).take(most + 1).read_to_end(&mut body).ok()?;
    (body.len() as u64 <= most).then_some(body)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_body_over_the_limit_is_refused_and_never_cut() {
        let packed = pack(&[b'x'; 1_000]).unwrap();
        assert_eq!(unpack_within(&packed, 1_000).unwrap().len(), 1_000);
        assert_eq!(unpack_within(&packed, 999), None);
        let bomb = pack(&vec![0; LARGEST_BODY as usize + 1]).unwrap();
        assert_eq!(unpack(&bomb), None);
    }

    #[test]
    fn bytes_that_end_too_early_are_damaged() {
        let packed = pack(b"a body that compresses to more than a few bytes").unwrap();
        assert_eq!(unpack(&packed[..packed.len() - 1]), None);
        assert!(unpack(&packed).is_some());
    }
}
