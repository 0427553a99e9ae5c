use crate::{
    command::SendText,
    dialect::{Fact, ReplyOver},
    event::{By, Completion, Event, Ids, Outcome},
    state::{
        Out, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{command, nameless, word},
    },
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec, vec::Vec};

/// What is known of the end of a reply that consists of runs.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Nothing,
    Replies,
    /// Its last message has ended.
    Stopped,
    /// A text has asked for it, and it has not begun.
    Asked,
    /// The same, and its last message has ended.
    AskedStopped,
    /// The server is known to tell when all is over.
    Settles,
    SettlesReplies,
    SettlesStopped,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Sent,
    Word,
    Stopped,
    StoppedCut,
    RunOver,
    RunLimited,
    Settles,
    AllOver,
    AllCancelled,
    Reset,
}

const CHART: &str = "
Nothing
    Sent                 Asked        > create
    Word                 Replies      response_started, item_added, text_delta
    Settles              Settles
    nothing: Stopped, StoppedCut, RunOver, RunLimited, AllOver, AllCancelled, Reset
Replies
    Word                 Replies      text_delta
    Stopped              Stopped
    StoppedCut           Stopped      interrupted, heard None, flush 1
    RunOver              Nothing      text_done, item_done, ended Completed(EndTurn)
    RunLimited           Nothing      text_done, item_done, ended Completed(NeedsInput)
    Settles              SettlesReplies
    AllOver              Nothing      text_done, item_done, ended Completed(EndTurn)
    AllCancelled         Nothing      interrupted, heard None, flush 1, text_done, item_done, ended Cancelled(Client)
    Reset                Replies      response_reset, item_done
    nothing: Sent
Stopped
    Word                 Stopped      text_delta
    StoppedCut           Stopped      interrupted, heard None, flush 1
    RunOver              Nothing      text_done, item_done, ended Completed(StopSequence)
    RunLimited           Nothing      text_done, item_done, ended Completed(NeedsInput)
    Settles              SettlesStopped
    AllOver              Nothing      text_done, item_done, ended Completed(StopSequence)
    AllCancelled         Nothing      interrupted, heard None, flush 1, text_done, item_done, ended Cancelled(Client)
    Reset                Replies      response_reset, item_done
    nothing: Sent, Stopped
Asked
    Word                 Replies      response_started, item_added, text_delta
    Stopped              AskedStopped
    StoppedCut           AskedStopped
    RunOver              Nothing      response_started, ended Completed(EndTurn)
    RunLimited           Nothing      response_started, ended Completed(NeedsInput)
    AllOver              Nothing      response_started, ended Completed(EndTurn)
    AllCancelled         Nothing      response_started, interrupted, heard None, flush 1, ended Cancelled(Client)
    nothing: Sent, Settles, Reset
AskedStopped
    Word                 Stopped      response_started, item_added, text_delta
    RunOver              Nothing      response_started, ended Completed(StopSequence)
    RunLimited           Nothing      response_started, ended Completed(NeedsInput)
    AllOver              Nothing      response_started, ended Completed(StopSequence)
    AllCancelled         Nothing      response_started, interrupted, heard None, flush 1, ended Cancelled(Client)
    nothing: Sent, Stopped, StoppedCut, Settles, Reset
Settles
    Sent                 Asked        > create
    Word                 SettlesReplies response_started, item_added, text_delta
    nothing: Stopped, StoppedCut, RunOver, RunLimited, Settles, AllOver, AllCancelled, Reset
SettlesReplies
    Word                 SettlesReplies text_delta
    Stopped              SettlesStopped
    StoppedCut           SettlesStopped interrupted, heard None, flush 1
    RunLimited           SettlesStopped
    AllOver              Settles      text_done, item_done, ended Completed(EndTurn)
    AllCancelled         Settles      interrupted, heard None, flush 1, text_done, item_done, ended Cancelled(Client)
    Reset                SettlesReplies response_reset, item_done
    nothing: Sent, RunOver, Settles
SettlesStopped
    Word                 SettlesStopped text_delta
    StoppedCut           SettlesStopped interrupted, heard None, flush 1
    AllOver              Settles      text_done, item_done, ended Completed(StopSequence)
    AllCancelled         Settles      interrupted, heard None, flush 1, text_done, item_done, ended Cancelled(Client)
    Reset                SettlesReplies response_reset, item_done
    nothing: Sent, Stopped, RunOver, RunLimited, Settles
";

#[test]
fn a_reply_of_several_runs_ends_as_charted() {
    use Trigger as T;
    let states = [
        State::Nothing,
        State::Replies,
        State::Stopped,
        State::Asked,
        State::AskedStopped,
        State::Settles,
        State::SettlesReplies,
        State::SettlesStopped,
    ];
    let triggers = [
        T::Sent,
        T::Word,
        T::Stopped,
        T::StoppedCut,
        T::RunOver,
        T::RunLimited,
        T::Settles,
        T::AllOver,
        T::AllCancelled,
        T::Reset,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut machines = nameless();
    let path = match state {
        State::Nothing => vec![],
        State::Replies => vec![T::Word],
        State::Stopped => vec![T::Word, T::Stopped],
        State::Asked => vec![T::Sent],
        State::AskedStopped => vec![T::Sent, T::Stopped],
        State::Settles => vec![T::Settles],
        State::SettlesReplies => vec![T::Settles, T::Word],
        State::SettlesStopped => vec![T::Settles, T::Word, T::Stopped],
    };
    for trigger in path {
        pull(&mut machines, trigger);
    }
    assert_eq!(read(&machines), state);
    let told = pull(&mut machines, trigger);
    Step {
        after: read(&machines),
        told,
    }
}

fn read(machines: &Machines) -> State {
    let under_way = machines.responses.active().is_some();
    let asked = machines.arbiter.is_unborn();
    let run = &machines.run;
    assert!(under_way || asked || run.stopped.is_none(), "of no reply");
    match (run.settles, under_way, &run.stopped) {
        (_, false, None) if asked => State::Asked,
        (_, false, Some(_)) if asked => State::AskedStopped,
        (false, false, _) => State::Nothing,
        (false, true, None) => State::Replies,
        (false, true, Some(_)) => State::Stopped,
        (true, false, _) => State::Settles,
        (true, true, None) => State::SettlesReplies,
        (true, true, Some(_)) => State::SettlesStopped,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    act(machines, trigger, &mut out);
    machines.pump(&mut out);
    told_and_sent(out)
}

fn act(machines: &mut Machines, trigger: Trigger, out: &mut Out<'_>) {
    let limited = || Some(Outcome::Completed(Completion::NeedsInput));
    let cancelled = Outcome::Cancelled(By::Client);
    let over = |outcome| {
        Box::new(ReplyOver {
            command: None,
            outcome,
            raw: Cow::Borrowed(""),
        })
    };
    let fact = match trigger {
        Trigger::Sent => {
            return machines.hold(command(), SendText::new("text").into_owned());
        }
        Trigger::Word => return word(machines, out),
        Trigger::Stopped => Fact::Stopped(Outcome::Completed(Completion::StopSequence)),
        Trigger::StoppedCut => Fact::Stopped(cancelled),
        Trigger::RunOver => Fact::RunOver(over(None)),
        Trigger::RunLimited => Fact::RunOver(over(limited())),
        Trigger::Settles => Fact::Settles,
        Trigger::AllOver => Fact::ReplyOver(over(None)),
        Trigger::AllCancelled => Fact::ReplyOver(over(Some(cancelled))),
        Trigger::Reset => Fact::Event(Event::ResponseReset(Ids::default())),
    };
    machines.observe(fact, out);
}
