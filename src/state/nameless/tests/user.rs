//! What the user says, beside the replies to it.

use crate::{
    dialect::Fact,
    event::{Completion, Event, InputTranscript, Outcome, Previous, TranscriptUpdate},
    state::{
        State as Machines,
        chart::{Step, assert_chart, chart, out},
        sample::nameless::{audio, cut, ended, event, heard, machines, observe, speech, words},
    },
};
use alloc::{borrow::Cow, string::String, vec, vec::Vec};

/// Where the user's words stand, and the reply under way.
#[derive(Clone, Copy, Debug, PartialEq)]
enum User {
    Silent,
    /// What was said in full waits for its reply.
    Asked,
    Speaking,
    /// A reply is under way to what was said; its transcript may go on.
    Answered,
    /// A reply is under way to what was said in full.
    Answering,
    /// A reply is under way to nothing that is known.
    Replying,
    /// The user speaks over a reply.
    Over,
    /// What was said in full over a reply waits for the next one.
    OverAsked,
    /// The user speaks, and the server cut a reply that was never told of.
    Cut,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Words,
    Provisional,
    WordsOver,
    SpeechStarted,
    SpeechStopped,
    NewWords,
    Writes,
    Content,
    Cut,
    Ended,
}

const CHART: &str = r#"
Silent
    Words                Speaking     turn i1 began, heard i1 more
    Provisional          Speaking     turn i1 began, heard i1 now "perhaps"
    SpeechStarted        Speaking     speech i1, turn i1 began
    SpeechStopped        Silent       speech - over
    Writes               Asked        i1 began, turn i1 began, turn i1 committed, Unknown, i1 done
    Content              Replying     r1 began, i1 began, audio i1
    Cut                  Silent       cut -, flush_playback
    Ended                Silent       r1 began, r1 Completed(EndTurn)
    nothing: WordsOver, NewWords
Asked
    Words                Speaking     turn i2 began, heard i2 more
    Provisional          Speaking     turn i2 began, heard i2 now "perhaps"
    SpeechStarted        Speaking     speech i2, turn i2 began
    SpeechStopped        Asked        speech - over
    Writes               Asked        i2 began, turn i2 began, turn i2 committed, Unknown, i2 done
    Content              Answering    r1 began, i2 began, audio i2
    Cut                  Asked        cut -, flush_playback
    Ended                Silent       r1 began, r1 Completed(EndTurn)
    nothing: WordsOver, NewWords
Speaking
    Words                Speaking     heard i1 more
    Provisional          Speaking     heard i1 now "hmperhaps"
    WordsOver            Asked        turn i1 committed, Unknown, heard i1 all "hm"
    SpeechStarted        Speaking     speech i1
    SpeechStopped        Speaking     speech i1 over
    Writes               Speaking     i2 began, turn i2 began, turn i2 committed, Unknown, i2 done
    Content              Answered     turn i1 committed, Unknown, r1 began, i2 began, audio i2
    Cut                  Cut          cut -, flush_playback
    Ended                Silent       turn i1 committed, Unknown, r1 began, heard i1 all "hm", r1 Completed(EndTurn)
    nothing: NewWords
Answered
    Words                Answered     heard i1 more
    Provisional          Answered     heard i1 now "hmperhaps"
    WordsOver            Answering    heard i1 all "hm"
    SpeechStarted        Over         heard i1 all "hm", speech i3, cut r1, flush_playback, turn i3 began
    SpeechStopped        Answered     speech i1 over
    NewWords             Answering    heard i1 all "hm"
    Writes               OverAsked    heard i1 all "hm", i3 began, turn i3 began, turn i3 committed, Unknown, i3 done
    Content              Answered     audio i2
    Cut                  Answering    heard i1 all "hm", cut r1, flush_playback
    Ended                Silent       heard i1 all "hm", audio i2 done, i2 done, r1 Completed(EndTurn)
Answering
    Words                Over         turn i3 began, heard i3 more
    Provisional          Over         turn i3 began, heard i3 now "perhaps"
    SpeechStarted        Over         speech i3, cut r1, flush_playback, turn i3 began
    SpeechStopped        Answering    speech i1 over
    Writes               OverAsked    i3 began, turn i3 began, turn i3 committed, Unknown, i3 done
    Content              Answering    audio i2
    Cut                  Answering    cut r1, flush_playback
    Ended                Silent       audio i2 done, i2 done, r1 Completed(EndTurn)
    nothing: WordsOver, NewWords
Replying
    Words                Answered     turn i2 began, turn i2 committed, First, heard i2 more
    Provisional          Answered     turn i2 began, turn i2 committed, First, heard i2 now "perhaps"
    SpeechStarted        Over         speech i2, cut r1, flush_playback, turn i2 began
    SpeechStopped        Replying     speech - over
    Writes               OverAsked    i2 began, turn i2 began, turn i2 committed, Unknown, i2 done
    Content              Replying     audio i1
    Cut                  Replying     cut r1, flush_playback
    Ended                Silent       audio i1 done, i1 done, r1 Completed(EndTurn)
    nothing: WordsOver, NewWords
Over
    Words                Over         heard i3 more
    Provisional          Over         heard i3 now "hmperhaps"
    WordsOver            OverAsked    turn i3 committed, Unknown, heard i3 all "hm"
    SpeechStarted        Over         speech i3, cut r1, flush_playback
    SpeechStopped        Over         speech i3 over
    Writes               Over         i4 began, turn i4 began, turn i4 committed, Unknown, i4 done
    Content              Over         audio i2
    Cut                  Over         cut r1, flush_playback
    Ended                Speaking     audio i2 done, i2 done, r1 Completed(EndTurn)
    nothing: NewWords
