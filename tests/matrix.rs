//! Every command in every situation: what it sends, or how it is refused.

#[path = "matrix/commands.rs"]
mod commands;
#[path = "matrix/misuse.rs"]
mod misuse;
#[path = "matrix/server.rs"]
mod server;
#[path = "matrix/situations.rs"]
mod situations;

use core::fmt::Write as _;
use realtime_proto::{Command, Event, Phase, ResponseState};
use serde_json::Value;
use situations::{STATES, Situation};

#[test]
fn commands_in_every_situation() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("matrix", matrix()));
}

#[test]
fn every_command_settles_once_and_nothing_that_leaves_is_refused() {
    for (name, command) in commands::all() {
        for situation in situations::all() {
            if name != "close" && can_go_on(&situation) {
                settles_once(name, &command, situation);
            }
        }
    }
}

#[test]
fn the_end_leaves_no_response_behind() {
    for state in STATES {
        let closed = situations::closed(state).session;
        assert_eq!(
            (closed.phase(), closed.response()),
            (Phase::Closed, ResponseState::Idle),
            "{state:?}"
        );
    }
}

/// Whether the server would still answer.
fn can_go_on(situation: &Situation) -> bool {
    matches!(situation.session.phase(), Phase::Opening | Phase::Ready)
}

#[track_caller]
fn settles_once(name: &str, command: &Command<'_>, mut situation: Situation) {
    let (phase, state) = (situation.session.phase(), situation.session.response());
    let at = format!("{name} in {phase:?}, {state:?}");
    let mut events = Vec::new();
    let Ok(id) = situation.session.send(command.clone()) else {
        return;
    };
    if phase == Phase::Opening {
        events.extend(situation.hears(&server::created()));
    }
    events.extend(situation.quiesces());
    let settled = events.iter().filter_map(|event| match event {
        Event::CommandSettled(settled) if settled.command == id => Some(outcome(event)),
        _ => None,
    });
    let settled: Vec<_> = settled.collect();
    let wanted = usize::from(!is_stream(name));
    assert_eq!(settled.len(), wanted, "{at}: {settled:?}");
    assert!(
        !settled.iter().any(|outcome| outcome == "unknown"),
        "{at}: {settled:?}"
    );
    let refused = &situation.server.refused;
    assert!(refused.is_empty(), "{at}: the server refused {refused:?}");
}

/// The whole table, command by command.
fn matrix() -> String {
    let situations = situations::all();
    let mut table = String::new();
    for (name, command) in commands::all() {
        writeln!(table, "{name}").unwrap();
        for phase in [Phase::Opening, Phase::Ready, Phase::Closing, Phase::Closed] {
            let here = situations
                .iter()
                .filter(|each| each.session.phase() == phase);
            let cells = here.map(|each| (each.session.response(), cell(&command, each.clone())));
            write_phase(&mut table, phase, &cells.collect::<Vec<_>>());
        }
    }
    table
}

/// States in which the same comes of a command share a line.
fn write_phase(table: &mut String, phase: Phase, cells: &[(ResponseState, String)]) {
    let mut written: Vec<&String> = Vec::new();
    for (_, cell) in cells {
        if written.contains(&cell) {
            continue;
        }
        written.push(cell);
        let same = cells.iter().filter(|(_, other)| other == cell);
        let states: Vec<_> = same.map(|(state, _)| format!("{state:?}")).collect();
        let states = if states.len() == cells.len() && cells.len() > 2 {
            "always".to_owned()
        } else {
            states.join(", ")
        };
        let at = format!("{phase:?} {states}");
        writeln!(table, "    {at:<48}  {cell}").unwrap();
    }
}

/// What comes of a command: the frames that leave, what is told, or why it is refused.
fn cell(command: &Command<'_>, mut situation: Situation) -> String {
    let before = situation.session.clone();
    match situation.session.send(command.clone()) {
        Err(refused) => {
            assert!(situation.session == before, "{}: {refused}", command.name());
            format!("{refused:?}")
        }
        Ok(_) => accepted(situation),
    }
}

fn accepted(mut situation: Situation) -> String {
    let told: Vec<_> = core::iter::from_fn(|| situation.session.poll_event()).collect();
    let mut held = "";
    if situation.session.phase() == Phase::Opening {
        assert_eq!(situation.session.poll_transmit(), None);
        situation.hears(&server::created());
        held = "held: ";
    }
    let frames = situation.polled();
    let frames: Vec<_> = frames.iter().map(|frame| kind(frame)).collect();
    let mut parts = Vec::new();
    if !frames.is_empty() {
        parts.push(format!("{held}{}", frames.join(" + ")));
    }
    parts.extend(told.iter().map(|event| match event {
        Event::CommandSettled(_) => format!("[{}]", outcome(event)),
        other => format!("[{}]", other.name()),
    }));
    if parts.is_empty() {
        "-".into()
    } else {
        parts.join(" ")
    }
}

fn kind(frame: &str) -> String {
    let frame: Value = serde_json::from_str(frame).unwrap();
    frame["type"].as_str().unwrap().to_owned()
}

/// The name of a settlement.
fn outcome(event: &Event<'_>) -> String {
    let event = serde_json::to_value(event).unwrap();
    event["outcome"]["type"].as_str().unwrap().to_owned()
}

/// Whether nothing will tell what became of a command.
fn is_stream(name: &str) -> bool {
    [
        "append_audio",
        "report_playback",
        "ping",
        "send_media, stream",
    ]
    .into_iter()
    .any(|stream| name.starts_with(stream))
}
