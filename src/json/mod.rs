//! JSON, as far as frames need it: a validating scanner that borrows, and a writer.
//!
//! One pass over a frame checks the grammar and notes where everything lies, however deep; it builds
//! nothing. Values are read, leniently, only where they are used.

mod merge;
mod run;
mod scan;
mod slot;
mod tape;
mod template;
mod text;
mod value;
mod write;

pub(crate) use merge::merge;
pub(crate) use run::has_control;
pub(crate) use scan::{Fault, entries, is_object, object};
pub(crate) use slot::{Fields, Kind, Slot, fields};
pub(crate) use tape::Tape;
pub(crate) use template::{AllVarying, Gap, OPEN, Template, Varying};
pub(crate) use value::{Document, Value};
pub(crate) use write::{Array, Object};
