//! Commands: their constructors, their fields, their names.

use crate::{distinct, is, reads};
use core::time::Duration;
use realtime_proto::{
    Activity, AgentCommand, AppendAudio, Approve, Attachment, CancelResponse, Command, CreateItem,
    CreatePolicy, CreateResponse, Deliver, DraftContent, Epoch, InputItem, Interrupt, ItemBody,
    ItemDraft, ItemRef, MaxTokens, MediaTarget, Modality, Position, Raw, RawJson, ReportPlayback,
    Role, Say, Scheduling, SendMedia, SendText, SessionPatch, Str, Tool, ToolChoice, ToolOutput,
    Truncate,
};

#[test]
fn constructors_borrow_what_they_are_given() {
    let (text, bytes) = (String::from("item_1"), vec![1u8, 2]);
    let commands: [Command<'_>; 14] = [
        Command::append_audio(&bytes),
        Command::append_base64(&text),
        Command::text(&text),
        Command::say(&text),
        Command::image(&text, &bytes),
        Command::video_frame(&text, &bytes),
        Command::retrieve_item(&text),
        Command::delete_item(&text),
        Command::truncate(&text, 0, Duration::ZERO),
        Command::tool_output(&text, &text),
        Command::tool_error(&text, &text),
        Command::approve(&text, true),
        Command::raw(&text),
        Command::playback(Epoch(0), Duration::ZERO),
    ];
    let names: Vec<&str> = commands.iter().map(Command::name).collect();
    assert_eq!(
        names,
        [
            "append_audio",
            "append_audio",
            "send_text",
            "say",
            "send_media",
            "send_media",
            "retrieve_item",
            "delete_item",
            "truncate",
            "tool_output",
            "tool_output",
            "approve",
            "raw",
            "report_playback"
        ]
    );
    let owned: Vec<Command<'static>> = commands.into_iter().map(Command::into_owned).collect();
    drop((text, bytes));
    assert_eq!(owned.len(), 14);
}

#[test]
fn variants_hold_their_parts() {
    reads(|command: Command<'_>| match command {
        Command::Configure(it) => is::<Box<SessionPatch>>(it),
        Command::AppendAudio(it) => is::<AppendAudio<'_>>(it),
        Command::Activity(it) => is::<Activity>(it),
        Command::SendText(it) => is::<SendText<'_>>(it),
        Command::Say(it) => is::<Say<'_>>(it),
        Command::SendMedia(it) => is::<SendMedia<'_>>(it),
        Command::CreateItem(it) => is::<CreateItem<'_>>(it),
        Command::RetrieveItem(it) | Command::DeleteItem(it) => is::<ItemRef<'_>>(it),
        Command::Truncate(it) => is::<Truncate<'_>>(it),
        Command::CreateResponse(it) => is::<Box<CreateResponse<'_>>>(it),
        Command::CancelResponse(it) => is::<CancelResponse<'_>>(it),
        Command::Interrupt(it) => is::<Interrupt>(it),
        Command::ToolOutput(it) => is::<ToolOutput<'_>>(it),
        Command::Approve(it) => is::<Approve<'_>>(it),
        Command::ReportPlayback(it) => is::<ReportPlayback>(it),
        Command::Agent(it) => is::<AgentCommand<'_>>(it),
        Command::Raw(it) => is::<Raw<'_>>(it),
        Command::CommitInput
        | Command::ClearInput
        | Command::EndAudioStream
        | Command::ClearOutput
        | Command::Ping
        | Command::Close
        | _ => {}
    });
}

#[test]
fn what_is_said_and_shown() {
    reads(|it: SendText<'_>| {
        let _: (Str<'_>, Role, Deliver, bool) = (it.text, it.role, it.deliver, it.respond);
        let _: Vec<Attachment<'_>> = it.attachments;
    });
    reads(|it: SendMedia<'_>| {
        let _: (Str<'_>, MediaTarget) = (it.mime, it.target);
        let _: &[u8] = &it.data;
    });
    reads(|it: Say<'_>| is::<Str<'_>>(it.text));
    let text = SendText::new("hi");
    assert_eq!(
        (text.role, text.deliver, text.respond),
        (Role::User, Deliver::Now, true)
    );
    distinct(&[Deliver::Now, Deliver::AfterTurn, Deliver::Steer]);
    distinct(&[MediaTarget::Item, MediaTarget::Stream]);
    distinct(&[Activity::Start, Activity::End]);
}

