//! Every command, in every form that the machines tell apart.

use core::time::Duration;
use realtime_proto::{
    AgentCommand, Command, CreatePolicy, CreateResponse, Epoch, ItemDraft, Patch, SendText,
    SessionPatch,
};

/// The second that `item_spoken` has.
pub(crate) const WHOLE: Duration = Duration::from_secs(1);

pub(crate) fn all() -> Vec<(&'static str, Command<'static>)> {
    let mut all = input();
    all.extend(conversation());
    all.extend(responses());
    all.extend(tools());
    all.extend(rest());
    all
}

fn input() -> Vec<(&'static str, Command<'static>)> {
    vec![
        ("append_audio", Command::append_audio(&[0; 960])),
        ("append_audio, none", Command::append_audio(&[])),
        ("commit_input", Command::CommitInput),
        ("clear_input", Command::ClearInput),
        ("end_audio_stream", Command::EndAudioStream),
        ("activity", Command::activity_start()),
        ("send_media", Command::image("image/png", b"png")),
        (
            "send_media, stream",
            Command::video_frame("image/png", b"png"),
        ),
    ]
}

fn conversation() -> Vec<(&'static str, Command<'static>)> {
    let mut silent = SendText::new("Hello!");
    silent.respond = false;
    vec![
        ("send_text", Command::text("Hello!")),
        ("send_text, no reply", silent.into()),
        ("say", Command::say("Hello!")),
        (
            "create_item",
            Command::create_item(ItemDraft::user_text("Hello!")),
        ),
        ("retrieve_item", Command::retrieve_item("item_spoken")),
        ("delete_item", Command::delete_item("item_spoken")),
        ("truncate", Command::truncate("item_spoken", 0, WHOLE / 2)),
        (
            "truncate, past the end",
            Command::truncate("item_spoken", 0, WHOLE * 2),
        ),
    ]
}

fn responses() -> Vec<(&'static str, Command<'static>)> {
    let with = |change: fn(&mut CreateResponse<'_>)| {
        let mut create = CreateResponse::new();
        change(&mut create);
        Command::from(create)
    };
    let other = realtime_proto::CancelResponse::new("resp_unknown");
    vec![
        ("create_response", Command::create_response()),
        (
            "create_response, replace_active",
            with(|create| create.policy = CreatePolicy::ReplaceActive),
        ),
        (
            "create_response, fail_fast",
            with(|create| create.policy = CreatePolicy::FailFast),
        ),
        (
            "create_response, out_of_band",
            with(|create| create.out_of_band = true),
        ),
        ("cancel_response", Command::cancel_response()),
        ("cancel_response, unknown", other.into()),
        ("interrupt", Command::interrupt()),
        ("clear_output", Command::ClearOutput),
    ]
}

fn tools() -> Vec<(&'static str, Command<'static>)> {
    vec![
        ("tool_output", Command::tool_output("call_1", "{}")),
        ("tool_output, an error", Command::tool_error("call_1", "no")),
        (
            "tool_output, cancelled call",
            Command::tool_output("call_gone", "{}"),
        ),
        (
            "tool_output, answered call",
            Command::tool_output("call_done", "{}"),
        ),
        (
            "tool_output, unknown call",
            Command::tool_output("call_unknown", "{}"),
        ),
        ("approve", Command::approve("approval_1", true)),
    ]
}

fn rest() -> Vec<(&'static str, Command<'static>)> {
    let mut voice = SessionPatch::default();
    voice.voice = Patch::Set("coral".into());
    let mut instructions = SessionPatch::default();
    instructions.instructions = Patch::Set("Be brief.".into());
    vec![
        ("configure", Command::configure(instructions)),
        ("configure, the voice", Command::configure(voice)),
        (
            "configure, nothing",
            Command::configure(SessionPatch::default()),
        ),
        ("report_playback", Command::playback(Epoch(0), WHOLE)),
        (
            "report_playback, unknown epoch",
            Command::playback(Epoch(9), WHOLE),
        ),
        ("ping", Command::Ping),
        ("agent", Command::Agent(AgentCommand::GetState)),
        (
            "raw",
            Command::raw(r#"{"type":"input_audio_buffer.clear"}"#),
        ),
        ("raw, no object", Command::raw("[]")),
        ("close", Command::Close),
    ]
}
