//! huta turns a folder of Markdown kept in git into a bilingual static guide.
//!
//! The modules below are the rooms of the house in the order the data walks through them; `src/README.md` is the map.
//! [`build`] is the whole way:
//!
//! ```
//! # fn main() -> std::io::Result<()> {
//! # let root = tempfile::tempdir()?;
//! # let root = root.path();
//! std::fs::create_dir_all(root.join("content"))?;
//! std::fs::create_dir_all(root.join("templates"))?;
//! std::fs::write(root.join("huta.toml"), "base_url = \"https://example.org\"")?;
//! std::fs::write(root.join("content/_index.md"), "---\ntitle: Nowa Huta\n---\n*Witaj!*\n")?;
//! std::fs::write(root.join("templates/index.html"), "<h1>{{ section.title }}</h1>{{ section.content | safe }}")?;
//!
//! let outcome = huta::build(&huta::BuildOptions::new(root));
//! assert!(outcome.succeeded());
//! let page = std::fs::read_to_string(root.join("public/index.html"))?;
//! assert_eq!(page, "<h1>Nowa Huta</h1><p><em>Witaj!</em></p>\n");
//! # Ok(())
//! # }
//! ```

pub mod config;
pub mod diagnostic;
pub mod language;
pub mod memory;
pub mod profile;

pub mod source;

pub mod content;

pub mod markdown;

pub mod gallery;
pub mod glossary;
pub mod guide;

pub mod readability;
pub mod translation;

pub mod schema;

pub mod scaffold;

pub mod check;

pub mod style;

pub mod image;

pub mod map;

pub mod open_data;

pub mod meaning;

pub mod template;

pub mod render;

pub mod publish;

pub mod trace;

mod site;

pub mod cli;
pub mod serve;

pub use site::{
    BuildOptions, CheckOptions, Checked, Contents, Glimpse, Outcome, Progress, Standing, Viewer, Work, build, check,
    contents, rebuild, status,
};
