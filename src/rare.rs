//! What most sessions never need: one word each, and room on the heap only once it is changed.
//!
//! Ten thousand sessions are ten thousand times everything that a session holds inline.

use crate::heap::{Heap, boxed};
use alloc::{boxed::Box, collections::VecDeque, vec::Vec};
use core::{
    fmt,
    ops::{Deref, DerefMut},
};

/// What there is before anything was changed; it takes no room of its own.
pub(crate) trait Blank: Clone + 'static {
    const BLANK: &'static Self;
}

impl<T: Clone + 'static> Blank for Vec<T> {
    const BLANK: &'static Self = &Self::new();
}

impl<T: Clone + 'static> Blank for VecDeque<T> {
    const BLANK: &'static Self = &Self::new();
}

/// A value that is blank in most sessions. Whoever asks for it mutably makes room for it.
#[derive(Clone)]
pub(crate) struct Rare<T>(Option<Box<T>>);

impl<T> Rare<T> {
    /// Nothing but the blank, whatever was there before.
    pub(crate) const fn blank() -> Self {
        Self(None)
    }

    /// The value, where room was made for it: what would leave a blank as it is need not make any.
    pub(crate) fn existing_mut(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }

    /// Takes the value and its room, where there is any.
    pub(crate) fn take(&mut self) -> Option<T> {
        self.0.take().map(|value| *value)
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self::blank()
    }
}

impl<T: Blank + PartialEq> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::BLANK).then(|| Box::new(value)))
    }
}

impl<T: Blank> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::BLANK)
    }
}

impl<T: Blank> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_with(|| Box::new(T::BLANK.clone()))
    }
}

/// Whether room was made is no part of the value.
impl<T: Blank + PartialEq> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Blank + fmt::Debug> fmt::Debug for Rare<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<T: Heap> Heap for Rare<T> {
    fn heap(&self) -> usize {
        self.0.as_deref().map_or(0, boxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::{Limits, SessionConfig},
        usage::Usage,
    };
    use alloc::vec;

    #[test]
    fn a_blank_takes_one_word() {
        assert_eq!(size_of::<Rare<[u64; 99]>>(), size_of::<usize>());
        assert_eq!(Rare::<Vec<u8>>::blank().heap(), 0);
        assert_eq!(Rare::from(Limits::default()).heap_of_box(), 0);
    }

    #[test]
    fn what_is_blank_again_equals_what_never_changed() {
        let mut rare = Rare::<Vec<u8>>::blank();
        rare.push(1);
        assert_ne!(rare, Rare::blank());

        rare.pop();

        assert_eq!(rare, Rare::blank());
        assert_eq!(rare.take(), Some(vec![]));
        assert!(rare.existing_mut().is_none());
    }

    #[test]
    fn the_blanks_are_the_defaults() {
        assert_eq!(*SessionConfig::BLANK, SessionConfig::default());
        assert_eq!(*Usage::BLANK, Usage::default());
        assert_eq!(*Limits::BLANK, Limits::default());
    }

    impl<T> Rare<T> {
        fn heap_of_box(&self) -> usize {
            self.0.as_deref().map_or(0, |_| size_of::<T>())
        }
    }
}
