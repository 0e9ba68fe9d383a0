//! What is done with the bytes of each fuzz target. `tests/fuzz.rs` does the same with the seeds.

pub mod base_map;
pub mod configuration;
pub mod data;
pub mod front_matter;
pub mod markdown;
pub mod picture;

mod html;
mod site;
mod told;
