//! OpenStreetMap's binary files (OpenStreetMap Wiki, “PBF Format”): blobs, each with some thousand elements.
//!
//! `blob` takes the file apart; here blobs become elements.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::blob::{Problem, Type, check_features, next_blob, unpack};
use super::elements::{Element, Extract, Member, Role, Wanted};
use super::point::{Point, point};
use super::tags::Tags;
use super::wire::{Field, Fields, Malformed, Packed};
use crate::diagnostic::Text;

/// A PBF file.
pub(super) struct Pbf(PathBuf);

impl Pbf {
    pub(super) fn new(path: &Path) -> Self {
        Self(path.to_path_buf())
    }

    /// Whether a file that begins so is one.
    pub(super) fn begins(start: &[u8]) -> bool {
        // The length of a header, and a header that says `OSMHeader`.
        start.starts_with(&[0, 0]) && start.windows(9).any(|window| window == b"OSMHeader")
    }
}

impl Extract for Pbf {
    fn read(&self, wanted: Wanted, visit: &mut dyn FnMut(Element<'_>)) -> Result<(), Text> {
        let mut file = BufReader::new(File::open(&self.0).map_err(|error| Problem::Io(error).at(0))?);
        let (mut packed, mut block) = (vec![], vec![]);
        let (mut at, mut is_first) = (0, true);
        while let Some(blob) = next_blob(&mut file, &mut packed).map_err(|problem| problem.at(at))? {
            match (blob.kind, is_first) {
                (Type::Data | Type::Other, true) => return Err(Problem::NoHeader.at(at)),
                (Type::Header, _) => unpack(&packed, &mut block).and_then(|()| check_features(&block)),
                (Type::Data, false) => unpack(&packed, &mut block).and_then(|()| show(&block, wanted, visit)),
                (Type::Other, false) => Ok(()),
            }
            .map_err(|problem| problem.at(at))?;
            at += blob.length;
            is_first = false;
        }
        if is_first { Err(Problem::NoHeader.at(0)) } else { Ok(()) }
    }
}

/// What the elements of a block share.
struct Block<'a> {
    texts: Vec<&'a [u8]>,
    /// Nanodegrees in a unit, and where east and north begin.
    granularity: i64,
    offset: [i64; 2],
}

impl<'a> Block<'a> {
    fn text(&self, index: u64) -> Result<&'a str, Malformed> {
        let bytes = usize::try_from(index).ok().and_then(|index| self.texts.get(index)).ok_or(Malformed)?;
        std::str::from_utf8(bytes).map_err(|_| Malformed)
    }

    fn place(&self, id: i64, units: [i64; 2]) -> Result<Point, Problem> {
        let nano = |axis: usize| units[axis].checked_mul(self.granularity)?.checked_add(self.offset[axis]);
        nano(0).zip(nano(1)).and_then(|(east, north)| point(east, north)).ok_or(Problem::Off(id))
    }

    /// Tags of two lists of equal length.
    fn tags(&self, mut keys: Packed<'_>, mut values: Packed<'_>) -> Result<Vec<(&'a str, &'a str)>, Malformed> {
        let mut tags = vec![];
        loop {
            match (keys.number()?, values.number()?) {
                (Some(key), Some(value)) => tags.push((self.text(key)?, self.text(value)?)),
                (None, None) => return Ok(tags),
                _ => return Err(Malformed),
            }
        }
    }
}

fn show(bytes: &[u8], wanted: Wanted, visit: &mut dyn FnMut(Element<'_>)) -> Result<(), Problem> {
    let mut block = Block { texts: vec![], granularity: 100, offset: [0, 0] };
    for field in Fields(bytes) {
        match field? {
            (1, table) => {
                for entry in Fields(table.bytes()?) {
                    if let (1, text) = entry? {
                        block.texts.push(text.bytes()?);
                    }
                }
            }
            (17, number) => block.granularity = number.int()?,
            (19, number) => block.offset[1] = number.int()?,
            (20, number) => block.offset[0] = number.int()?,
            _ => {}
        }
    }
    for field in Fields(bytes) {
        let (2, group) = field? else { continue };
        for entry in Fields(group.bytes()?) {
            match entry? {
                (1, node) if wanted.nodes => show_node(&block, node.bytes()?, visit)?,
                (2, nodes) if wanted.nodes => show_dense(&block, nodes.bytes()?, visit)?,
                (3, way) if wanted.ways => show_way(&block, way.bytes()?, visit)?,
                (4, relation) if wanted.relations => show_relation(&block, relation.bytes()?, visit)?,
                _ => {}
            }
        }
    }
    Ok(())
}

/// Number, keys and values: the fields that nodes, ways and relations share.
#[derive(Default)]
struct Common<'a> {
    id: Option<Field<'a>>,
    keys: Packed<'a>,
    values: Packed<'a>,
}

impl<'a> Common<'a> {
    fn take(&mut self, number: u64, field: Field<'a>) -> Result<(), Malformed> {
        match number {
            1 => self.id = Some(field),
            2 => self.keys = Packed(field.bytes()?),
            3 => self.values = Packed(field.bytes()?),
            _ => {}
        }
        Ok(())
    }

    fn id(&self) -> Result<Field<'a>, Malformed> {
        self.id.ok_or(Malformed)
    }
}

