//! Lists that mostly hold one or two: they grow by half, and not to four at once.

use alloc::{collections::VecDeque, vec::Vec};

pub(crate) fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(more(list.len()));
    }
    list.push(item);
}

pub(crate) fn push_back<T>(list: &mut VecDeque<T>, item: T) {
    let end = list.len();
    insert(list, end, item);
}

pub(crate) fn insert<T>(list: &mut VecDeque<T>, at: usize, item: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(more(list.len()));
    }
    list.insert(at, item);
}

/// How much room is made beside so many.
const fn more(held: usize) -> usize {
    held / 2 + 1
}
