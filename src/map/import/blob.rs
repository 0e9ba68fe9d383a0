//! The blobs of a PBF file: one at a time is in memory, within the sizes that the format sets.

use std::io::{self, Read};

use flate2::bufread::ZlibDecoder;

use super::wire::{Fields, Malformed};
use crate::diagnostic::Text;
use crate::text;

/// Most bytes of a blob's header, and of a blob packed and unpacked, as the format sets them.
const HEADER_LIMIT: u64 = 64 * 1024;
const BLOB_LIMIT: u64 = 32 * 1024 * 1024;

/// What a file may need its reader to know.
const FEATURES: [&[u8]; 2] = [b"OsmSchema-V0.6", b"DenseNodes"];

/// What can be wrong with a blob.
pub(super) enum Problem {
    Io(io::Error),
    Cut,
    NoHeader,
    TooLong,
    Packing,
    Malformed,
    Feature(String),
    Off(i64),
}

impl From<Malformed> for Problem {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

impl Problem {
    /// The problem of the blob that begins at a byte of the file.
    pub(super) fn at(self, byte: u64) -> Text {
        match self {
            Self::Io(error) => unreadable(&error),
            Self::Cut => {
                text!("plik urywa się w bloku od bajtu {byte}", "the file breaks off in the block at byte {byte}")
            }
            Self::NoHeader => {
                text!("plik nie zaczyna się nagłówkiem OSMHeader", "the file does not begin with an OSMHeader")
            }
            Self::TooLong => text!(
                "blok od bajtu {byte} ma być dłuższy, niż pozwala format",
                "the block at byte {byte} claims to be longer than the format allows"
            ),
            Self::Packing => text!(
                "blok od bajtu {byte} jest źle spakowany albo nie przez zlib",
                "the block at byte {byte} is packed badly, or not with zlib"
            ),
            Self::Malformed => text!("blok od bajtu {byte} jest zepsuty", "the block at byte {byte} is broken"),
            Self::Feature(name) => {
                text!("plik wymaga „{name}”, czego huta nie zna", "the file needs `{name}`, which huta does not know")
            }
            Self::Off(node) => text!("węzeł {node} leży poza kulą ziemską", "node {node} is not on the earth"),
        }
    }
}

fn unreadable(error: &io::Error) -> Text {
    text!("nie da się odczytać: {error}", "cannot be read: {error}")
}

pub(super) enum Type {
    Header,
    Data,
    Other,
}

pub(super) struct Blob {
    pub(super) kind: Type,
    /// Bytes it takes in the file.
    pub(super) length: u64,
}

/// Reads the next blob as it is packed; nothing at the end of the file.
pub(super) fn next_blob(file: &mut impl Read, packed: &mut Vec<u8>) -> Result<Option<Blob>, Problem> {
    read(file, 4, packed)?;
    if packed.is_empty() {
        return Ok(None);
    }
    let length = u64::from(u32::from_be_bytes(packed[..].try_into().map_err(|_| Problem::Cut)?));
    if length > HEADER_LIMIT {
        return Err(Problem::TooLong);
    }
    exactly(file, length, packed)?;
    let (mut kind, mut size) = (Type::Other, 0);
    for field in Fields(packed) {
        match field? {
            (1, name) => {
                kind = match name.bytes()? {
                    b"OSMHeader" => Type::Header,
                    b"OSMData" => Type::Data,
                    _ => Type::Other,
                }
            }
            (3, number) => size = number.number()?,
            _ => {}
        }
    }
    if size > BLOB_LIMIT {
        return Err(Problem::TooLong);
    }
    exactly(file, size, packed)?;
    Ok(Some(Blob { kind, length: 4 + length + size }))
}

/// Reads at most so many bytes. Memory grows with what is there, not with what is claimed.
fn read(file: &mut impl Read, length: u64, into: &mut Vec<u8>) -> Result<(), Problem> {
    into.clear();
    file.take(length).read_to_end(into).map(|_| ()).map_err(Problem::Io)
}

fn exactly(file: &mut impl Read, length: u64, into: &mut Vec<u8>) -> Result<(), Problem> {
    read(file, length, into)?;
    if into.len() as u64 == length { Ok(()) } else { Err(Problem::Cut) }
}

/// Unpacks a blob.
pub(super) fn unpack(blob: &[u8], block: &mut Vec<u8>) -> Result<(), Problem> {
    block.clear();
    let (mut size, mut found) = (None, false);
    for field in Fields(blob) {
        match field? {
            (1, raw) => {
                block.extend_from_slice(raw.bytes()?);
                return Ok(());
            }
            (2, number) => size = Some(number.number()?),
            (3, zlib) => {
                // One byte more than may be there tells what is too long.
                let mut unpacked = ZlibDecoder::new(zlib.bytes()?).take(BLOB_LIMIT + 1);
                unpacked.read_to_end(block).map_err(|_| Problem::Packing)?;
                found = true;
            }
            _ => {}
        }
    }
    match block.len() as u64 {
        length if length > BLOB_LIMIT => Err(Problem::TooLong),
        length if !found || size.is_some_and(|size| size != length) => Err(Problem::Packing),
        _ => Ok(()),
    }
}

pub(super) fn check_features(block: &[u8]) -> Result<(), Problem> {
    for field in Fields(block) {
        if let (4, feature) = field? {
            let feature = feature.bytes()?;
            if !FEATURES.contains(&feature) {
                return Err(Problem::Feature(String::from_utf8_lossy(feature).into_owned()));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A blob of a kind whose header says that it has so many bytes.
    fn blob(kind: &str, said: u8, bytes: &[u8]) -> Vec<u8> {
        let length = u8::try_from(kind.len()).unwrap();
        let header = [&[0x0a, length][..], kind.as_bytes(), &[0x18, said]].concat();
        [&[0, 0, 0, length + 4][..], &header, bytes].concat()
    }

    #[test]
    fn blobs_come_one_after_another() {
        let file = [blob("OSMHeader", 2, b"ab"), blob("OSMData", 3, b"cde"), blob("Other", 0, b"")].concat();
        let (mut rest, mut packed) = (&file[..], vec![9]);
        let mut found = vec![];
        while let Ok(Some(blob)) = next_blob(&mut rest, &mut packed) {
            let kind = match blob.kind {
                Type::Header => "header",
                Type::Data => "data",
                Type::Other => "other",
            };
            found.push((kind, blob.length, packed.clone()));
        }
        assert_eq!(found, [("header", 19, b"ab".to_vec()), ("data", 18, b"cde".to_vec()), ("other", 13, vec![])]);
        assert!(rest.is_empty() && matches!(next_blob(&mut rest, &mut packed), Ok(None)));
    }

    #[test]
    fn lengths_have_limits() {
        let told = |mut file: &[u8]| match next_blob(&mut file, &mut vec![]) {
            Ok(_) => "read",
            Err(Problem::Cut) => "cut",
            Err(Problem::TooLong) => "too long",
            Err(_) => "other",
        };
        // What is as long as it may be is cut here, one byte more is too long.
        assert_eq!([told(&[0, 1, 0, 0]), told(&[0, 1, 0, 1])], ["cut", "too long"]);
        let said = |size: &[u8]| [&[0, 0, 0, u8::try_from(size.len()).unwrap() + 1, 0x18][..], size].concat();
        assert_eq!(told(&said(&[0x80, 0x80, 0x80, 0x10])), "cut");
        assert_eq!(told(&said(&[0x81, 0x80, 0x80, 0x10])), "too long");
        assert_eq!([told(&said(&[0])), told(&[0, 0, 0]), told(&[0, 0, 0, 2, 8])], ["read", "cut", "cut"]);
    }

    #[test]
    fn what_is_unpacked_is_as_long_as_said() {
        let told = |blob: &[u8]| {
            let mut block = b"old".to_vec();
            match unpack(blob, &mut block) {
                Ok(()) => Ok(block),
                Err(Problem::Packing) => Err("packing"),
                Err(Problem::Malformed) => Err("malformed"),
                Err(_) => Err("other"),
            }
        };
        let mut encoder = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, b"block").unwrap();
        let zlib = encoder.finish().unwrap();
        let field = [&[0x1a, u8::try_from(zlib.len()).unwrap()][..], &zlib].concat();
        let sized = |size: u8| [&[0x10, size][..], &field].concat();
        assert_eq!(told(&[0x0a, 2, b'a', b'b']), Ok(b"ab".to_vec()));
        assert_eq!([told(&field), told(&sized(5))], [Ok(b"block".to_vec()), Ok(b"block".to_vec())]);
        assert_eq!([told(&sized(4)), told(&sized(6))], [Err("packing"), Err("packing")]);
        assert_eq!(
            [told(&[]), told(&[0x10, 0]), told(b"\x1a\x08nonsense")],
            [Err("packing"), Err("packing"), Err("packing")]
        );
        assert_eq!([told(&[0x0a, 9]), told(&[0x08, 1])], [Err("malformed"), Err("malformed")]);
    }

    #[test]
    fn a_file_may_need_what_is_known() {
        let needs = |feature: &str| {
            let block = [&[0x22, u8::try_from(feature.len()).unwrap()][..], feature.as_bytes()].concat();
            match check_features(&block) {
                Ok(()) => None,
                Err(Problem::Feature(name)) => Some(name),
                Err(_) => Some("?".into()),
            }
        };
        assert_eq!([needs("OsmSchema-V0.6"), needs("DenseNodes"), needs("X")], [None, None, Some("X".to_string())]);
        // What a file may have beside that is no matter.
        assert!(check_features(&[0x2a, 1, b'X']).is_ok());
    }
}
