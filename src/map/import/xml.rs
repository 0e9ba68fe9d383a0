//! OpenStreetMap's XML (OpenStreetMap Wiki, “OSM XML”), one element at a time.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::elements::{Element, Extract, Member, Role, Wanted};
use super::point::{Point, nanodegrees, point};
use super::tags::Tags;
use crate::diagnostic::Text;
use crate::text;

/// Longest tag or text between tags that is read, in bytes. Real ones have some hundreds.
const LONGEST: usize = 1024 * 1024;

/// An XML file.
pub(super) struct Xml(PathBuf);

impl Xml {
    pub(super) fn new(path: &Path) -> Self {
        Self(path.to_path_buf())
    }
}

impl Extract for Xml {
    fn read(&self, wanted: Wanted, visit: &mut dyn FnMut(Element<'_>)) -> Result<(), Text> {
        let file =
            File::open(&self.0).map_err(|error| text!("nie da się odczytać: {error}", "cannot be read: {error}"))?;
        let mut reader = Reader::from_reader(Bounded { inner: BufReader::new(file), left: LONGEST });
        let (mut buffer, mut current) = (vec![], Current::default());
        // How many elements are open: the root, one of OpenStreetMap's, what is in it.
        let (mut depth, mut is_osm) = (0usize, false);
        loop {
            buffer.clear();
            reader.get_mut().left = LONGEST;
            let event = reader.read_event_into(&mut buffer);
            let (event, at) = match event {
                Ok(event) => (event, reader.buffer_position()),
                Err(error) => return Err(broken(reader.error_position(), &error.to_string())),
            };
            let told = |problem: String| broken(at, &problem);
            match event {
                Event::Start(tag) | Event::Empty(tag) if depth == 0 && tag.name().as_ref() != "osm" => {
                    return Err(not_osm(tag.name().as_ref()));
                }
                Event::Start(tag) => {
                    current.open(depth, &tag).map_err(told)?;
                    is_osm = true;
                    depth += 1;
                }
                Event::Empty(tag) => {
                    current.open(depth, &tag).map_err(told)?;
                    is_osm = true;
                    if depth == 1 {
                        current.show(wanted, visit).map_err(told)?;
                    }
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    if depth == 1 {
                        current.show(wanted, visit).map_err(told)?;
                    }
                }
                Event::Eof if depth > 0 => {
                    return Err(text!("plik urywa się przed końcem", "the file breaks off before its end"));
                }
                Event::Eof if !is_osm => return Err(not_osm("")),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

fn broken(at: u64, why: &str) -> Text {
    text!("błąd przed bajtem {at}: {why}", "an error before byte {at}: {why}")
}

fn not_osm(root: &str) -> Text {
    text!("plik zaczyna się od <{root}>, a nie <osm>", "the file begins with <{root}>, not with <osm>")
}

/// What an element is.
#[derive(Default, PartialEq, Eq)]
enum Type {
    Node,
    Way,
    Relation,
    #[default]
    Other,
}

/// The element that is being read.
#[derive(Default)]
struct Current {
    kind: Type,
    id: i64,
    at: Option<Point>,
    is_deleted: bool,
    nodes: Vec<i64>,
    ways: Vec<Member>,
    tags: Vec<(String, String)>,
}

impl Current {
    /// Takes in a tag that opens inside of so many others.
    fn open(&mut self, depth: usize, tag: &BytesStart<'_>) -> Result<(), String> {
        match (depth, tag.name().as_ref()) {
            (1, name) => self.begin(name, tag),
            (2, "tag") => {
                let (mut key, mut value) = (String::new(), String::new());
                attributes(tag, |name, text| {
                    match name {
                        "k" => key = text.to_string(),
                        "v" => value = text.to_string(),
                        _ => {}
                    }
                    Ok(())
                })?;
                self.tags.push((key, value));
                Ok(())
            }
            (2, "nd") => {
                let mut node = None;
                attributes(tag, |name, text| {
                    if name == "ref" {
                        node = Some(number(text)?);
                    }
                    Ok(())
                })?;
                self.nodes.push(node.ok_or("nd: no ref")?);
                Ok(())
            }
            (2, "member") => {
                let (mut is_way, mut way, mut role) = (false, None, Role::Other);
                attributes(tag, |name, text| {
                    match name {
                        "type" => is_way = text == "way",
                        "ref" => way = Some(number(text)?),
                        "role" => role = Role::new(text),
                        _ => {}
                    }
                    Ok(())
                })?;
                let way = way.ok_or("member: no ref")?;
                self.ways.extend(is_way.then_some(Member { way, role }));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), String> {
        self.kind = match name {
            "node" => Type::Node,
            "way" => Type::Way,
            "relation" => Type::Relation,
            _ => Type::Other,
        };
        (self.at, self.is_deleted) = (None, false);
        self.nodes.clear();
        self.ways.clear();
        self.tags.clear();
        if self.kind == Type::Other {
            return Ok(());
        }
        let (mut id, mut place) = (None, [None; 2]);
        attributes(tag, |name, text| {
            match name {
                "id" => id = Some(number(text)?),
                "lon" => place[0] = nanodegrees(number(text)?),
                "lat" => place[1] = nanodegrees(number(text)?),
                // Histories keep what is gone, and editors what is to go.
                "visible" => self.is_deleted |= text == "false",
                "action" => self.is_deleted |= text == "delete",
                _ => {}
            }
            Ok(())
        })?;
        self.id = id.ok_or_else(|| format!("{name}: no id"))?;
        self.at = place[0].zip(place[1]).and_then(|(east, north)| point(east, north));
        Ok(())
    }

    /// Shows the element, which is whole now.
    fn show(&mut self, wanted: Wanted, visit: &mut dyn FnMut(Element<'_>)) -> Result<(), String> {
        let kind = std::mem::take(&mut self.kind);
        if self.is_deleted {
            return Ok(());
        }
        let pairs: Vec<(&str, &str)> = self.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let (id, tags) = (self.id, Tags(&pairs));
        match kind {
            Type::Node if wanted.nodes => {
                let at = self.at.ok_or_else(|| format!("node {id}: lat, lon?"))?;
                visit(Element::Node { id, at, tags });
            }
            Type::Way if wanted.ways => visit(Element::Way { id, nodes: &self.nodes, tags }),
            Type::Relation if wanted.relations => visit(Element::Relation { id, ways: &self.ways, tags }),
            _ => {}
        }
        Ok(())
    }
}

/// Shows the attributes of a tag.
fn attributes(tag: &BytesStart<'_>, mut visit: impl FnMut(&str, &str) -> Result<(), String>) -> Result<(), String> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = unescape(&attribute.value).map_err(|error| error.to_string())?;
        visit(attribute.key.as_ref(), &value)?;
    }
    Ok(())
}

fn number<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error| format!("{text:?}: {error}"))
}

/// A file of which no more than so much is read at a stretch.
struct Bounded<R> {
    inner: R,
    left: usize,
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.left;
        let bytes = self.inner.fill_buf()?;
        if left == 0 && !bytes.is_empty() {
            return Err(io::Error::other(format!("no tag ends within {LONGEST} bytes")));
        }
        Ok(&bytes[..bytes.len().min(left)])
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let length = bytes.len().min(into.len());
        into[..length].copy_from_slice(&bytes[..length]);
        self.consume(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_is_left() {
        let mut bounded = Bounded { inner: &b"abcdef"[..], left: 4 };
        let mut into = [0; 3];
        assert_eq!((bounded.read(&mut into).unwrap(), &into), (3, b"abc"));
        assert_eq!((bounded.read(&mut into).unwrap(), into[0], bounded.left), (1, b'd', 0));
        assert!(bounded.read(&mut into).unwrap_err().to_string().contains("no tag ends within"));
        bounded.left = 9;
        assert_eq!((bounded.read(&mut into).unwrap(), &into[..2], bounded.left), (2, &b"ef"[..], 7));
        bounded.left = 0;
        assert_eq!(bounded.read(&mut into).unwrap(), 0, "at the end there is nothing more to read");
    }

    /// What is shown of a file with these elements.
    fn shown(elements: &str, wanted: Wanted) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.osm");
        std::fs::write(&file, format!("<osm>{elements}</osm>")).unwrap();
        let mut shown = vec![];
        let mut visit = |element: Element<'_>| {
            shown.push(match element {
                Element::Node { id, at, tags } => format!("node {id} {at:?} {:?}", tags.0),
                Element::Way { id, nodes, tags } => format!("way {id} {nodes:?} {:?}", tags.0),
                Element::Relation { id, ways, tags } => {
                    let ways: Vec<_> = ways.iter().map(|member| (member.way, member.role)).collect();
                    format!("relation {id} {ways:?} {:?}", tags.0)
                }
            });
        };
        Xml::new(&file).read(wanted, &mut visit).unwrap();
        shown
    }

    #[test]
    fn elements_are_shown_whole_and_only_those_wanted() {
        let elements = "<bounds minlat='1'/><node id='1' lat='50' lon='20'/>\
            <node id='2' lat='50.5' lon='-20.5' visible='true' action='modify'><tag k='name' v='A &amp; B'/></node>\
            <note><tag k='x' v='y'/><nd ref='1'/></note>\
            <way id='3'><nd ref='1'/><nd ref='2'/><tag k='highway' v='path'/></way><way id='4'/>\
            <relation id='5'><member type='way' ref='3' role='outer'/><member type='node' ref='1' role=''/>\
            <member type='way' ref='4' role='inner'/><member type='way' ref='6' role='x'/><tag k='type' v='multipolygon'/></relation>\
            <relation id='7'/><way id='8' visible='false'><nd ref='1'/></way><relation id='9' action='delete'/>";
        let nodes = ["node 1 [2000000, 5000000] []", "node 2 [-2050000, 5050000] [(\"name\", \"A & B\")]"];
        let ways = ["way 3 [1, 2] [(\"highway\", \"path\")]", "way 4 [] []"];
        let relations =
            ["relation 5 [(3, Outer), (4, Inner), (6, Other)] [(\"type\", \"multipolygon\")]", "relation 7 [] []"];
        assert_eq!(shown(elements, Wanted::NODES), nodes);
        assert_eq!(shown(elements, Wanted::WAYS), ways);
        assert_eq!(shown(elements, Wanted::RELATIONS), relations);
        assert_eq!(shown(elements, Wanted::ALL), [nodes, ways, relations].concat());
        // Each tag may be long; together they are longer.
        let long = format!("<node id='1' lat='50' lon='20'><tag k='a' v='{}'/></node>", "x".repeat(LONGEST - 100));
        assert_eq!(shown(&long.repeat(3), Wanted::ALL).len(), 3);
    }
}