#[test]
fn items_and_their_places() {
    reads(|it: CreateItem<'_>| {
        let _: (ItemDraft<'_>, Position<'_>) = (it.item, it.at);
    });
    reads(|it: ItemDraft<'_>| {
        let _: (Option<Str<'_>>, ItemBody<'_>, Option<RawJson>) = (it.id, it.body, it.extra);
    });
    reads(|it: ItemBody<'_>| match it {
        ItemBody::Message { role, content } => {
            let _: (Role, Vec<DraftContent<'_>>) = (role, content);
        }
        ItemBody::Call {
            call_id,
            name,
            arguments,
        } => is::<[Str<'_>; 3]>([call_id, name, arguments]),
        ItemBody::Output { call_id, output } => is::<[Str<'_>; 2]>([call_id, output]),
        ItemBody::Raw { json } => is::<RawJson>(json),
        _ => {}
    });
    reads(|it: Position<'_>| {
        if let Position::After(item_id) = it {
            is::<Str<'_>>(item_id);
        }
    });
    distinct(&[Position::End, Position::Front]);
    reads(|it: Truncate<'_>| {
        let _: (Str<'_>, u32, Duration) = (it.item_id, it.content_index, it.heard);
    });
    reads(|it: ItemRef<'_>| is::<Str<'_>>(it.item_id));
}

#[test]
fn responses() {
    reads(|it: CreateResponse<'_>| {
        let _: (CreatePolicy, bool, bool) = (it.policy, it.keep, it.out_of_band);
        let _: Option<Vec<Modality>> = it.modalities;
        let _: [Option<Str<'_>>; 3] = [it.instructions, it.voice, it.reasoning];
        let _: (Option<Vec<Tool>>, Option<ToolChoice>) = (it.tools, it.tool_choice);
        let _: Option<Vec<InputItem<'_>>> = it.input;
        let _: Vec<(Str<'_>, Str<'_>)> = it.metadata;
        let _: (Option<f64>, Option<MaxTokens>) = (it.temperature, it.max_output_tokens);
        let _: [Option<RawJson>; 2] = [it.prompt, it.extra];
    });
    assert_eq!(CreateResponse::default().policy, CreatePolicy::Queue);
    distinct(&[
        CreatePolicy::Queue,
        CreatePolicy::ReplaceActive,
        CreatePolicy::FailFast,
    ]);
    reads(|it: CancelResponse<'_>| is::<Option<Str<'_>>>(it.response_id));
    assert_eq!(Interrupt::default(), Interrupt::default());
}

#[test]
fn answers_and_reports() {
    reads(|it: ToolOutput<'_>| {
        let _: [Str<'_>; 2] = [it.call_id, it.output];
        let _: [bool; 3] = [it.is_error, it.wants_reply, it.will_continue];
        let _: Option<Scheduling> = it.scheduling;
    });
    reads(|it: Approve<'_>| {
        let _: (Str<'_>, bool, Option<Str<'_>>) = (it.approval_id, it.approve, it.reason);
    });
    reads(|it: ReportPlayback| {
        let _: (Epoch, Duration) = (it.epoch, it.played);
    });
    let failed = Command::tool_error("call_1", "broken");
    assert!(matches!(failed, Command::ToolOutput(output) if output.is_error && output.wants_reply));
}

#[test]
fn what_agents_are_asked() {
    let names: Vec<String> = [
        AgentCommand::Compact { instructions: None },
        AgentCommand::NewSession,
        AgentCommand::GetMessages,
        AgentCommand::ListModels,
        AgentCommand::SetModel { model: "m".into() },
        AgentCommand::Stats,
        AgentCommand::GetState,
        AgentCommand::ListTools,
    ]
    .iter()
    .map(|command| serde_json::to_value(command).unwrap()["command"].to_string())
    .collect();
    assert_eq!(
        names,
        [
            "\"compact\"",
            "\"new_session\"",
            "\"get_messages\"",
            "\"list_models\"",
            "\"set_model\"",
            "\"stats\"",
            "\"get_state\"",
            "\"list_tools\"",
        ]
    );
}
