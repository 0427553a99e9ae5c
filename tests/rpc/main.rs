//! The agents' dialects: lines of JSON, one prompt at a time, answers by name.

mod commands;
mod conformance;
mod damaged;
mod pi;
mod prompts;
mod support;
mod tools;
