//! Which files the built site has, and what each is made of.

mod context;
mod outputs;
mod run;

pub(crate) use context::{base_context, pager_value};
pub use outputs::{Body, Output, content_outputs};
pub(crate) use outputs::{feed_term, index_file, is_html};
pub use run::{Produced, run};
