//! The xAI Grok Voice Agent protocol: the OpenAI family's, but for what is here.

mod decode;
mod encode;
mod settings;
mod told;

pub(crate) use decode::decode;
pub(crate) use encode::{encode, pong};
pub(crate) use told::{asked, intent};

/// The functions that the provider has itself: nobody else's can be called so.
pub(crate) const FUNCTIONS: [&str; 8] = [
    "web_search",
    "browse_page",
    "x_keyword_search",
    "x_semantic_search",
    "x_user_search",
    "x_thread_fetch",
    "collections_search",
    "file_search",
];
