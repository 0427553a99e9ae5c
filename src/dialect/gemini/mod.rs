//! The Gemini Live protocol, of the developer API and of Vertex AI: messages told apart by their
//! keys, several of them in one frame. Both spellings of a key are read; camel case is written.

mod call;
mod content;
mod decode;
mod names;
mod part;
mod path;
mod report;

pub(crate) use decode::decode;
