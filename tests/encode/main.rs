//! What leaves, byte for byte: every client event of both OpenAI dialects, field by field.
//!
//! `type` comes first, then the fields in the order of the reference's event table, `event_id`
//! last. Inside an object `type` comes first, then `id`, then the order of its schema.

mod changes;
mod configure;
mod dialects;
mod events;
mod extra;
mod ids;
mod items;
mod opening;
mod refused;
mod respond;
mod settings;
mod support;
mod transcription;
