//! Which files the built site has, and what each is made of.

mod context;
mod outputs;
mod run;

pub(crate) use context::{base_context, pager_value};
pub(crate) use outputs::feed_term;
pub use outputs::{Body, Output, Part, Variables, content_outputs};
pub use run::{Piece, Produced, run};
