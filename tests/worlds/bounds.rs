//! I10: whatever grows, a session holds no more than its limits say.

use crate::{
    books::Verdict,
    generate::check,
    siege::{Growth, Plan, Sent, Siege},
};
use core::time::Duration;
use proptest::{collection::vec, prelude::*, sample::select};
use realtime_proto::{Config, Dialect, Limits, Media, Policy, Retain};

/// Two counts stand before a name, and it is aligned as they are.
const COUNTS: usize = 24;

/// What a session tracks whatever its limits are: open responses, texts, turns of the user, parts
/// of audio, and answered calls that wait for a reply.
const RESPONSES: usize = 64 + 1;
const TEXTS: usize = 256;
const TURNS: usize = 8;
const AUDIO: usize = 64;
const ANSWERED: usize = 64;

/// Frames of the session's own that wait for an answer, and those that were answered last.
const OWN: usize = 64 + 8;

/// Bytes of a text under construction, of which a few more are pooled.
const TEXT: usize = 16 << 10;

/// Bytes of the session's own frames that wait to leave beyond the limit of the outbox.
const RESERVE: usize = 16 << 10;

/// A request or a change that waits, beside the words in it.
const REQUEST: usize = 1 << 10;

/// What a session holds that has only begun: its capabilities.
const EMPTY: usize = 1 << 10;

/// How much a list holds of so many entries, each of so many bytes and names. A list that grew
/// has as much room again.
struct Lists {
    name: usize,
}

impl Lists {
    fn of(&self, count: usize, bytes: usize, names: usize) -> usize {
        count * (2 * bytes + names * (self.name + COUNTS))
    }
}

/// How much a session may hold: by its limits, by the names in it, which a frame bounds, and by how
/// many texts were ever begun. Settings are as long as a frame, and held arguments are.
fn most(plan: &Plan, texts: usize) -> usize {
    let limits = &plan.config.limits;
    let lists = Lists { name: plan.name };
    let kept = match limits.conversation {
        Retain::Text { bytes } => bytes,
        _ => 0,
    };
    EMPTY
        + conversation(limits, &lists)
        + kept
        + tracked(limits, &lists)
        + told(plan, &lists)
        + lists.of(3 * limits.pending_commands, REQUEST, 1)
        + 3 * texts.min(TEXTS + 4) * TEXT
        + outbox(limits)
        + 2 * limits.frame_bytes
}

/// Items, and the names of what has ended: responses twice, calls, transcripts and turns.
fn conversation(limits: &Limits, lists: &Lists) -> usize {
    let items = limits.items.max(limits.tombstones);
    lists.of(items, 384, 3) + lists.of(5 * limits.tombstones, 24, 1)
}

fn tracked(limits: &Limits, lists: &Lists) -> usize {
    lists.of(RESPONSES, 48, 1)
        + lists.of(TEXTS, 96, 2)
        + lists.of(TURNS, 24, 1)
        + lists.of(3 * AUDIO, 96, 2)
        + lists.of(limits.open_calls, 128 + limits.frame_bytes / 2, 4)
        + lists.of(ANSWERED, 48, 1)
        + lists.of(2 * limits.pending_commands + OWN, 256, 2)
}

/// What waits to be told: as much as commands may cause, and all that the last two connections left
/// open. An event has 160 bytes and may be boxed; of those that were polled only the room is left.
fn told(plan: &Plan, lists: &Lists) -> usize {
    let limits = &plan.config.limits;
    let open = TEXTS + RESPONSES + TURNS + limits.open_calls + 3 * limits.pending_commands;
    let (bytes, names) = if plan.polls_events {
        (160, 0)
    } else {
        (320, 2)
    };
    lists.of(limits.queued_events + 2 * open, bytes, names)
}

/// Commands may fill the outbox, one request may follow, and the session's own frames have their
/// reserve. A buffer keeps what it gave out until half of it is that, and grows by half of itself
/// at least. An entry has 64 bytes; the shortest frame has 12, and the session's own have 48.
fn outbox(limits: &Limits) -> usize {
    let own = limits.outbox_bytes + RESERVE + limits.frame_bytes;
    let text = 4 * (3 * limits.outbox_bytes + own);
    let entries = limits.outbox_bytes / 12 + own / 48;
    text + 2 * 64 * entries + limits.outbox_bytes
}