fn show_node(block: &Block<'_>, bytes: &[u8], visit: &mut dyn FnMut(Element<'_>)) -> Result<(), Problem> {
    let (mut common, mut units) = (Common::default(), [0, 0]);
    for field in Fields(bytes) {
        match field? {
            (8, north) => units[1] = north.zigzag()?,
            (9, east) => units[0] = east.zigzag()?,
            (number, field) => common.take(number, field)?,
        }
    }
    let id = common.id()?.zigzag()?;
    let (at, tags) = (block.place(id, units)?, block.tags(common.keys, common.values)?);
    visit(Element::Node { id, at, tags: Tags(&tags) });
    Ok(())
}

/// Nodes as lists of differences, and one list of all their tags with a zero after each node's.
fn show_dense(block: &Block<'_>, bytes: &[u8], visit: &mut dyn FnMut(Element<'_>)) -> Result<(), Problem> {
    let [mut ids, mut norths, mut easts, mut texts] = [const { Packed(&[]) }; 4];
    for field in Fields(bytes) {
        match field? {
            (1, list) => ids = Packed(list.bytes()?),
            (8, list) => norths = Packed(list.bytes()?),
            (9, list) => easts = Packed(list.bytes()?),
            (10, list) => texts = Packed(list.bytes()?),
            _ => {}
        }
    }
    let (mut id, mut units, mut tags) = (0, [0, 0], vec![]);
    loop {
        let found = [ids.add_to(&mut id)?, easts.add_to(&mut units[0])?, norths.add_to(&mut units[1])?];
        match found {
            [true, true, true] => {}
            [false, false, false] => return Ok(()),
            _ => return Err(Problem::Malformed),
        }
        tags.clear();
        while let Some(key) = texts.number()?.filter(|key| *key != 0) {
            let value = texts.number()?.ok_or(Malformed)?;
            tags.push((block.text(key)?, block.text(value)?));
        }
        visit(Element::Node { id, at: block.place(id, units)?, tags: Tags(&tags) });
    }
}

fn show_way(block: &Block<'_>, bytes: &[u8], visit: &mut dyn FnMut(Element<'_>)) -> Result<(), Problem> {
    let (mut common, mut list) = (Common::default(), Packed::default());
    for field in Fields(bytes) {
        match field? {
            (8, bytes) => list = Packed(bytes.bytes()?),
            (number, field) => common.take(number, field)?,
        }
    }
    let (mut node, mut nodes) = (0, vec![]);
    while list.add_to(&mut node)? {
        nodes.push(node);
    }
    let id = common.id()?.int()?;
    let tags = block.tags(common.keys, common.values)?;
    visit(Element::Way { id, nodes: &nodes, tags: Tags(&tags) });
    Ok(())
}

fn show_relation(block: &Block<'_>, bytes: &[u8], visit: &mut dyn FnMut(Element<'_>)) -> Result<(), Problem> {
    let (mut common, mut lists) = (Common::default(), [const { Packed(&[]) }; 3]);
    for field in Fields(bytes) {
        match field? {
            (number @ 8..=10, list) => {
                let place = if number == 8 {
                    0
                } else if number == 9 {
                    1
                } else {
                    2
                };
                lists[place] = Packed(list.bytes()?);
            }
            (number, field) => common.take(number, field)?,
        }
    }
    let [mut roles, mut ids, mut types] = lists;
    let (mut member, mut ways) = (0, vec![]);
    while ids.add_to(&mut member)? {
        let role = block.text(roles.number()?.ok_or(Malformed)?)?;
        // Nodes are 0, ways 1, relations 2.
        match types.number()?.ok_or(Malformed)? {
            1 => ways.push(Member { way: member, role: Role::new(role) }),
            0 | 2 => {}
            _ => return Err(Problem::Malformed),
        }
    }
    let id = common.id()?.int()?;
    let tags = block.tags(common.keys, common.values)?;
    visit(Element::Relation { id, ways: &ways, tags: Tags(&tags) });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_first_header() {
        let cases: [(&[u8], bool); 7] = [
            (b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x7c", true),
            (b"\0\0OSMHeader", true),
            (b"\0\0\0\x0d\x0a\x09OSMHeade", false),
            (b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0", false),
            (b"\x01\0\0\x0d\x0a\x09OSMHeader\x18\x7c", false),
            (b"OSMHeader", false),
            (b"", false),
        ];
        for (start, expected) in cases {
            assert_eq!(Pbf::begins(start), expected, "{start:?}");
        }
    }

    #[test]
    fn places_are_counted_in_units_from_an_offset() {
        let block = Block {
            texts: vec![&b""[..], b"a", &[0xff]],
            granularity: 1000,
            offset: [20_000_000_000, -50_000_000_000],
        };
        let place = |units: [i64; 2]| block.place(7, units).ok();
        assert_eq!(place([37_725, -72_005]), Some([2_003_773, -5_007_200]));
        assert_eq!(place([160_000_001, 0]), None);
        assert_eq!([place([i64::MAX, 0]), place([0, i64::MIN])], [None, None]);
        assert!(matches!(block.place(7, [0, i64::MAX]), Err(Problem::Off(7))));
        assert_eq!((block.text(1), block.text(2), block.text(3)), (Ok("a"), Err(Malformed), Err(Malformed)));
        let tags = |keys: &'static [u8], values: &'static [u8]| block.tags(Packed(keys), Packed(values));
        assert_eq!(tags(&[1, 0], &[0, 1]), Ok(vec![("a", ""), ("", "a")]));
        assert_eq!(
            [tags(&[1], &[]), tags(&[], &[1]), tags(&[1], &[9])],
            [Err(Malformed), Err(Malformed), Err(Malformed)]
        );
    }
}
