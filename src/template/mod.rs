//! The Tera environment: templates, the values they see, the functions and filters they call.
//!
//! Names and behaviour are Zola's (0.23, Tera 2). A function group is a file in `functions/`; adding one means a file
//! and a line in its `register`.

mod asked;
mod body;
mod calls;
mod dates;
mod error;
mod filters;
mod functions;
mod glossary;
mod lazy;
mod load;
mod part;
mod permitted;
mod pictures;
mod reads;
mod replaced;
mod store;
mod timed;
mod twins;
mod values;
mod workshop;

pub use asked::Asked;
pub use lazy::{Extent, Lazy, Maker};
pub(crate) use load::MISSING as MISSING_TEMPLATE;
pub use load::Templates;
pub use reads::Reads;
use store::SharedStore;
pub(crate) use store::site_path;
pub use store::{Store, StoreParts};
pub use twins::{Twin, Twins, is_of_twins, twin_value};
pub use values::{PageBlock, PageParts, fill_page, json_value, map_value};
pub(crate) use values::{map_of, taxonomy as taxonomy_value, term as term_value};
pub use workshop::{Hashed, Workshop};
