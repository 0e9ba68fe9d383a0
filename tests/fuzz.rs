//! The seeds of the fuzz targets go through the same code as in `fuzz/`: whatever the bytes, nothing panics.

#[allow(unreachable_pub)] // The fuzz targets reach it.
#[path = "fuzz/bodies/mod.rs"]
mod bodies;

use std::path::Path;

/// Runs all seeds of a target.
fn replay(target: &str, run: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(target);
    let mut seeds = 0;
    for seed in std::fs::read_dir(&folder).unwrap() {
        run(&std::fs::read(seed.unwrap().path()).unwrap());
        seeds += 1;
    }
    assert!(seeds >= 5, "{target} has {seeds} seeds");
}

#[test]
fn base_map() {
    replay("base_map", bodies::base_map::run);
}

#[test]
fn configuration() {
    replay("configuration", bodies::configuration::run);
}

#[test]
fn data() {
    replay("data", bodies::data::run);
}

#[test]
fn front_matter() {
    replay("front_matter", bodies::front_matter::run);
}

#[test]
fn markdown() {
    replay("markdown", bodies::markdown::run);
}

#[test]
fn picture() {
    replay("picture", bodies::picture::run);
}
