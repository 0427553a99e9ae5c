//! What holds in every scenario.

use crate::{
    books::{Settled, Verdict},
    generate::{FAITHFUL, FAITHLESS, check, ops, setting},
    scenario::{Op, Setting, Stage},
};
use realtime_proto::{Command, Dialect, ResponseState};

fn play(setting: &Setting, ops: &[Op]) -> Result<Stage, String> {
    let mut stage = Stage::new(setting);
    ops.iter().try_for_each(|op| stage.apply(*op))?;
    Ok(stage)
}

#[test]
fn every_legal_interleaving_keeps_the_invariants_and_settles_everything() {
    legal_interleavings(Dialect::OpenAi, 3_500);
}

#[test]
fn every_legal_interleaving_keeps_the_invariants_and_settles_everything_of_xai() {
    legal_interleavings(Dialect::Xai, 1_500);
}

fn legal_interleavings(dialect: Dialect, cases: u32) {
    check(
        cases,
        &(setting(dialect), ops(FAITHFUL)),
        |(setting, ops)| {
            let mut stage = play(&setting, &ops)?;
            stage.rest()?;
            if stage.world.session.response() == ResponseState::ServerOwes {
                stage.pass(0)?;
                stage.pass(31_000)?;
                stage.rest()?;
            }
            nothing_is_lost(&stage)?;
            stage.world.close()
        },
    );
}

#[test]
fn whatever_the_transport_does_the_invariants_hold() {
    faithless_transports(Dialect::OpenAi, 3_500);
}

#[test]
fn whatever_the_transport_does_the_invariants_hold_for_xai() {
    faithless_transports(Dialect::Xai, 1_500);
}

fn faithless_transports(dialect: Dialect, cases: u32) {
    check(
        cases,
        &(setting(dialect), ops(FAITHLESS)),
        |(setting, ops)| {
            let mut stage = play(&setting, &ops)?;
            stage.rest()?;
            if !stage.is_over() {
                i15_the_slot_is_free_again(&mut stage)?;
                stage.world.close()?;
            }
            i11_closed_stays_closed(&mut stage)
        },
    );
}

fn nothing_is_lost(stage: &Stage) -> Verdict {
    let books = &stage.world.books;
    if let Some((id, _)) = books.commands.iter().find(|(_, is)| *is == Settled::No) {
        return Err(format!("I3: {id} would end Unknown"));
    }
    let response = stage.world.session.response();
    if response != ResponseState::Idle {
        return Err(format!("I2: the slot sticks: {response:?}"));
    }
    if books.stalls > 0 {
        return Ok(());
    }
    let (settled, began) = (books.accepted_creates(), stage.world.server.accepted);
    // A reply of the server's own that comes while a create is in flight is taken for its answer.
    // The race error that follows queues the request again, though its command has settled; should
    // the user then speak, nothing is left to say of it.
    let taken = stage.made.races.min(stage.made.cut_in.all());
    if settled > began + taken || began > settled + books.groups() {
        return Err(format!(
            "I3: {settled} creates were accepted and {began} began"
        ));
    }
    Ok(())
}

/// Once time has passed, a request is answered again.
fn i15_the_slot_is_free_again(stage: &mut Stage) -> Verdict {
    for _ in 0..4 {
        stage.pass(31_000)?;
        stage.rest()?;
    }
    let before = stage.world.server.accepted;
    stage.world.send(Command::create_response())?;
    for _ in 0..4 {
        stage.rest()?;
        stage.pass(31_000)?;
    }
    if stage.world.server.accepted == before {
        let response = stage.world.session.response();
        return Err(format!("I15: the slot sticks: {response:?}"));
    }
    Ok(())
}

fn i11_closed_stays_closed(stage: &mut Stage) -> Verdict {
    let frame = r#"{"type":"response.created","response":{"id":"resp_late"}}"#;
    stage.world.deliver(frame)?;
    stage.pass(100_000)?;
    if stage.world.session.poll_timeout().is_some() {
        return Err("I11: a deadline after Closed".into());
    }
    Ok(())
}

#[test]
fn the_generator_makes_what_it_should() {
    use proptest::{
        strategy::{Strategy, ValueTree},
        test_runner::TestRunner,
    };
    let mut runner = TestRunner::deterministic();
    let strategy = (setting(Dialect::OpenAi), ops(FAITHLESS));
    let cases = 500_usize;
    let made: Vec<_> = (0..cases)
        .map(|_| {
            let (setting, ops) = strategy.new_tree(&mut runner).expect("a case").current();
            play(&setting, &ops).expect("the invariants hold").made
        })
        .collect();
    let share = |name: &str, has: fn(&crate::statistics::Made) -> u32| {
        let with = made.iter().filter(|made| has(made) > 0).count();
        println!("{name}: {with} of {cases}");
        assert!(with * 100 >= cases, "{name} is in {with} of {cases} cases");
    };
    share("race error", |made| made.races);
    share("late done", |made| made.late_done);
    share("done before created", |made| made.done_first);
    share("barge-in with nothing said", |made| made.cut_in.idle);
    share("barge-in before audio", |made| made.cut_in.before_audio);
    share("barge-in in audio", |made| made.cut_in.in_audio);
    share("barge-in after done", |made| made.cut_in.after_done);
    share("duplicate", |made| made.duplicates);
    share("drop", |made| made.drops);
    share("close in a call", |made| made.close_in_call);
    let mut steps: Vec<_> = made.iter().map(|made| made.steps).collect();
    steps.sort_unstable();
    let median = steps[steps.len() / 2];
    println!("median of steps: {median}");
    assert!(median >= 40, "the median is {median} steps");
}
