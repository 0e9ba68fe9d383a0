//! A small town, and the three kinds of files it can be written to.

use std::fmt::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

pub(super) type Tags = Vec<(&'static str, &'static str)>;

#[derive(Clone)]
pub(super) struct Node {
    pub(super) id: i64,
    /// Ten-millionths of a degree east and north, as OpenStreetMap stores them.
    pub(super) at: [i64; 2],
    pub(super) tags: Tags,
}

#[derive(Clone)]
pub(super) struct Way {
    pub(super) id: i64,
    pub(super) nodes: Vec<i64>,
    pub(super) tags: Tags,
}

#[derive(Clone)]
pub(super) struct Relation {
    pub(super) id: i64,
    pub(super) ways: Vec<(i64, &'static str)>,
    pub(super) tags: Tags,
}

#[derive(Clone, Default)]
pub(super) struct Town {
    pub(super) nodes: Vec<Node>,
    pub(super) ways: Vec<Way>,
    pub(super) relations: Vec<Relation>,
    /// The areas of relations as lists of nodes, for `GeoJSON`, which has no relations: tags, and rings.
    pub(super) areas: Vec<(Tags, Vec<Vec<Vec<i64>>>)>,
}

impl Town {
    pub(super) fn node(&mut self, id: i64, at: [i64; 2], tags: &[(&'static str, &'static str)]) {
        self.nodes.push(Node { id, at, tags: tags.to_vec() });
    }

    pub(super) fn way(&mut self, id: i64, nodes: &[i64], tags: &[(&'static str, &'static str)]) {
        self.ways.push(Way { id, nodes: nodes.to_vec(), tags: tags.to_vec() });
    }

