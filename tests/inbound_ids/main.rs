//! What the conformance list asks of the decoder, each test by its id.

mod openai;
mod other;
mod vectors;

use realtime_proto::{
    Config, Dialect, Event, Item, ResponseFinished, Session, ToolCall, TranscriptUpdate, Usage,
};

/// A session that the server has introduced.
fn session(dialect: Dialect) -> Session {
    let mut session = Session::new(Config::new(dialect));
    let created = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;
    session.receive(created).for_each(drop);
    session
}

fn receive(session: &mut Session, frame: &str) -> Vec<Event<'static>> {
    session.receive(frame).map(Event::into_owned).collect()
}

/// The item that a frame shows.
fn item(frame: &str) -> Item<'static> {
    let told = receive(&mut session(Dialect::OpenAi), frame);
    let item = told.iter().find_map(|event| match event {
        Event::ItemAdded(item) | Event::ItemDone(item) => Some(Item::clone(item)),
        _ => None,
    });
    item.unwrap_or_else(|| panic!("no item: {told:?}"))
}

/// The end of a response with these members.
fn finished(members: &str) -> Box<ResponseFinished<'static>> {
    let frame = format!(r#"{{"type":"response.done","response":{{"id":"resp_1",{members}}}}}"#);
    let told = receive(&mut session(Dialect::OpenAi), &frame);
    let finished = told.iter().find_map(|event| match event {
        Event::ResponseFinished(finished) => Some(finished.clone()),
        _ => None,
    });
    finished.unwrap_or_else(|| panic!("no end: {told:?}"))
}

/// The usage of a finished transcript with these members.
fn usage_of(members: &str) -> Option<Box<Usage>> {
    let frame = format!(
        r#"{{"type":"conversation.item.input_audio_transcription.completed","item_id":"item_1","transcript":"t"{members}}}"#
    );
    let told = receive(&mut session(Dialect::OpenAi), &frame);
    let usage = told.iter().find_map(|event| match event {
        Event::InputTranscript(transcript) => match &transcript.update {
            TranscriptUpdate::Final { usage, .. } => Some(usage.clone()),
            _ => None,
        },
        _ => None,
    });
    usage.unwrap_or_else(|| panic!("no transcript: {told:?}"))
}

/// The call that finished arguments with these members make, at the latest at the response's end.
fn call(members: &str) -> Box<ToolCall<'static>> {
    let mut session = session(Dialect::OpenAi);
    let arguments = format!(r#"{{"type":"response.function_call_arguments.done",{members}}}"#);
    let done = r#"{"type":"response.done","response":{"status":"completed"}}"#;
    let mut told = receive(&mut session, &arguments);
    told.extend(receive(&mut session, done));
    let call = told.iter().find_map(|event| match event {
        Event::ToolCall(call) => Some(call.clone()),
        _ => None,
    });
    call.unwrap_or_else(|| panic!("no call: {told:?}"))
}
