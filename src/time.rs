//! Instants, as the caller tells them.

use core::time::Duration;

/// An instant on the caller's monotonic clock: the time since an origin the caller chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    clippy::exhaustive_structs,
    reason = "a duration is all there is to it"
)]
pub struct Time(pub Duration);

impl From<Duration> for Time {
    fn from(since_origin: Duration) -> Self {
        Self(since_origin)
    }
}
