//! What a session holds on the heap over a long call: bounded, and as `memory_bytes` says.

#[path = "memory/agents.rs"]
mod agents;
#[path = "memory/call.rs"]
mod call;
#[path = "memory/growth.rs"]
mod growth;
#[path = "memory/layout.rs"]
mod layout;
#[path = "memory/nameless.rs"]
mod nameless;
#[path = "memory/pool.rs"]
mod pool;

use call::Call;
use core::{
    alloc::{GlobalAlloc, Layout},
    cell::Cell,
};
use realtime_proto::{Command, Config, Dialect, Limits, Session};
use std::alloc::System;

/// How many user turns the call has.
const TURNS: usize = 10_000;

/// How many deltas the replies to them have.
const DELTAS: usize = 1_000_000;

/// How often memory is looked at.
const POINTS: usize = 20;

#[test]
fn i10_a_long_call_holds_no_more_than_its_limits() {
    let mut points = Vec::with_capacity(POINTS);
    let mut call = Call::new(DELTAS / TURNS);
    let before = live();
    call.open();
    // What a stream is known by takes room once.
    call.turns(70);
    let first = core::mem::take(&mut call.allocations);
    assert!(first <= 10, "{first} by the first deltas");
    for _ in 0..POINTS {
        call.turns(TURNS / POINTS);
        points.push((live() - before, call.session().memory_bytes()));
    }
    println!("live, and told: {points:?}");
    assert!(call.deltas >= DELTAS);
    assert_eq!(call.allocations, 0, "by deltas");
    for (live, told) in &points {
        assert!(live.abs_diff(*told) * 10 <= *live, "{told} told of {live}");
    }
    let warm = points[POINTS / 4 * 3..].iter().map(|(live, _)| *live);
    let (least, most) = (warm.clone().min().unwrap(), warm.max().unwrap());
    assert!(most - least <= least / 50, "from {least} to {most} bytes");
    let kept = call.session().conversation().len();
    assert_eq!(kept, Limits::default().items, "the call is too short");
}

/// Settings, what waits to be sent, and what waits to be told.
#[test]
fn everything_that_a_session_holds_is_told() {
    let text = "Be brief, and never say so. ".repeat(20);
    let before = live();
    let mut config = Config::new(Dialect::OpenAi);
    config.session.instructions = Some(text.clone());
    let mut session = Session::new(config);
    for number in 0..50 {
        session.send(Command::text(&text)).unwrap();
        let unknown = format!("item_{number}");
        session.send(Command::delete_item(&unknown)).unwrap();
        session.send(Command::cancel_response()).unwrap();
    }
    let (live, told) = (live() - before, session.memory_bytes());
    assert!(live.abs_diff(told) * 10 <= live, "{told} told of {live}");
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static LIVE: Cell<usize> = const { Cell::new(0) };
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

/// The bytes that this thread has allocated and not freed.
fn live() -> usize {
    LIVE.get()
}

/// How often this thread has allocated.
pub(crate) fn allocations() -> usize {
    ALLOCATIONS.get()
}

fn taken(bytes: usize) {
    ALLOCATIONS.set(ALLOCATIONS.get() + 1);
    LIVE.set(LIVE.get().wrapping_add(bytes));
}

fn given_back(bytes: usize) {
    LIVE.set(LIVE.get().wrapping_sub(bytes));
}

// SAFETY: every call is the system allocator's own; counting neither allocates nor unwinds.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // SAFETY: the caller keeps the contract of `alloc_zeroed`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        given_back(layout.size());
        taken(size);
        // SAFETY: the caller keeps the contract of `realloc`.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        given_back(layout.size());
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(block, layout) }
    }
}
