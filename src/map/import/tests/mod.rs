//! One small town from three kinds of files, whole and broken.

mod broken;
mod town;

use std::path::Path;

use self::town::Town;
use super::elements::{Element, Extract, Wanted};
use super::pbf::Pbf;
use super::xml::Xml;
use super::{Bbox, Imported, import};
use crate::diagnostic::Diagnostics;
use crate::map::{BaseMap, Network, PATH};

/// Imports a file with these bytes; what was made, and what was told.
fn run(bytes: impl AsRef<[u8]>, bbox: &str) -> (Option<Imported>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("extract");
    std::fs::write(&file, bytes).unwrap();
    run_file(&file, bbox)
}

fn run_file(file: &Path, bbox: &str) -> (Option<Imported>, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let imported = import(file, Bbox::parse(bbox).unwrap(), &mut diagnostics);
    (imported, diagnostics.into_iter().map(|d| format!("{}: {}", d.code.as_str(), d.message.en)).collect())
}

/// The map of a good file.
fn made(bytes: impl AsRef<[u8]>) -> String {
    let (imported, told) = run(bytes, BOX);
    assert!(told.is_empty(), "{told:?}");
    imported.unwrap().text
}

const BOX: &str = "20,50,20.02,50.02";

#[test]
fn the_town_becomes_a_base_map() {
    let expected = include_str!("town.geojson");
    let made = made(Town::example().xml());
    assert!(made == expected, "{made}");
}

#[test]
fn every_format_gives_the_same_bytes() {
    let town = Town::example();
    let expected = made(town.xml());
    for (dense, packed) in [(true, true), (true, false), (false, true)] {
        assert_eq!(made(town.pbf(dense, packed)), expected, "dense {dense}, packed {packed}");
    }
    assert_eq!(made(town.geojson()), expected);
}

#[test]
fn the_order_of_the_file_does_not_matter() {
    let mut town = Town::example();
    let expected = made(town.xml());
    town.nodes.reverse();
    town.ways.reverse();
    town.relations.reverse();
    for relation in &mut town.relations {
        relation.ways.reverse();
    }
    assert_eq!(made(town.xml()), expected);
    assert_eq!(made(town.pbf(true, true)), expected);
    let blocks = [town.node_block(true), town.way_block(), town.relation_block()];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut file = town::blob("OSMHeader", &town::header(&["OsmSchema-V0.6", "DenseNodes"]), true);
        for block in order {
            file.extend(town::blob("OSMData", &blocks[block], true));
        }
        assert_eq!(made(file), expected, "{order:?}");
    }
    let mut features: serde_json::Value = serde_json::from_str(&town.geojson()).unwrap();
    features["features"].as_array_mut().unwrap().reverse();
    assert_eq!(made(features.to_string()), expected);
}

#[test]
fn the_map_loads_and_its_streets_are_one_network() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(root.path().join("content/mapa")).unwrap();
    std::fs::write(root.path().join(PATH), made(Town::example().xml())).unwrap();
    let mut diagnostics = Diagnostics::default();
    let map = BaseMap::load(root.path(), &mut diagnostics).unwrap();
    assert_eq!(diagnostics.into_iter().count(), 0);
    assert_eq!(map.features.len(), 13);
    assert!(map.attribution.of("pl").starts_with("© OpenStreetMap contributors, ODbL 1.0"));
    assert!(Network::cut_off(&map).is_empty());
}

#[test]
fn members_of_a_relation_are_there_once() {
    let mut town = Town::default();
    // Both a relation and its outer way say that they are the wood; its hole is a wood of its own kind.
    town.square(10, [200_050_000, 500_050_000], 50_000, &[("natural", "wood")]);
    town.square(20, [200_060_000, 500_060_000], 5_000, &[("natural", "wood")]);
    town.relation(1, &[(10, "outer"), (20, "inner")], &[("type", "multipolygon"), ("natural", "wood")]);
    assert_eq!(made(town.xml()).matches("forest").count(), 2);
    // With tags on the ways alone, the hole is a hole.
    town.relations[0].tags.pop();
    let text = made(town.xml());
    assert_eq!((text.matches("forest").count(), text.matches("]],[[").count()), (1, 1), "{text}");
}

#[test]
fn gaps_are_told_and_bridged_by_nothing() {
    let mut town = Town::example();
    town.nodes.retain(|node| node.id != 2 && node.id != 42);
    town.ways.retain(|way| way.id != 41);
    let (imported, told) = run(town.xml(), BOX);
    assert_eq!(
        told,
        [
            "map-import-doubtful: nodes missing from the file: 2",
            "map-import-doubtful: relation 1 is not whole: ways missing: 1, rings that do not close left out: 1"
        ]
    );
    let text = imported.unwrap().text;
    assert!(!text.contains("Róż") && !text.contains("\"water\",\"class\":\"lake\""), "{text}");
}

