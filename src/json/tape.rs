//! Tapes: what lies inside the objects and arrays of a text, in the order in which it stands there.
//!
//! ```text
//!  {"id":"a","item":{"parts":[1,2],"name":"b"}}
//!            └────┬─────────────────────────┘
//!  object: 6 inside │ "parts" │ array: 2 inside │ 1 │ 2 │ "name" │ "b"
//! ```
//! The pass that checks a text writes its tape, so that what is nested is found without another.

use super::{
    slot::{Kind, Slot},
    value::Value,
};
use alloc::vec::Vec;
use arrayvec::ArrayVec;

/// A key or a value, and how many others lie inside.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(super) slot: Slot,
    pub(super) inside: u32,
}

/// How many nodes have room without an allocation.
const FEW: usize = 64;

/// It is large: it is made where it stays.
pub(crate) struct Tape {
    few: ArrayVec<Node, FEW>,
    /// All of them, once they are more.
    many: Vec<Node>,
}

impl Tape {
    #[inline]
    pub(crate) const fn new() -> Self {
        Self {
            few: ArrayVec::new_const(),
            many: Vec::new(),
        }
    }

    fn nodes(&self) -> &[Node] {
        if self.many.is_empty() {
            &self.few
        } else {
            &self.many
        }
    }

    fn node_mut(&mut self, at: u32) -> Option<&mut Node> {
        let nodes = if self.many.is_empty() {
            self.few.as_mut_slice()
        } else {
            &mut self.many
        };
        nodes.get_mut(at as usize)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "there are no more nodes than bytes that a slot can tell apart"
    )]
    fn len(&self) -> u32 {
        self.nodes().len() as u32
    }

    #[inline]
    pub(super) fn push(&mut self, slot: Slot) {
        let node = Node { slot, inside: 0 };
        if self.few.try_push(node).is_err() {
            self.push_to_many(node);
        }
    }

    #[inline(never)]
    fn push_to_many(&mut self, node: Node) {
        if self.many.is_empty() {
            self.many.reserve(4 * FEW);
            self.many.extend_from_slice(&self.few);
        }
        self.many.push(node);
    }

    /// Notes an object or array that opens within the one at `outer`, where it is told of until
    /// it closes.
    pub(super) fn open(&mut self, start: usize, kind: Kind, outer: u32) -> u32 {
        let at = self.len();
        self.push(Slot {
            end: outer,
            ..Slot::new(start, 0, kind, false)
        });
        at
    }

    /// Notes where the one at `at` closes, and returns which is open then, and what it is.
    pub(super) fn close(&mut self, at: u32, end: usize) -> (u32, Kind) {
        let inside = self.len() - at - 1;
        let Some(node) = self.node_mut(at) else {
            return (at, Kind::Absent);
        };
        let outer = node.slot.end;
        node.slot = Slot::new(node.slot.start as usize, end, node.slot.kind, false);
        node.inside = inside;
        let outer_kind = self.node_mut(outer).map(|node| node.slot.kind);
        (outer, outer_kind.unwrap_or_default())
    }

    /// What lies at a slot of an outermost object, in the text that was scanned.
    #[inline]
    pub(crate) fn value<'f>(&self, slot: Slot, text: &'f str) -> Value<'_, 'f> {
        match slot.kind {
            Kind::Object | Kind::Array => slot.with(text, self.inside(slot)),
            _ => slot.of(text),
        }
    }

    /// What lies inside the outermost object or array at a slot.
    fn inside(&self, slot: Slot) -> &[Node] {
        let nodes = self.nodes();
        let at = nodes.partition_point(|node| node.slot.start < slot.start);
        match nodes.get(at..) {
            Some([node, after @ ..]) if node.slot == slot => {
                after.get(..node.inside as usize).unwrap_or_default()
            }
            _ => &[],
        }
    }
}

/// Takes a value with what lies inside from the front of a list of nodes.
pub(super) fn take<'t>(nodes: &mut &'t [Node]) -> Option<(Slot, &'t [Node])> {
    let (node, after) = nodes.split_first()?;
    let (inside, after) = after.split_at_checked(node.inside as usize)?;
    *nodes = after;
    Some((node.slot, inside))
}
