//! How much heap a value holds, as an allocator counts it: what was asked for, capacity included.

use crate::{
    delta::Made,
    id::{CommandId, Id},
};
use alloc::{borrow::Cow, boxed::Box, collections::VecDeque, string::String, sync::Arc, vec::Vec};
use core::time::Duration;

/// What a value holds beside itself.
pub(crate) trait Heap {
    /// In bytes. What is shared is counted by each that shares it.
    fn heap(&self) -> usize {
        0
    }
}

impl Heap for u8 {}
impl Heap for u32 {}
impl Heap for f64 {}
impl Heap for bool {}
impl Heap for Duration {}
impl Heap for CommandId {}

impl Heap for String {
    fn heap(&self) -> usize {
        self.capacity()
    }
}

impl Heap for Box<str> {
    fn heap(&self) -> usize {
        self.len()
    }
}

/// Two counts stand before the text, and the whole is aligned as they are.
impl Heap for Arc<str> {
    fn heap(&self) -> usize {
        const COUNT: usize = size_of::<usize>();
        (2 * COUNT + self.len()).next_multiple_of(COUNT)
    }
}

/// Two counts stand before it, too.
impl Heap for Arc<Made> {
    fn heap(&self) -> usize {
        let Made {
            response,
            item,
            call,
            index: _,
        } = &**self;
        let names = response.heap() + item.heap() + call.heap();
        2 * size_of::<usize>() + size_of::<Made>() + names
    }
}

impl Heap for Id<'_> {
    fn heap(&self) -> usize {
        self.shared_text().map_or(0, Heap::heap)
    }
}

impl Heap for Cow<'_, str> {
    fn heap(&self) -> usize {
        match self {
            Self::Borrowed(_) => 0,
            Self::Owned(text) => text.heap(),
        }
    }
}

impl<T: Heap> Heap for Option<T> {
    fn heap(&self) -> usize {
        self.as_ref().map_or(0, Heap::heap)
    }
}

impl<T: Heap> Heap for Vec<T> {
    fn heap(&self) -> usize {
        self.capacity() * size_of::<T>() + self.iter().map(Heap::heap).sum::<usize>()
    }
}

impl<T: Heap> Heap for VecDeque<T> {
    fn heap(&self) -> usize {
        self.capacity() * size_of::<T>() + self.iter().map(Heap::heap).sum::<usize>()
    }
}

impl<A: Heap, B: Heap> Heap for (A, B) {
    fn heap(&self) -> usize {
        self.0.heap() + self.1.heap()
    }
}

impl<A: Heap, B: Heap, C: Heap> Heap for (A, B, C) {
    fn heap(&self) -> usize {
        self.0.heap() + self.1.heap() + self.2.heap()
    }
}

/// What a box holds: the value, and what that holds.
pub(crate) fn boxed<T: Heap>(value: &T) -> usize {
    size_of::<T>() + value.heap()
}
