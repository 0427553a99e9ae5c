use crate::{
    dialect::Fact,
    event::{Completion, Lane, Outcome},
    state::{
        State as Machines,
        chart::{Step, assert_chart, chart},
        sample::nameless::{audio, cut, ended, heard, machines, observe, spoken},
    },
    usage::Usage,
};
use alloc::{boxed::Box, format, string::String, vec, vec::Vec};

/// How far the reply is of which something is said.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reply {
    Nothing,
    Audio,
    /// Its transcript has begun.
    Spoken,
    /// That transcript is whole.
    Whole,
    Generated,
    /// Generated, and its transcript is not whole.
    Awaited,
    /// The server cut it.
    Cut,
    /// The same, of a reply that was never told of.
    CutUnheard,
    Over,
    /// Over, and its transcript is not whole.
    Tail,
    /// Over before its turn.
    Early,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Audio,
    Words,
    WordsOver,
    Generated,
    Paused,
    Waits,
    Usage,
    Cut,
    Ended,
}

const CHART: &str = r#"
Nothing
    Audio                Audio        r1 began, i1 began, audio i1
    Words                Spoken       r1 began, i1 began, Spoken i1.0
    Usage                Nothing      usage of Session
    Cut                  CutUnheard   cut -, flush_playback
    Ended                Over         r1 began, r1 Completed(EndTurn)
    nothing: WordsOver, Generated, Paused, Waits
Audio
    Audio                Audio        audio i1
    Words                Spoken       Spoken i1.0
    Generated            Generated    audio i1 done, i1 done
    Waits                Early        audio i1 done, i1 done, r1 Completed(NeedsInput)
    Cut                  Cut          cut r1, flush_playback
    Ended                Over         audio i1 done, i1 done, r1 Completed(EndTurn)
    nothing: WordsOver, Paused, Usage
Spoken
    Audio                Spoken       audio i1
    Words                Spoken       Spoken i1.0
    WordsOver            Whole        Spoken i1.0 Final, kept "so"
    Generated            Awaited      audio i1 done, i1 done
    Waits                Early        Spoken i1.0 Final, audio i1 done, i1 done, r1 Completed(NeedsInput), kept "so"
    Cut                  Cut          cut r1, flush_playback
    Ended                Tail         Spoken i1.0 Final, audio i1 done, i1 done, r1 Completed(EndTurn), kept "so"
    nothing: Paused, Usage
Whole
    Audio                Whole        audio i1
    Words                Spoken       Spoken i1.1
    Generated            Generated    audio i1 done, i1 done
    Waits                Early        audio i1 done, i1 done, r1 Completed(NeedsInput)
    Cut                  Cut          cut r1, flush_playback
    Ended                Over         audio i1 done, i1 done, r1 Completed(EndTurn)
    nothing: WordsOver, Paused, Usage
Generated
    Audio                Audio        i2 began, audio i2
    Words                Awaited      Spoken i1.0
    Waits                Early        r1 Completed(NeedsInput)
    Cut                  Cut          cut r1, flush_playback
    Ended                Over         r1 Completed(EndTurn)
    nothing: WordsOver, Generated, Paused, Usage
Awaited
    Audio                Spoken       i2 began, audio i2
    Words                Awaited      Spoken i1.0
    WordsOver            Generated    Spoken i1.0 Final, kept "so"
    Waits                Early        Spoken i1.0 Final, r1 Completed(NeedsInput), kept "so"
    Cut                  Cut          cut r1, flush_playback
    Ended                Tail         Spoken i1.0 Final, r1 Completed(EndTurn), kept "so"
    nothing: Generated, Paused, Usage
Cut
    Audio                Cut          stale
    Words                Cut          stale
    Generated            Cut          i1 done
    Paused               Early        i1 done, r1 Cancelled(UserSpeech)
    Waits                Early        i1 done, r1 Cancelled(UserSpeech)
    Ended                Over         i1 done, r1 Cancelled(UserSpeech)
    nothing: WordsOver, Usage, Cut
CutUnheard
    Audio                Audio        r1 began, i1 began, audio i1
    Words                Spoken       r1 began, i1 began, Spoken i1.0
    Usage                CutUnheard   usage of Session
    Cut                  CutUnheard   cut -, flush_playback
    Ended                Over         r1 began, r1 Cancelled(UserSpeech)
    nothing: WordsOver, Generated, Paused, Waits
Over
    Audio                Audio        r2 began, i2 began, audio i2
    Words                Spoken       r2 began, i2 began, Spoken i2.0
    Usage                Over         usage of Response("r1")
    Cut                  CutUnheard   cut -, flush_playback
    Ended                Over         r2 began, r2 Completed(EndTurn)
    nothing: WordsOver, Generated, Paused, Waits
