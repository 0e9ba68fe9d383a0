//! The only door in: walks the content folder, reads its files, splits and parses front matter, decodes typed values.

mod decode;
mod file_name;
mod front_matter;
mod locate;
mod walk;

pub use decode::{Issue, Problem, Step, decode, decode_all};
pub use file_name::{ContentName, ContentRole, PageDateParts};
pub use front_matter::FrontMatter;
pub use walk::{Asset, Source, WalkedContent, read_content, read_files, read_text};
pub(crate) use walk::{glob_set, relative};

/// A value of front matter, whatever the format it was written in.
pub type Value = serde_json::Value;

/// A table of front matter, in the order it was written.
pub type Table = serde_json::Map<String, Value>;
