//! Files that are not what they should be: told, and never a panic or a waste of memory.

use super::town::{Town, blob, bytes, framed, head, header, number};
use super::{BOX, run};

/// What is told of a file from which nothing can be made.
fn refused(file: impl AsRef<[u8]>) -> String {
    let (imported, mut told) = run(file, BOX);
    assert!(imported.is_none() && told.len() == 1, "{told:?}");
    told.pop().unwrap()
}

#[track_caller]
fn check(file: impl AsRef<[u8]>, expected: &str) {
    let told = refused(file);
    assert!(told.starts_with("map-import-failed: ") && told.contains(expected), "{told}");
}

#[test]
fn unknown_files() {
    check("", "not an extract");
    check("\u{1}\u{2}", "not an extract");
    check(b"\x1f\x8b\x08", "packed");
    check(b"BZh9", "packed");
    check("<gpx><trk/></gpx>", "begins with <gpx>");
    check("<osmChange/>", "begins with <osmChange>");
    check("{\"type\":\"Feature\",\"features\":[]}", "not a FeatureCollection");
    check("{\"type\":\"FeatureCollection\"}", "features");
    check("{\"crs\":{\"properties\":{\"name\":\"EPSG:2180\"}},\"features\":[]}", "not WGS 84");
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().to_path_buf(), folder.path().join("missing")] {
        let told = super::run_file(&path, BOX).1;
        assert!(told[0].contains("cannot be read"), "{told:?}");
    }
}

#[test]
fn nothing_in_the_box() {
    let town = Town::example();
    for file in [town.xml().into_bytes(), town.pbf(true, true), town.geojson().into_bytes()] {
        let (imported, told) = run(file, "30,50,30.1,50.1");
        assert!(imported.is_none() && told[0].contains("nothing that belongs on a map"), "{told:?}");
    }
}

#[test]
fn broken_xml() {
    for (text, expected) in [
        ("<osm><node id=\"1\" lat=\"50\" lon=\"20\"/>", "breaks off"),
        ("<osm><node id=\"1\" lat=\"50", "error"),
        ("<osm><node id=\"x\" lat=\"50\" lon=\"20\"/></osm>", "invalid digit"),
        ("<osm><node lat=\"50\" lon=\"20\"/></osm>", "no id"),
        ("<osm><node id=\"1\" lat=\"50\"/></osm>", "node 1: lat, lon?"),
        ("<osm><node id=\"1\" lat=\"500\" lon=\"20\"/></osm>", "node 1: lat, lon?"),
        ("<osm><way id=\"1\"><nd/></way></osm>", "nd: no ref"),
        ("<osm><relation id=\"1\"><member type=\"way\"/></relation></osm>", "member: no ref"),
        ("<osm><way></node></osm>", "error"),
        ("<osm><way id=\"&nope;\"/></osm>", "error"),
    ] {
        check(text, expected);
    }
    check(format!("<osm><way {}", "x".repeat(3_000_000)), "no tag ends");
    let deleted = "<osm><node id='1' visible='false'/><node id='2' action='delete' lat='50' lon='20'/></osm>";
    check(deleted, "nothing that belongs");
}

#[test]
fn broken_geojson() {
    let feature = |kind: &str, coordinates: &str| {
        format!(
            "{{\"features\":[{{\"properties\":{{\"highway\":\"path\"}},\"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}}}]}}"
        )
    };
    check(feature("LineString", "[[20,50],[20]]"), "not a longitude and a latitude");
    check(feature("LineString", "[[20,50],[20,95]]"), "not a longitude and a latitude");
    check(feature("LineString", "7"), "not a list");
    check("{\"features\":[", "EOF");
    check(format!("{{\"features\":{}", "[".repeat(10_000)), "GeoJSON");
}

#[test]
fn pbf_that_lies() {
    let town = Town::example();
    let start = blob("OSMHeader", &header(&["OsmSchema-V0.6"]), true);
    let after = |more: &[u8]| [&start[..], more].concat();
    check(blob("OSMHeader", &header(&["HistoricalInformation"]), true), "needs `HistoricalInformation`");
    check(blob("OSMData_OSMHeader", &[], true), "does not begin with an OSMHeader");
    // Lengths beyond the format, beyond the file, and below zero.
    check(after(&[0x7f, 0xff, 0xff, 0xff]), "longer than the format allows");
    check(after(&head("OSMData", 1 << 31)), "longer than the format allows");
    check(after(&head("OSMData", u64::MAX)), "longer than the format allows");
    check(after(&head("OSMData", 30_000_000)), "breaks off");
    check(after(&[0, 0]), "breaks off");
    check(after(&[0, 0, 0, 200, 1]), "breaks off");
    // What unpacks to more than the format allows, or to something else than it says.
    check(after(&blob("OSMData", &vec![0; 40_000_000], true)), "longer than the format allows");
    check(after(&framed("OSMData", &[number(2, 5), bytes(3, b"nonsense")].concat())), "packed badly");
    check(after(&framed("OSMData", &bytes(4, b"lzma"))), "packed badly");
    let short = blob("OSMData", &town.node_block(true), true);
    check(after(&short[..short.len() - 1]), "breaks off");
    // Texts that are not there, lists of unequal length, relations of unknown things, nodes in space.
    let data = |group: &[u8]| after(&blob("OSMData", &[bytes(1, &bytes(1, b"")), bytes(2, group)].concat(), false));
    check(data(&bytes(3, &[number(1, 1), bytes(2, &[9]), bytes(3, &[9])].concat())), "is broken");
    check(data(&bytes(3, &[number(1, 1), bytes(2, &[0]), bytes(3, &[])].concat())), "is broken");
    check(data(&bytes(3, &bytes(8, &[2]))), "is broken");
    check(data(&bytes(2, &[bytes(1, &[2]), bytes(8, &[2])].concat())), "is broken");
    check(data(&bytes(4, &[number(1, 1), bytes(8, &[0]), bytes(9, &[2]), bytes(10, &[7])].concat())), "is broken");
    check(data(&bytes(1, &[number(1, 2), number(8, 4_000_000_000), number(9, 2)].concat())), "not on the earth");
    check(data(&[0xff]), "is broken");
}

#[test]
fn no_damage_makes_it_panic() {
    let town = Town::example();
    for file in [
        town.pbf(true, false),
        town.pbf(false, false),
        town.pbf(true, true),
        town.xml().into_bytes(),
        town.geojson().into_bytes(),
    ] {
        for at in (0..file.len()).step_by(13) {
            run(&file[..at], BOX);
            for damage in [0x01, 0x80, 0xff] {
                let mut file = file.clone();
                file[at] ^= damage;
                run(&file, BOX);
            }
        }
    }
}
