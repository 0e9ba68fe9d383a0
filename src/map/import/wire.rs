//! The wire format of protocol buffers (protobuf.dev/programming-guides/encoding), read in place.
//!
//! Nothing is copied or set aside for lengths that a file merely claims, and whatever is wrong is an error.

/// What is wrong with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Four or eight bytes, which OpenStreetMap does not use.
    Fixed,
}

impl<'a> Field<'a> {
    /// The bytes of a text, a message or a packed list.
    pub(super) fn bytes(self) -> Result<&'a [u8], Malformed> {
        if let Self::Bytes(bytes) = self { Ok(bytes) } else { Err(Malformed) }
    }

    /// A number without a sign, or an `int64` as it is written.
    pub(super) fn number(self) -> Result<u64, Malformed> {
        if let Self::Number(number) = self { Ok(number) } else { Err(Malformed) }
    }

    /// An `int32` or `int64`.
    pub(super) fn int(self) -> Result<i64, Malformed> {
        self.number().map(u64::cast_signed)
    }

    /// A `sint64`.
    pub(super) fn zigzag(self) -> Result<i64, Malformed> {
        self.number().map(zigzag)
    }
}

/// The fields of a message, one after another.
#[derive(Debug, Clone)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Field<'a>), Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = field(&mut self.0);
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

fn field<'a>(rest: &mut &'a [u8]) -> Result<(u64, Field<'a>), Malformed> {
    let key = varint(rest)?;
    let value = match key & 7 {
        0 => Field::Number(varint(rest)?),
        1 => take(rest, 8).map(|_| Field::Fixed)?,
        2 => {
            let length = usize::try_from(varint(rest)?).map_err(|_| Malformed)?;
            Field::Bytes(take(rest, length)?)
        }
        5 => take(rest, 4).map(|_| Field::Fixed)?,
        _ => return Err(Malformed),
    };
    Ok((key >> 3, value))
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], Malformed> {
    let (taken, left) = rest.split_at_checked(length).ok_or(Malformed)?;
    *rest = left;
    Ok(taken)
}

fn varint(rest: &mut &[u8]) -> Result<u64, Malformed> {
    let mut number = 0;
    for (at, byte) in rest.iter().enumerate().take(10) {
        let bits = u64::from(byte & 0x7f);
        if at == 9 && bits > 1 {
            return Err(Malformed);
        }
        number |= bits << (7 * at);
        if byte & 0x80 == 0 {
            *rest = &rest[at + 1..];
            return Ok(number);
        }
    }
    Err(Malformed)
}

fn zigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// A packed list of numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Packed<'a>(pub(super) &'a [u8]);

impl Packed<'_> {
    /// The next number, `None` at the end.
    pub(super) fn number(&mut self) -> Result<Option<u64>, Malformed> {
        if self.0.is_empty() { Ok(None) } else { varint(&mut self.0).map(Some) }
    }

    /// Adds the next difference to `sum`; `false` at the end.
    pub(super) fn add_to(&mut self, sum: &mut i64) -> Result<bool, Malformed> {
        let Some(difference) = self.number()? else { return Ok(false) };
        *sum = sum.checked_add(zigzag(difference)).ok_or(Malformed)?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_specification_shows() {
        // Field 1 is 150; field 2 is "testing"; field 4 is the packed list 3, 270, 86942.
        let bytes = [&[0x08, 0x96, 0x01, 0x12, 0x07][..], b"testing", &[0x22, 6, 3, 0x8e, 2, 0x9e, 0xa7, 5]].concat();
        let fields: Vec<_> = Fields(&bytes).collect::<Result<_, _>>().unwrap();
        assert_eq!(fields[..2], [(1, Field::Number(150)), (2, Field::Bytes(b"testing"))]);
        let mut packed = Packed(fields[2].1.bytes().unwrap());
        let numbers: Vec<u64> = std::iter::from_fn(|| packed.number().unwrap()).collect();
        assert_eq!(numbers, [3, 270, 86942]);
        assert_eq!([0, 1, 2, 3, u64::MAX].map(zigzag), [0, -1, 1, -2, i64::MIN]);
    }

    #[test]
    fn lies_are_errors() {
        for bytes in [
            &[0x08][..],
            &[0x12, 0x05, b'a'],
            &[0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
            &[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],
            &[0x0b],
            &[0x09, 1, 2],
        ] {
            assert!(Fields(bytes).any(|field| field.is_err()), "{bytes:?}");
        }
        let mut sum = i64::MAX;
        assert_eq!(Packed(&[2]).add_to(&mut sum), Err(Malformed));
    }

    #[test]
    fn every_kind_of_field_is_read_or_passed_over() {
        fn fields(bytes: &[u8]) -> Result<Vec<(u64, Field<'_>)>, Malformed> {
            Fields(bytes).collect()
        }
        let bytes = [0x0d, 1, 2, 3, 4, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1a, 0, 0x20, 0];
        let expected = [(1, Field::Fixed), (2, Field::Fixed), (3, Field::Bytes(b"")), (4, Field::Number(0))];
        assert_eq!(fields(&bytes).unwrap(), expected);
        assert!(fields(&[]).unwrap().is_empty());
        // The number of a field may take several bytes.
        assert_eq!(fields(&[0xa0, 0x01, 7]).unwrap(), [(20, Field::Number(7))]);
        for cut in [&bytes[..4], &bytes[..13], &[0x0b, 0], &[0x0c], &[0x0e], &[0x0f]] {
            assert_eq!(fields(cut), Err(Malformed), "{cut:?}");
        }
        // After a mistake comes nothing.
        assert_eq!(Fields(&[0x0b, 0x08, 1]).collect::<Vec<_>>(), [Err(Malformed)]);
    }

    #[test]
    fn values_are_of_their_types() {
        let (number, bytes) = (Field::Number(u64::MAX), Field::Bytes(b"a"));
        assert_eq!((number.number(), number.int(), number.zigzag()), (Ok(u64::MAX), Ok(-1), Ok(i64::MIN)));
        assert_eq!(
            (number.bytes(), bytes.bytes(), Field::Fixed.bytes()),
            (Err(Malformed), Ok(&b"a"[..]), Err(Malformed))
        );
        assert_eq!((bytes.number(), bytes.int(), bytes.zigzag()), (Err(Malformed), Err(Malformed), Err(Malformed)));
    }

    #[test]
    fn numbers_have_up_to_ten_bytes() {
        let cases: [(&[u8], Option<u64>, usize); 10] = [
            (&[0x00], Some(0), 0),
            (&[0x7f, 5], Some(127), 1),
            (&[0x80, 0x01], Some(128), 0),
            (&[0xff, 0xff, 0x03], Some(65_535), 0),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], Some(u64::MAX), 0),
            (&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 9], Some(1 << 63), 1),
            (&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02], None, 10),
            (&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], None, 11),
            (&[0x80], None, 1),
            (&[], None, 0),
        ];
        for (bytes, expected, left) in cases {
            let mut rest = bytes;
            assert_eq!((varint(&mut rest).ok(), rest.len()), (expected, left), "{bytes:?}");
        }
        let (mut list, mut sum) = (Packed(&[4, 1, 0x80, 0x01]), 10);
        let sums: Vec<i64> = std::iter::from_fn(|| list.add_to(&mut sum).unwrap().then_some(sum)).collect();
        assert_eq!(sums, [12, 11, 75]);
        assert_eq!((list.number(), Packed(&[0x80]).number()), (Ok(None), Err(Malformed)));
    }
}