    pub(super) fn relation(&mut self, id: i64, ways: &[(i64, &'static str)], tags: &[(&'static str, &'static str)]) {
        self.relations.push(Relation { id, ways: ways.to_vec(), tags: tags.to_vec() });
    }

    /// Four nodes from `id` on and a closed way of them, counterclockwise from the south-west corner.
    pub(super) fn square(&mut self, id: i64, [x, y]: [i64; 2], size: i64, tags: &[(&'static str, &'static str)]) {
        for (at, [dx, dy]) in (0..).zip([[0, 0], [size, 0], [size, size], [0, size]]) {
            self.node(id + at, [x + dx, y + dy], &[]);
        }
        self.way(id, &[id, id + 1, id + 2, id + 3, id], tags);
    }

    /// Crossing streets, houses, water with an island, a park of old style, a wood over the border, stops, a mound.
    pub(super) fn example() -> Self {
        let mut town = Self::default();
        for (id, at) in [
            (1, [200_050_000, 500_050_000]),
            (2, [200_100_049, 500_100_051]),
            (3, [200_150_000, 500_150_000]),
            (4, [200_050_000, 500_150_000]),
            (5, [200_150_000, 500_050_000]),
            (6, [200_300_000, 500_150_000]),
            // Only what lies elsewhere has to do with this one.
            (7, [210_000_000, 510_000_000]),
        ] {
            town.node(id, at, &[]);
        }
        town.way(10, &[1, 2, 3], &[("highway", "primary"), ("name", "aleja Róż"), ("name:en", "Avenue of Roses")]);
        town.way(11, &[4, 2, 5], &[("highway", "residential"), ("name", "ulica „R&D” <1>")]);
        town.way(12, &[3, 6], &[("highway", "footway")]);
        town.way(13, &[6, 7], &[("highway", "primary"), ("name", "Elsewhere")]);
        town.way(14, &[1, 5], &[("highway", "service"), ("service", "driveway")]);
        town.way(15, &[5, 3], &[("railway", "tram"), ("name", "Tram 4"), ("name:pl", "Tramwaj 4")]);
        town.way(16, &[4, 1], &[("waterway", "stream")]);
        town.square(
            20,
            [200_020_000, 500_020_000],
            3_000,
            &[("building", "yes"), ("name", "Arka"), ("name:en", "Arka")],
        );
        town.square(30, [200_030_000, 500_030_000], 3_000, &[("building", "no"), ("power", "substation")]);
        // Water: its outer ring in two ways, the second turned round and told first; an island that is a wood.
        for (id, at) in [
            (40, [200_110_000, 500_110_000]),
            (41, [200_130_000, 500_110_000]),
            (42, [200_130_000, 500_130_000]),
            (43, [200_110_000, 500_130_000]),
        ] {
            town.node(id, at, &[]);
        }
        town.way(40, &[43, 42, 41], &[]);
        town.way(41, &[43, 40, 41], &[]);
        town.square(45, [200_115_000, 500_115_000], 5_000, &[("natural", "wood")]);
        town.relation(1, &[(45, ""), (40, "outer"), (41, "inner")], &[("type", "multipolygon"), ("natural", "water")]);
        town.areas.push((vec![("natural", "water")], vec![vec![vec![40, 41, 42, 43, 40], vec![45, 46, 47, 48, 45]]]));
        // A park whose tags stand on its outer way, with a hole.
        let park = [("leisure", "park"), ("name", "Park")];
        town.square(50, [200_150_000, 500_020_000], 20_000, &park);
        town.square(55, [200_155_000, 500_025_000], 5_000, &[]);
        town.relation(2, &[(55, "inner"), (50, "outer")], &[("type", "multipolygon")]);
        town.areas.push((park.to_vec(), vec![vec![vec![50, 51, 52, 53, 50], vec![55, 56, 57, 58, 55]]]));
        // A wood of two parts, one over the border and one beyond it.
        town.square(60, [200_190_000, 500_180_000], 40_000, &[]);
        town.square(65, [200_160_000, 500_180_000], 10_000, &[]);
        town.square(70, [202_000_000, 500_180_000], 10_000, &[]);
        let wood = [("landuse", "forest"), ("name", "Las")];
        let tagged = [("type", "multipolygon"), wood[0], wood[1]];
        town.relation(3, &[(60, "outer"), (65, "outer"), (70, "outer")], &tagged);
        let rings = [60, 65, 70].map(|id| vec![vec![id, id + 1, id + 2, id + 3, id]]);
        town.areas.push((wood.to_vec(), rings.to_vec()));
        let stop = [("railway", "tram_stop"), ("name", "Arka Pana")];
        town.node(80, [200_070_000, 500_070_000], &stop);
        town.node(81, [200_071_000, 500_070_000], &[("public_transport", "stop_position"), stop[1]]);
        town.node(82, [200_250_000, 500_070_000], &[("highway", "bus_stop"), ("name", "Za granicą")]);
        town.node(83, [200_080_000, 500_120_000], &[("place", "suburb"), ("name", "Nowa Huta")]);
        town.node(84, [200_180_000, 500_100_000], &[("man_made", "mound"), ("name", "Kopiec Wandy")]);
        town
    }

    pub(super) fn xml(&self) -> String {
        let mut all: Vec<String> = vec![];
        for node in &self.nodes {
            let [east, north] = node.at.map(degrees);
            all.push(format!("<node id='{}' lon='{east}' lat='{north}'>{}</node>", node.id, xml_tags(&node.tags)));
        }
        for way in &self.ways {
            let nodes: String = way.nodes.iter().fold(String::new(), |mut text, node| {
                let _ = write!(text, "<nd ref=\"{node}\"/>");
                text
            });
            all.push(format!("<way id=\"{}\">\n{nodes}{}</way>", way.id, xml_tags(&way.tags)));
        }
        for relation in &self.relations {
            let ways: String = relation.ways.iter().fold(String::new(), |mut text, (way, role)| {
                let _ = write!(text, "<member type=\"way\" ref=\"{way}\" role=\"{role}\"/>");
                text
            });
            let other = "<member type=\"node\" ref=\"1\" role=\"\"/>";
            all.push(format!("<relation id=\"{}\">{other}{ways}{}</relation>", relation.id, xml_tags(&relation.tags)));
        }
        format!("<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\">\n<bounds/>{}\n</osm>\n", all.join("\n"))
    }

    pub(super) fn geojson(&self) -> String {
        let position = |id: &i64| {
            let node = self.nodes.iter().find(|node| node.id == *id).unwrap();
            let [east, north] = node.at.map(degrees);
            format!("[{east},{north}]")
        };
        let line = |nodes: &[i64]| format!("[{}]", nodes.iter().map(position).collect::<Vec<_>>().join(","));
        let feature = |tags: &Tags, kind: &str, coordinates: String| {
            let tags: serde_json::Map<_, _> = tags.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
            let tags = serde_json::Value::Object(tags);
            format!(
                "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}},\"properties\":{tags}}}"
            )
        };
        let mut all: Vec<String> = vec![];
        for node in self.nodes.iter().filter(|node| !node.tags.is_empty()) {
            all.push(feature(&node.tags, "Point", position(&node.id)));
        }
        let parts: Vec<i64> =
            self.relations.iter().filter(|r| r.tags.len() == 1).flat_map(|r| r.ways.iter().map(|way| way.0)).collect();
        for way in self.ways.iter().filter(|way| !way.tags.is_empty() && !parts.contains(&way.id)) {
            let line = line(&way.nodes);
            if way.nodes.first() == way.nodes.last() {
                all.push(feature(&way.tags, "Polygon", format!("[{line}]")));
            } else {
                all.push(feature(&way.tags, "LineString", line));
            }
        }
        for (tags, areas) in &self.areas {
            let areas: Vec<String> = areas
                .iter()
                .map(|rings| format!("[{}]", rings.iter().map(|ring| line(ring)).collect::<Vec<_>>().join(",")))
                .collect();
            all.push(feature(tags, "MultiPolygon", format!("[{}]", areas.join(","))));
        }
        format!("{{\"generator\":\"x\",\"features\":[{}],\"type\":\"FeatureCollection\"}}", all.join(",\n"))
    }

    /// The PBF file: a blob for the nodes, for the ways and for the relations.
    pub(super) fn pbf(&self, dense: bool, packed: bool) -> Vec<u8> {
        let mut file = blob("OSMHeader", &header(&["OsmSchema-V0.6", "DenseNodes"]), packed);
        for block in [self.node_block(dense), self.way_block(), self.relation_block()] {
            file.extend(blob("OSMData", &block, packed));
        }
        file
    }

    pub(super) fn node_block(&self, dense: bool) -> Vec<u8> {
        let mut texts = Texts::default();
        let mut group = vec![];
        if dense {
            let (mut ids, mut norths, mut easts, mut tags) = (vec![], vec![], vec![], vec![]);
            let mut last = [0; 3];
            for node in &self.nodes {
                let now = [node.id, node.at[1], node.at[0]];
                for (list, at) in [&mut ids, &mut norths, &mut easts].into_iter().zip(0..) {
                    varint(zigzag(now[at] - last[at]), list);
                }
                last = now;
                for text in node.tags.iter().flat_map(|(key, value)| [key, value]) {
                    varint(texts.index(text), &mut tags);
                }
                tags.push(0);
            }
            let lists = [(1, ids), (8, norths), (9, easts), (10, tags)];
            let message: Vec<u8> = lists.iter().flat_map(|(field, list)| bytes(*field, list)).collect();
            group.extend(bytes(2, &message));
        } else {
            for node in &self.nodes {
                let mut message = number(1, zigzag(node.id));
                message.extend(texts.lists(&node.tags));
                message.extend(number(8, zigzag(node.at[1])));
                message.extend(number(9, zigzag(node.at[0])));
                group.extend(bytes(1, &message));
            }
        }
        texts.block(&group)
    }

    pub(super) fn way_block(&self) -> Vec<u8> {
        let mut texts = Texts::default();
        let mut group = vec![];
        for way in &self.ways {
            let mut message = number(1, way.id.cast_unsigned());
            message.extend(texts.lists(&way.tags));
            message.extend(bytes(8, &differences(way.nodes.iter().copied())));
            group.extend(bytes(3, &message));
        }
        texts.block(&group)
    }

    pub(super) fn relation_block(&self) -> Vec<u8> {
        let mut texts = Texts::default();
        let mut group = vec![];
        for relation in &self.relations {
            let mut message = number(1, relation.id.cast_unsigned());
            message.extend(texts.lists(&relation.tags));
            // A node, and the ways.
            let mut roles = vec![];
            for role in std::iter::once("").chain(relation.ways.iter().map(|way| way.1)) {
                varint(texts.index(role), &mut roles);
            }
            message.extend(bytes(8, &roles));
            message.extend(bytes(9, &differences(std::iter::once(1).chain(relation.ways.iter().map(|way| way.0)))));
            message.extend(bytes(10, &[&[0][..], &vec![1; relation.ways.len()]].concat()));
            group.extend(bytes(4, &message));
        }
        texts.block(&group)
    }
}

fn degrees(tenths: i64) -> String {
    format!("{}.{:07}", tenths / 10_000_000, tenths % 10_000_000)
}

fn xml_tags(tags: &Tags) -> String {
    let escape = |text: &str| quick_xml::escape::escape(text).into_owned();
    tags.iter().fold(String::new(), |mut text, (key, value)| {
        let _ = write!(text, "<tag k=\"{}\" v=\"{}\"/>", escape(key), escape(value));
        text
    })
}

/// The texts of a block.
#[derive(Default)]
struct Texts(Vec<String>);

impl Texts {
    fn index(&mut self, text: &str) -> u64 {
        let found = self.0.iter().position(|known| known == text);
        let at = found.unwrap_or_else(|| {
            self.0.push(text.to_string());
            self.0.len() - 1
        });
        // The first text is left empty: zero ends a list of tags.
        at as u64 + 1
    }

    fn lists(&mut self, tags: &Tags) -> Vec<u8> {
        let [mut keys, mut values] = [vec![], vec![]];
        for (key, value) in tags {
            varint(self.index(key), &mut keys);
            varint(self.index(value), &mut values);
        }
        [bytes(2, &keys), bytes(3, &values)].concat()
    }

    fn block(&self, group: &[u8]) -> Vec<u8> {
        let texts: Vec<u8> = std::iter::once("")
            .chain(self.0.iter().map(String::as_str))
            .flat_map(|text| bytes(1, text.as_bytes()))
            .collect();
        // The group stands first: fields may come in any order.
        [bytes(2, group), bytes(1, &texts), number(17, 100)].concat()
    }
}

pub(super) fn header(features: &[&str]) -> Vec<u8> {
    features.iter().flat_map(|feature| bytes(4, feature.as_bytes())).collect()
}

pub(super) fn blob(kind: &str, block: &[u8], packed: bool) -> Vec<u8> {
    if !packed {
        return framed(kind, &bytes(1, block));
    }
    let mut encoder = ZlibEncoder::new(vec![], Compression::fast());
    std::io::Write::write_all(&mut encoder, block).unwrap();
    framed(kind, &[number(2, block.len() as u64), bytes(3, &encoder.finish().unwrap())].concat())
}

pub(super) fn framed(kind: &str, blob: &[u8]) -> Vec<u8> {
    let mut file = head(kind, blob.len() as u64);
    file.extend_from_slice(blob);
    file
}

/// What stands before a blob that is so long.
pub(super) fn head(kind: &str, length: u64) -> Vec<u8> {
    let header = [bytes(1, kind.as_bytes()), number(3, length)].concat();
    [&u32::try_from(header.len()).unwrap().to_be_bytes()[..], &header].concat()
}

fn differences(numbers: impl Iterator<Item = i64>) -> Vec<u8> {
    let (mut list, mut before) = (vec![], 0);
    for number in numbers {
        varint(zigzag(number - before), &mut list);
        before = number;
    }
    list
}

pub(super) fn number(field: u64, value: u64) -> Vec<u8> {
    let mut bytes = vec![];
    varint(field << 3, &mut bytes);
    varint(value, &mut bytes);
    bytes
}

pub(super) fn bytes(field: u64, value: &[u8]) -> Vec<u8> {
    let mut bytes = vec![];
    varint(field << 3 | 2, &mut bytes);
    varint(value.len() as u64, &mut bytes);
    bytes.extend_from_slice(value);
    bytes
}

fn varint(mut value: u64, into: &mut Vec<u8>) {
    while value > 0x7f {
        into.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    into.push((value & 0x7f) as u8);
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}
