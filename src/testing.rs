//! Recordings of sessions: reading, writing and replaying them.
//!
//! A [`Recording`] is what passed between a client and a server, one JSON object a line. A
//! [`Replay`] drives a [`Session`](crate::Session) over it and hands out what each line caused, a
//! [`Summary`] counts it, and [`projection()`] is an event as snapshots show it.
//!
//! ```
//! use realtime_proto::{Config, Dialect, testing::{Recording, Replay}};
//!
//! let recording: Recording = r#"
//! {"dir":"server","frame":{"type":"session.created","session":{"id":"sess_1"}}}
//! {"dir":"server","frame":{"type":"response.done","response":{"id":"resp_1","status":"completed"}}}
//! "#.parse()?;
//! let mut replay = Replay::new(&recording, Config::new(Dialect::OpenAi));
//! replay.by_ref().for_each(drop);
//! assert_eq!(replay.summary().responses.completed, 1);
//! # Ok::<(), realtime_proto::testing::RecordingError>(())
//! ```

mod object;
mod projection;
mod recording;
mod replay;
mod summary;

use crate::{
    config::{Dialect, Limits},
    dialect,
};

pub use projection::{projection, projection_with_audio};
pub use recording::{Entry, Line, Recording, RecordingError, RecordingFault};
pub use replay::{Happened, Replay, Step};
pub use summary::{CallCounts, CommandCounts, ResponseCounts, Summary, TokenCounts};

/// Decodes one server frame without a session and returns its wire name.
///
/// `None` where it is no frame, or has no plain name. No machine sees it: what
/// [`Session::receive`](crate::Session::receive) takes beyond this is what the machines cost.
#[must_use]
pub fn wire_name(frame: &str, dialect: Dialect) -> Option<&str> {
    let kind = dialect::decode(frame, dialect, Limits::default().nesting)
        .ok()?
        .kind;
    kind.of(frame).plain()
}
