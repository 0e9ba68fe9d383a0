//! The only door in: walks the content folder, reads its files, splits and parses front matter, decodes typed values.

mod data;
mod decode;
mod file_name;
mod front_matter;
mod harmless;
mod limits;
mod locate;
mod remote;
mod site_file;
mod walk;

pub use data::DataFormat;
pub use decode::{Issue, Problem, Step, decode, decode_all};
pub use file_name::{ContentName, ContentRole, PageDateParts};
pub use front_matter::FrontMatter;
pub(crate) use harmless::extension;
pub use limits::{MOST_TEXT, MOST_WRITTEN};
pub(crate) use limits::{MOST_TOLD, too_much};
#[cfg(feature = "remote")]
pub(crate) use remote::absolute;
pub use remote::{Request, fetch};
pub use site_file::{find_site_file, read_site_text};
pub use walk::{Asset, Source, WalkedContent, read_content, read_files, read_text};
pub(crate) use walk::{glob_set, is_leftover, relative};

/// A value of front matter, whatever the format it was written in.
pub type Value = serde_json::Value;

/// A table of front matter, in the order it was written.
pub type Table = serde_json::Map<String, Value>;
