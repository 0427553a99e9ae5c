//! What scenarios are generated from, and how many.

use crate::{
    books::Verdict,
    frames::Turns,
    reply::Plan,
    scenario::{App, Fault, Op, Setting},
};
use core::fmt::Debug;
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner},
};
use realtime_proto::{BargeIn, Dialect, Unheard};

/// How often each kind of thing is generated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    pub(crate) fault: u32,
    pub(crate) close: u32,
}

/// Nothing is wrong with the transport.
pub(crate) const FAITHFUL: Weights = Weights { fault: 0, close: 0 };
pub(crate) const FAITHLESS: Weights = Weights { fault: 6, close: 1 };

const PLANS: &[&[Plan]] = &[
    &[Plan::Audio],
    &[
        Plan::Audio,
        Plan::Calls,
        Plan::Text,
        Plan::Mixed,
        Plan::Calls,
        Plan::Audio,
    ],
    &[
        Plan::Calls,
        Plan::Audio,
        Plan::Calls,
        Plan::Mixed,
        Plan::Audio,
    ],
    &[
        Plan::Mixed,
        Plan::Nothing,
        Plan::Mixed,
        Plan::ShortCalls,
        Plan::Audio,
    ],
    &[Plan::ShortCalls, Plan::ShortAudio, Plan::Text, Plan::Audio],
];

pub(crate) fn setting(dialect: Dialect) -> impl Strategy<Value = Setting> {
    (
        prop_oneof![4 => Just(Turns::Answers), 1 => Just(Turns::Finds), 1 => Just(Turns::Manual)],
        select(PLANS),
        prop_oneof![
            4 => Just(BargeIn::OnSpeech),
            1 => Just(BargeIn::OnCommit),
            1 => Just(BargeIn::Manual)
        ],
        prop_oneof![
            Just(Unheard::Delete),
            Just(Unheard::Truncate),
            Just(Unheard::Skip)
        ],
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            move |(turns, plans, barge_in, unheard, tag, estimate)| Setting {
                dialect,
                turns,
                plans,
                barge_in,
                unheard,
                tag,
                estimate,
            },
        )
}

fn app() -> impl Strategy<Value = App> {
    prop_oneof![
        5 => Just(App::Create),
        3 => Just(App::CreateOtherwise),
        1 => Just(App::CreateBeside),
        2 => Just(App::Text),
        6 => Just(App::Answer),
        2 => Just(App::Cancel),
        1 => Just(App::CancelNamed),
        2 => Just(App::Interrupt),
        3 => Just(App::Played),
        1 => Just(App::PlayedBefore),
        1 => Just(App::Truncate),
        1 => Just(App::Configure),
        1 => Just(App::Commit),
        1 => Just(App::Clear),
    ]
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        1 => Just(Fault::Drop),
        2 => Just(Fault::Duplicate),
        2 => (1..6u8).prop_map(Fault::Late),
        2 => (1..20u8).prop_map(Fault::LateDone),
        1 => Just(Fault::LateCreated),
    ]
}

pub(crate) fn ops(weights: Weights) -> impl Strategy<Value = Vec<Op>> {
    let op = prop_oneof![
        30 => any::<u8>().prop_map(Op::Server),
        14 => (1..10u8).prop_map(Op::Flow),
        26 => (app(), any::<u8>()).prop_map(|(app, about)| Op::App(app, about)),
        6 => select(&[0, 1, 20, 250, 3_000, 31_000][..]).prop_map(Op::Time),
        weights.fault => fault().prop_map(Op::Fault),
        weights.close => Just(Op::Close),
    ];
    vec(op, 24..60)
}

/// How many cases: `REALTIME_CASES` or `PROPTEST_CASES`, then new ones each time, else the same.
fn cases(default: u32) -> (u32, RngSeed) {
    let told = ["REALTIME_CASES", "PROPTEST_CASES"].into_iter();
    let mut told = told;
    let told = told.find_map(|key| std::env::var(key).ok()?.parse().ok());
    match told {
        Some(cases) => (cases, RngSeed::Random),
        None => (default, RngSeed::Fixed(7)),
    }
}

/// Tries a property on so many cases and shows the smallest that breaks it.
pub(crate) fn check<T: Debug>(
    default: u32,
    strategy: &impl Strategy<Value = T>,
    property: impl Fn(T) -> Verdict,
) {
    let (cases, rng_seed) = cases(default);
    let config = Config {
        cases,
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 20_000,
        max_shrink_time: 60_000,
        ..Config::default()
    };
    let outcome =
        TestRunner::new(config).run(strategy, |case| property(case).map_err(TestCaseError::fail));
    match outcome {
        Ok(()) => println!("{cases} cases"),
        Err(TestError::Fail(complaint, case)) => {
            println!("{complaint}; with {case:?}");
            let again = property(case);
            panic!("{complaint}; {again:?}");
        }
        Err(other) => panic!("{other}"),
    }
}