Tail
    Audio                Audio        r2 began, i2 began, audio i2
    Words                Tail         late, kept "soso"
    WordsOver            Over
    Usage                Tail         usage of Response("r1")
    Cut                  CutUnheard   cut -, flush_playback
    Ended                Over         r2 began, r2 Completed(EndTurn)
    nothing: Generated, Paused, Waits
Early
    Audio                Audio        r2 began, i2 began, audio i2
    Words                Spoken       r2 began, i2 began, Spoken i2.0
    Usage                Early        usage of Response("r1")
    Cut                  Early        cut -, flush_playback
    Ended                Over         told before
    nothing: WordsOver, Generated, Paused, Waits
"#;

#[test]
fn what_is_said_of_a_reply_goes_as_charted() {
    use Reply as S;
    use Trigger as T;
    let states = [
        S::Nothing,
        S::Audio,
        S::Spoken,
        S::Whole,
        S::Generated,
        S::Awaited,
        S::Cut,
        S::CutUnheard,
        S::Over,
        S::Tail,
        S::Early,
    ];
    let triggers = [
        T::Audio,
        T::Words,
        T::WordsOver,
        T::Generated,
        T::Paused,
        T::Waits,
        T::Usage,
        T::Cut,
        T::Ended,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: Reply, trigger: Trigger) -> Step<Reply> {
    use Trigger as T;
    let mut machines = machines();
    let path = match state {
        Reply::Nothing => vec![],
        Reply::Audio => vec![T::Audio],
        Reply::Spoken => vec![T::Audio, T::Words],
        Reply::Whole => vec![T::Audio, T::Words, T::WordsOver],
        Reply::Generated => vec![T::Audio, T::Generated],
        Reply::Awaited => vec![T::Audio, T::Words, T::Generated],
        Reply::Cut => vec![T::Audio, T::Cut],
        Reply::CutUnheard => vec![T::Cut],
        Reply::Over => vec![T::Audio, T::Ended],
        Reply::Tail => vec![T::Audio, T::Words, T::Ended],
        Reply::Early => vec![T::Audio, T::Waits],
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

fn read(machines: &Machines) -> Reply {
    let naming = &machines.naming;
    let active = machines.responses.active();
    let cut = active.is_some_and(|active| active.interrupted);
    let Some(reply) = &naming.reply else {
        let late = naming.clone().spoken().is_some();
        return match &naming.closed {
            _ if naming.ended_early => Reply::Early,
            _ if naming.interrupted => Reply::CutUnheard,
            Some(_) if late => Reply::Tail,
            Some(_) => Reply::Over,
            None => Reply::Nothing,
        };
    };
    match (naming.transcript(), reply.item.is_some()) {
        _ if cut => Reply::Cut,
        ((0, false), true) => Reply::Audio,
        ((_, true), true) => Reply::Spoken,
        ((_, false), true) => Reply::Whole,
        ((_, true), false) => Reply::Awaited,
        ((_, false), false) => Reply::Generated,
    }
}

/// What is told, and what came to be kept as said by the model.
fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let before = kept(machines);
    let mut told = match trigger {
        Trigger::Audio => audio(machines),
        Trigger::Words => spoken(machines),
        Trigger::WordsOver => observe(machines, Fact::SpokenOver),
        Trigger::Generated => observe(machines, Fact::Generated),
        Trigger::Paused => observe(machines, Fact::Paused),
        Trigger::Waits => observe(machines, Fact::Waits),
        Trigger::Usage => observe(machines, Fact::ReplyUsage(Box::new(usage()))),
        Trigger::Cut => cut(machines),
        Trigger::Ended => ended(machines, Outcome::Completed(Completion::EndTurn)),
    };
    let after = kept(machines);
    if after != before {
        told.push(format!("kept {after:?}"));
    }
    told
}

fn kept(machines: &Machines) -> String {
    let items = machines.conversation.items();
    items.filter_map(|item| item.text(Lane::Spoken)).collect()
}

fn usage() -> Usage {
    Usage {
        total_tokens: 3,
        ..Usage::default()
    }
}

#[test]
fn what_is_spoken_after_the_user_spoke_is_of_another_reply() {
    use Trigger as T;
    let mut machines = machines();
    for trigger in [T::Audio, T::Words, T::Ended] {
        pull(&mut machines, trigger);
    }
    heard(&mut machines);
    observe(&mut machines, Fact::WordsOver);
    let told = pull(&mut machines, T::Words);
    assert_eq!(told.first().map(String::as_str), Some("r2 began"));
}

#[test]
fn what_a_reply_consumes_is_told_with_its_end() {
    let mut machines = machines();
    for trigger in [Trigger::Audio, Trigger::Usage, Trigger::Usage] {
        pull(&mut machines, trigger);
    }
    let told = pull(&mut machines, Trigger::Ended);
    let end = told.last().map(String::as_str);
    assert_eq!(end, Some("r1 Completed(EndTurn) for 6"));
}