#[test]
fn a_hole_whose_outside_is_missing_does_not_become_one() {
    let mut town = Town::example();
    let text = "\"class\":\"park\"";
    town.relations[1].tags.push(("leisure", "park"));
    assert!(made(town.xml()).contains(text));
    town.ways.retain(|way| way.id != 50);
    let (imported, told) = run(town.xml(), BOX);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(!imported.unwrap().text.contains(text));
}

#[test]
fn shapes_through_the_box_are_found_by_their_nodes_near_it() {
    let mut town = Town::default();
    town.square(10, [199_900_000, 499_900_000], 400_000, &[("landuse", "industrial")]);
    town.node(1, [199_950_000, 500_100_000], &[]);
    town.node(2, [200_290_000, 500_100_000], &[]);
    town.way(1, &[1, 2], &[("railway", "rail")]);
    let text = made(town.pbf(true, true));
    assert!(text.contains("[[20,50.01],[20.02,50.01]]"), "{text}");
    assert!(text.contains("[[[20,50],[20.02,50],[20.02,50.02],[20,50.02],[20,50]]]"), "{text}");
}

#[test]
fn tags_may_stand_in_a_table_of_their_own_and_be_of_any_type() {
    let feature = |properties: &str| {
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{{\"properties\":{properties},\"geometry\":\
             {{\"type\":\"LineString\",\"coordinates\":[[20.001,50.001,200],[20.002,50.001]]}}}},\
             {{\"properties\":null,\"geometry\":null}}]}}"
        )
    };
    let text = made(feature("{\"tags\":{\"highway\":\"path\",\"area\":false,\"name\":7}}"));
    assert!(text.contains("{\"kind\":\"street\",\"class\":\"path\",\"name\":\"7\"}"), "{text}");
    assert_eq!(made(feature("{\"highway\":\"path\",\"name\":\"7\"}")), text);
}

#[test]
fn a_blob_that_is_wrong_is_told_with_its_place() {
    let start = town::blob("OSMHeader", &town::header(&["OsmSchema-V0.6"]), true);
    let whole = town::blob("OSMData", &Town::example().node_block(true), true);
    // Between them one of a kind that nobody knows, and another header.
    let other = town::blob("Other", b"x", false);
    let broken = town::framed("OSMData", &town::bytes(4, b"lzma"));
    let before = [&start[..], &whole, &other, &start];
    let told = run([&before.concat()[..], &broken].concat(), BOX).1;
    let at = before.concat().len();
    assert!(told[0].contains(&format!("the block at byte {at} is packed badly")), "{told:?}");
    assert!(!made([&before.concat()[..], &whole].concat()).is_empty());
    for (file, expected) in [
        (vec![], "not an extract"),
        (town::blob("OSMData", b"OSMHeader", false), "does not begin with an OSMHeader"),
        (town::blob("Other", b"OSMHeader", false), "does not begin with an OSMHeader"),
    ] {
        let told = run(file, BOX).1;
        assert!(told[0].contains(expected), "{told:?}");
    }
}

#[test]
fn files_are_told_by_how_they_begin() {
    use super::{Format, format_of};
    for (start, expected) in [
        (&b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x7c"[..], Format::Pbf),
        (&b"<osm>"[..], Format::Xml),
        (&b"\xef\xbb\xbf \n<?xml"[..], Format::Xml),
        (&b" {\"a\":1}"[..], Format::GeoJson),
        (&b"\x1f\x8b\x08"[..], Format::Packed),
        (&b"BZh9"[..], Format::Packed),
        (&b"PK\x03\x04"[..], Format::Packed),
        (&b"\x28\xb5\x2f\xfd"[..], Format::Packed),
        (&b"\xfd7zXZ\0"[..], Format::Packed),
        (&b"BZx"[..], Format::Unknown),
        (&b"[]"[..], Format::Unknown),
        (&b""[..], Format::Unknown),
    ] {
        assert_eq!(format_of(start), expected, "{start:?}");
    }
}

#[test]
fn ways_are_neighbours_up_to_a_margin() {
    // A line through the box whose nodes stand so far west and east of it, in ten-millionths of a degree.
    let is_there = |away: i64| {
        let mut town = Town::default();
        town.node(1, [200_000_000 - away, 500_100_000], &[]);
        town.node(2, [200_200_000 + away, 500_100_000], &[]);
        town.way(1, &[1, 2], &[("railway", "rail")]);
        run(town.xml(), BOX).0.is_some()
    };
    assert!(is_there(200_000) && !is_there(200_100));
}

#[test]
fn a_way_is_an_area_when_it_is_closed() {
    let areas = |nodes: &[i64], tags: &[(&'static str, &'static str)]| {
        let mut town = Town::default();
        for (id, at) in
            [(1, [200_050_000, 500_050_000]), (2, [200_060_000, 500_050_000]), (3, [200_060_000, 500_060_000])]
        {
            town.node(id, at, &[]);
        }
        town.node(4, [200_050_000, 500_060_000], &[]);
        town.way(1, nodes, tags);
        town.way(2, &[1, 2], &[("railway", "rail")]);
        made(town.xml()).matches("Polygon").count()
    };
    let wood = [("natural", "wood")];
    assert_eq!((areas(&[1, 2, 3, 1], &wood), areas(&[1, 2, 3, 4, 1], &wood)), (1, 1));
    assert_eq!((areas(&[1, 2, 1], &wood), areas(&[1, 2, 3, 4], &wood)), (0, 0));
    // A closed street is a line.
    assert_eq!(areas(&[1, 2, 3, 1], &[("highway", "path")]), 0);
}

#[test]
fn a_line_is_broken_where_a_node_is_missing() {
    let mut town = Town::default();
    for id in [1, 2, 4, 5] {
        town.node(id, [200_000_000 + id * 10_000, 500_050_000], &[]);
    }
    town.way(1, &[1, 2, 3, 4, 5], &[("railway", "rail")]);
    let (imported, told) = run(town.xml(), BOX);
    assert_eq!(told, ["map-import-doubtful: nodes missing from the file: 1"]);
    let text = imported.unwrap().text;
    assert!(text.contains("[[[20.001,50.005],[20.002,50.005]],[[20.004,50.005],[20.005,50.005]]]"), "{text}");
}

#[test]
fn what_an_outer_way_says_is_not_said_twice() {
    let mut town = Town::default();
    let wood = [("natural", "wood"), ("name", "Las")];
    town.square(10, [200_050_000, 500_050_000], 50_000, &wood);
    town.square(20, [200_060_000, 500_060_000], 5_000, &[("natural", "water")]);
    town.relation(1, &[(10, "outer"), (20, "inner")], &[("type", "multipolygon")]);
    let text = made(town.xml());
    // The wood with a hole, named by its outer way, and what fills the hole.
    assert_eq!((text.matches("Las").count(), text.matches("forest").count()), (1, 1), "{text}");
    assert_eq!(text.matches("\"water\"").count(), 1, "{text}");
    // A relation about something else leaves its ways as they are; one without tags anywhere is nothing.
    town.relations[0].tags = vec![("type", "route")];
    assert_eq!(made(town.xml()).matches("]],[[").count(), 0);
    town.relations[0].tags = vec![("type", "multipolygon"), ("name", "x")];
    assert_eq!(made(town.xml()).matches("]],[[").count(), 0);
    for way in &mut town.ways {
        way.tags.clear();
    }
    town.relations[0].tags.pop();
    assert!(run(town.xml(), BOX).1[0].contains("nothing that belongs"));
}

#[test]
fn only_what_is_wanted_is_shown() {
    let town = Town::example();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("extract");
    let seen = |extract: &dyn Extract, wanted: Wanted| {
        let mut seen = [0; 3];
        let mut count = |element: Element<'_>| match element {
            Element::Node { .. } => seen[0] += 1,
            Element::Way { .. } => seen[1] += 1,
            Element::Relation { .. } => seen[2] += 1,
        };
        extract.read(wanted, &mut count).unwrap();
        seen
    };
    let [nodes, ways, relations] = [town.nodes.len(), town.ways.len(), town.relations.len()];
    for (bytes, extract) in [
        (town.pbf(true, true), &Pbf::new(&file) as &dyn Extract),
        (town.pbf(false, true), &Pbf::new(&file)),
        (town.xml().into_bytes(), &Xml::new(&file)),
    ] {
        std::fs::write(&file, bytes).unwrap();
        assert_eq!(seen(extract, Wanted::NODES), [nodes, 0, 0]);
        assert_eq!(seen(extract, Wanted::WAYS), [0, ways, 0]);
        assert_eq!(seen(extract, Wanted::RELATIONS), [0, 0, relations]);
        assert_eq!(seen(extract, Wanted::ALL), [nodes, ways, relations]);
    }
}