/// One thing grows beyond every limit, in whatever has grown before.
#[test]
fn i10_memory_is_bounded_by_the_limits_whatever_grows() {
    let flood = select(GROWTHS).prop_map(|growth| (growth, FLOOD));
    let scenario = (plan(), growths(), flood);
    check(300, &scenario, |(plan, growths, flood)| {
        let mut siege = Siege::new(&plan);
        let mut growths = growths.into_iter().chain([flood]);
        growths.try_for_each(|(growth, times)| {
            (0..times).try_for_each(|round| {
                siege.grow(growth);
                let looks = round % 64 == 0 || round + 1 == times;
                let held = if looks {
                    i10_bounded(&siege, &plan)
                } else {
                    Ok(())
                };
                held.map_err(|it| format!("{it} in round {round} of {growth:?}"))
            })
        })
    });
}

fn i10_bounded(siege: &Siege<'_>, plan: &Plan) -> Verdict {
    let (held, most) = (siege.session.memory_bytes(), most(plan, siege.texts));
    if held > most {
        return Err(format!("I10: {held} bytes of {most}"));
    }
    Ok(())
}

fn limits() -> impl Strategy<Value = Limits> {
    let retain = prop_oneof![
        1 => Just(Retain::Off),
        1 => Just(Retain::Ids),
        3 => (0..4_000_usize).prop_map(|bytes| Retain::Text { bytes })
    ];
    let bytes = (1_000..8_000_usize, 1_000..4_000_usize, 0..500_u64);
    let counts = (
        prop_oneof![1..64_usize, 64..1_000_usize],
        1..16_usize,
        1..16_usize,
        1..64_usize,
        1..32_usize,
    );
    (bytes, retain, counts).prop_map(|((frame, outbox, held), retain, counts)| {
        let mut limits = Limits::default();
        (limits.frame_bytes, limits.outbox_bytes) = (frame, outbox);
        limits.held_audio = Duration::from_millis(held);
        limits.conversation = retain;
        (limits.items, limits.open_calls, ..) = counts;
        (.., limits.queued_events, limits.tombstones) = counts;
        limits.pending_commands = counts.2;
        limits
    })
}

fn plan() -> impl Strategy<Value = Plan> {
    let media = prop_oneof![4 => Just(Media::Inline), 1 => Just(Media::Remote)];
    let passive = prop_oneof![6 => Just(false), 1 => Just(true)];
    let host = (any::<bool>(), any::<bool>(), any::<bool>());
    let name = 32..200_usize;
    (limits(), media, passive, host, name).prop_map(
        |(limits, media, passive, (opened, polls_events, polls_frames), name)| {
            let mut config = Config::new(Dialect::OpenAi);
            config.limits = limits;
            config.media = media;
            if passive {
                config.policy = Policy::passive();
            }
            Plan {
                config,
                name,
                opened,
                polls_events,
                polls_frames,
            }
        },
    )
}

/// What has grown before, and how often.
fn growths() -> impl Strategy<Value = Vec<(Growth, usize)>> {
    vec((select(GROWTHS), 1..100_usize), 0..5)
}

/// How often the last thing grows.
const FLOOD: usize = 10_000;

const GROWTHS: &[Growth] = &[
    Growth::Items,
    Growth::Said,
    Growth::Parked,
    Growth::Deleted,
    Growth::Aside,
    Growth::Superseded,
    Growth::Unannounced,
    Growth::Longer,
    Growth::Texts,
    Growth::Transcripts,
    Growth::Remote,
    Growth::Audio,
    Growth::Announced,
    Growth::Held,
    Growth::Delivered,
    Growth::Answered,
    Growth::Truncated,
    Growth::Unheard(true),
    Growth::Unheard(false),
    Growth::CutAside,
    Growth::Speech,
    Growth::Committed,
    Growth::Settings,
    Growth::Playing,
    Growth::Sent(Sent::Text),
    Growth::Sent(Sent::Raw),
    Growth::Sent(Sent::RawUnknown),
    Growth::Sent(Sent::Delete),
    Growth::Sent(Sent::Configure),
    Growth::Sent(Sent::Create),
    Growth::Sent(Sent::CreateAside),
    Growth::Sent(Sent::Interrupt),
    Growth::Sent(Sent::Cancel),
    Growth::Oversized,
    Growth::Appended,
    Growth::LateRaces,
    Growth::Time,
    Growth::Reconnected,
    Growth::Damaged,
];
