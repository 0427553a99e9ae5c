//! Running totals of a session.

/// Running totals of a session, over all its connections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Frames received.
    pub frames_in: u64,
    /// Frames handed out by `poll_transmit`.
    pub frames_out: u64,
    /// Bytes of the frames received.
    pub bytes_in: u64,
    /// Bytes of the frames handed out.
    pub bytes_out: u64,
    /// Events that were caused.
    pub events: u64,
    /// Frames of a kind that the dialect does not know.
    pub unknown: u64,
    /// Frames that were no message, or a damaged one.
    pub malformed: u64,
    /// Frames that were understood and of which nothing else came.
    pub suppressed: u64,
    /// Bytes of audio received, decoded, surfaced or not.
    pub audio_bytes_in: u64,
    /// Milliseconds of appended audio that were dropped before they were sent.
    pub audio_dropped_ms: u64,
    /// Errors about commands that had lost a race with the server.
    pub races: u64,
    /// Deltas that a learned template decoded.
    pub template_hits: u64,
    /// Those of them that went where the last delta of their stream had gone, without a name
    /// looked up.
    pub template_bound: u64,
    /// Deltas that the ordinary path decoded.
    pub template_misses: u64,
}

impl Counters {
    /// A delta went where the last one of its stream had gone.
    #[inline]
    pub(crate) fn followed(&mut self) {
        self.template_hits += 1;
        self.template_bound += 1;
        self.events += 1;
    }
}
