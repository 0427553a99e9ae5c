//! The machines, each by the facts that it guarantees: scripts of frames, commands and time
//! against the public interface.

#![expect(
    clippy::needless_pass_by_value,
    reason = "scripts are written with `json!(..)` in place"
)]

mod audio;
mod bounds;
mod commands;
mod corners;
mod corners_cut;
mod corners_ends;
mod corners_order;
mod corners_settle;
mod corners_texts;
mod edges;
mod ends;
mod errors;
mod frames;
mod ids;
mod invariants;
mod late;
mod learnt;
mod lost;
mod pains_order;
mod pains_settings;
mod pains_speech;
mod pains_time;
mod races;
mod replies;
mod support;
mod survivors;
mod tools;
mod vectors;
