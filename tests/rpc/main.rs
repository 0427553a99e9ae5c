//! The agents' dialects: lines of JSON, one prompt at a time, answers by name.

mod aborts;
mod anew;
mod commands;
mod conformance;
mod damaged;
mod failures;
mod pi;
mod prompts;
mod support;
mod tools;