OverAsked
    Words                Over         turn i4 began, heard i4 more
    Provisional          Over         turn i4 began, heard i4 now "perhaps"
    SpeechStarted        Over         speech i4, cut r1, flush_playback, turn i4 began
    SpeechStopped        OverAsked    speech i3 over
    Writes               OverAsked    i4 began, turn i4 began, turn i4 committed, Unknown, i4 done
    Content              OverAsked    audio i2
    Cut                  OverAsked    cut r1, flush_playback
    Ended                Asked        audio i2 done, i2 done, r1 Completed(EndTurn)
    nothing: WordsOver, NewWords
Cut
    Words                Cut          heard i1 more
    Provisional          Cut          heard i1 now "hmperhaps"
    WordsOver            Asked        turn i1 committed, Unknown, heard i1 all "hm"
    SpeechStarted        Cut          speech i1
    SpeechStopped        Cut          speech i1 over
    Writes               Cut          i2 began, turn i2 began, turn i2 committed, Unknown, i2 done
    Content              Answered     turn i1 committed, Unknown, r1 began, i2 began, audio i2
    Cut                  Cut          cut -, flush_playback
    Ended                Speaking     r1 began, r1 Cancelled(UserSpeech)
    nothing: NewWords
"#;

#[test]
fn what_the_user_says_is_a_turn_as_charted() {
    use Trigger as T;
    use User as S;
    let states = [
        S::Silent,
        S::Asked,
        S::Speaking,
        S::Answered,
        S::Answering,
        S::Replying,
        S::Over,
        S::OverAsked,
        S::Cut,
    ];
    let triggers = [
        T::Words,
        T::Provisional,
        T::WordsOver,
        T::SpeechStarted,
        T::SpeechStopped,
        T::NewWords,
        T::Writes,
        T::Content,
        T::Cut,
        T::Ended,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: User, trigger: Trigger) -> Step<User> {
    use Trigger as T;
    let mut machines = machines();
    let path = match state {
        User::Cut => vec![T::Words, T::Cut],
        User::Silent => vec![],
        User::Asked => vec![T::Writes],
        User::Speaking => vec![T::Words],
        User::Answered => vec![T::Words, T::Content],
        User::Answering => vec![T::Words, T::WordsOver, T::Content],
        User::Replying => vec![T::Content],
        User::Over => vec![T::Words, T::WordsOver, T::Content, T::Words],
        User::OverAsked => vec![T::Words, T::WordsOver, T::Content, T::Words, T::WordsOver],
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

fn read(machines: &Machines) -> User {
    let naming = &machines.naming;
    let replies = naming.reply.is_some();
    match naming.user.as_ref().map(|user| user.committed) {
        Some(true) => User::Answered,
        Some(false) if naming.interrupted => User::Cut,
        Some(false) if replies => User::Over,
        Some(false) => User::Speaking,
        None if naming.asks_again() => User::OverAsked,
        None if replies && naming.asked => User::Answering,
        None if replies => User::Replying,
        None if naming.asked => User::Asked,
        None => User::Silent,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    match trigger {
        Trigger::Words => heard(machines),
        Trigger::Provisional => event(machines, provisional()),
        Trigger::WordsOver => observe(machines, Fact::WordsOver),
        Trigger::SpeechStarted => event(machines, Event::SpeechStarted(speech())),
        Trigger::SpeechStopped => event(machines, Event::SpeechStopped(speech())),
        Trigger::NewWords => observe(machines, Fact::NewWords),
        Trigger::Writes => {
            let mut out = out();
            machines.said("hm", &mut out);
            words(out)
        }
        Trigger::Content => audio(machines),
        Trigger::Cut => cut(machines),
        Trigger::Ended => ended(machines, Outcome::Completed(Completion::EndTurn)),
    }
}

fn provisional() -> Event<'static> {
    Event::InputTranscript(InputTranscript {
        item_id: None,
        content_index: 0,
        previous: Previous::Unknown,
        update: TranscriptUpdate::Snapshot {
            text: Cow::Borrowed("perhaps"),
        },
        at: None,
    })
}

#[test]
fn what_is_certain_takes_the_place_of_what_was_provisional() {
    let mut machines = machines();
    let mut told = Vec::new();
    for trigger in [
        Trigger::Words,
        Trigger::Provisional,
        Trigger::Words,
        Trigger::Provisional,
        Trigger::WordsOver,
    ] {
        told.extend(pull(&mut machines, trigger).pop());
    }
    let wanted = [
        "heard i1 more",
        r#"heard i1 now "hmperhaps""#,
        r#"heard i1 now "hmhm""#,
        r#"heard i1 now "hmhmperhaps""#,
        r#"heard i1 all "hmhmperhaps""#,
    ];
    assert_eq!(told, wanted);
}

#[test]
fn words_over_the_reply_to_words_over_a_reply_are_a_turn_of_their_own() {
    use Trigger as T;
    let mut machines = machines();
    let first = [T::Words, T::WordsOver, T::Content];
    let over = [T::Words, T::WordsOver, T::Ended, T::Content];
    for trigger in first.into_iter().chain(over) {
        pull(&mut machines, trigger);
    }

    let told = pull(&mut machines, T::Words);

    assert_eq!(told, ["turn i5 began", "heard i5 more"]);
}

#[test]
fn the_end_of_a_reply_that_nobody_heard_ends_no_words_of_the_user() {
    use Trigger as T;
    let mut machines = machines();
    for trigger in [T::Words, T::Cut, T::Ended] {
        pull(&mut machines, trigger);
    }
    assert_eq!(pull(&mut machines, T::Words), ["heard i1 more"]);
    let told = pull(&mut machines, T::Content);
    assert_eq!(
        told.first().map(String::as_str),
        Some("turn i1 committed, Unknown")
    );
}
