//! Recordings of sessions: reading, writing and replaying them.
