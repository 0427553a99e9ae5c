//! The public contract: every name, field, form of a call and promise about types that others
//! build against. Most of it holds if it compiles.

mod commands;
mod config;
mod content;
mod debug;
mod dialects;
mod events;
mod produced;
mod reports;
mod samples;
mod session;
mod traits;

/// Takes something apart by the types that are promised; only the compiler looks at it.
fn reads<T>(_: fn(T)) {}

/// Takes a value of the type that is promised.
fn is<T>(_: T) {}

/// Asserts that no two of these are the same.
#[track_caller]
fn distinct<T: PartialEq + core::fmt::Debug>(values: &[T]) {
    for (at, value) in values.iter().enumerate() {
        assert_eq!(values.iter().position(|other| other == value), Some(at));
    }
}
