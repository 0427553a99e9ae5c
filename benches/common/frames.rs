//! Frames and sounds of one conversation, each different from the last: functions of their number.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// The response that all deltas belong to.
const RESPONSE: &str = "resp_FkXc2mGq7Zt0LwNvB4yQd";
/// Its items that speak: audio and a transcript.
pub(crate) const SPOKEN: [&str; 2] = ["item_FkXcSpo0aRm3KfV9xWb2T", "item_FkXcSpo1hJn6QyD8sLc5E"];
/// Its item of written text.
const WRITTEN: &str = "item_FkXcWrtPz4BvM1oUe7GkA";
/// Its item that is a call.
const CALLING: &str = "item_FkXcCalT9iXr2HqN5jFwS";
/// What the user said.
const HEARD: &str = "item_FkXcUsrE6dYb8CmK3pZvO";

/// The first frames of a session: the user has spoken, and all items of the response are open.
pub(crate) fn opening() -> Vec<String> {
    let committed = format!(
        r#"{{"type":"input_audio_buffer.committed","event_id":"event_1",
        "previous_item_id":null,"item_id":"{HEARD}"}}"#
    );
    let mut frames = vec![
        session_created(),
        one_line(&committed),
        response_created(RESPONSE),
    ];
    for (at, item) in SPOKEN.into_iter().enumerate() {
        frames.push(message_added(RESPONSE, at, item));
        frames.push(part_added(at, item, r#""type":"audio","transcript":"""#));
    }
    frames.push(message_added(RESPONSE, 2, WRITTEN));
    frames.push(part_added(2, WRITTEN, r#""type":"text","text":"""#));
    frames.push(call_added(RESPONSE, 3, CALLING, "call_0"));
    frames
}

fn session_created() -> String {
    let session = settings(0, 0);
    format!(r#"{{"type":"session.created","event_id":"event_0","session":{session}}}"#)
}

fn response_created(id: &str) -> String {
    one_line(&format!(
        r#"{{"type":"response.created","event_id":"event_2","response":{{
        "object":"realtime.response","id":"{id}","status":"in_progress","status_details":null,
        "output":[],"output_modalities":["audio"],"usage":null,"metadata":null}}}}"#
    ))
}

fn message_added(response: &str, at: usize, id: &str) -> String {
    let message = r#""type":"message","status":"in_progress","role":"assistant","content":[]"#;
    item_added(response, at, &format!(r#""id":"{id}",{message}"#))
}

fn call_added(response: &str, at: usize, id: &str, call_id: &str) -> String {
    let call = r#""type":"function_call","status":"in_progress","name":"find_ferry""#;
    let item = format!(r#""id":"{id}",{call},"call_id":"{call_id}","arguments":"""#);
    item_added(response, at, &item)
}

fn item_added(response: &str, at: usize, item: &str) -> String {
    one_line(&format!(
        r#"{{"type":"response.output_item.added","event_id":"event_3",
        "response_id":"{response}","output_index":{at},"item":{{{item}}}}}"#
    ))
}

fn part_added(at: usize, item: &str, part: &str) -> String {
    one_line(&format!(
        r#"{{"type":"response.content_part.added","event_id":"event_4",
        "response_id":"{RESPONSE}","item_id":"{item}","output_index":{at},"content_index":0,
        "part":{{{part}}}}}"#
    ))
}

/// Written text, about 230 bytes.
pub(crate) fn text_delta(number: usize) -> String {
    let text = obfuscated(&Chance::new(number).words());
    delta("response.output_text", number, &part(WRITTEN, 2), &text)
}

/// What one of the two voices says, in words.
pub(crate) fn transcript_delta(number: usize, voice: usize) -> String {
    let text = obfuscated(&Chance::new(number).words());
    let place = part(SPOKEN[voice], voice);
    delta("response.output_audio_transcript", number, &place, &text)
}

/// What one of the two voices says, `ms` milliseconds of it.
pub(crate) fn audio_delta(number: usize, voice: usize, ms: usize) -> String {
    let audio = STANDARD.encode(sound(number, ms));
    let body = format!(r#""delta":"{audio}""#);
    delta(
        "response.output_audio",
        number,
        &part(SPOKEN[voice], voice),
        &body,
    )
}

/// A piece of a call's arguments.
pub(crate) fn arguments_delta(number: usize) -> String {
    let place = format!(
        r#""response_id":"{RESPONSE}","item_id":"{CALLING}","output_index":3,"call_id":"call_0""#
    );
    let text = obfuscated(&Chance::new(number).words());
    delta("response.function_call_arguments", number, &place, &text)
}

/// What the user says, in words.
pub(crate) fn input_transcript_delta(number: usize) -> String {
    let place = format!(r#""item_id":"{HEARD}","content_index":0"#);
    let text = obfuscated(&Chance::new(number).words());
    delta(
        "conversation.item.input_audio_transcription",
        number,
        &place,
        &text,
    )
}

fn part(item: &str, at: usize) -> String {
    format!(
        r#""response_id":"{RESPONSE}","item_id":"{item}","output_index":{at},"content_index":0"#
    )
}

fn delta(stream: &str, number: usize, place: &str, body: &str) -> String {
    let event_id = Chance::new(number).letters(21);
    format!(r#"{{"type":"{stream}.delta","event_id":"event_{event_id}",{place},{body}}}"#)
}

/// A text and what hides its length, as the service sends it.
fn obfuscated(text: &str) -> String {
    let noise = Chance::new(text.len()).letters(8 - text.len() % 8);
    format!(r#""delta":"{text}","obfuscation":"{noise}""#)
}

/// Settings that hold 20 tools.
pub(crate) fn session_updated(number: usize) -> String {
    let session = settings(number, 20);
    format!(r#"{{"type":"session.updated","event_id":"event_{number}","session":{session}}}"#)
}

fn settings(number: usize, tools: usize) -> String {
    let instructions = Chance::new(number).letters(400 + number);
    let tools: Vec<String> = (0..tools).map(|at| tool(number, at)).collect();
    let tools = tools.join(",");
    one_line(&format!(
        r#"{{"type":"realtime","object":"realtime.session","id":"sess_FlbbAsa0oLcLaNE7pWo2p",
        "model":"gpt-realtime","output_modalities":["audio"],"instructions":"{instructions}",
        "tools":[{tools}],"tool_choice":"auto","max_output_tokens":"inf","tracing":null,
        "truncation":"auto","prompt":null,"expires_at":1790118168,"audio":{{"input":{{
        "format":{{"type":"audio/pcm","rate":24000}},"transcription":null,"noise_reduction":null,
        "turn_detection":{{"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,
        "silence_duration_ms":200,"create_response":true,"interrupt_response":true}}}},
        "output":{{"format":{{"type":"audio/pcm","rate":24000}},"voice":"marin","speed":1.0}}}},
        "include":null}}"#
    ))
}

fn tool(number: usize, at: usize) -> String {
    let words = Chance::new(number + at).words();
    one_line(&format!(
        r#"{{"type":"function","name":"tool_{at}","description":"Looks up{words}","parameters":{{
        "type":"object","properties":{{"from":{{"type":"string","description":"Where"}},
        "to":{{"type":"string"}},"day":{{"type":"string","enum":["today","tomorrow"]}}}},
        "required":["from","to"]}}}}"#
    ))
}

/// The first frames of a session: a response has begun, with a message and a call.
pub(crate) fn response_begun(number: usize) -> Vec<String> {
    let Reply {
        id,
        message,
        call,
        call_id,
    } = Reply::of(number);
    vec![
        session_created(),
        response_created(&id),
        message_added(&id, 0, &message),
        call_added(&id, 1, &call, &call_id),
    ]
}

/// The end of that response, which says everything once more.
pub(crate) fn response_done(number: usize) -> String {
    let Reply {
        id,
        message,
        call,
        call_id,
    } = Reply::of(number);
    let words = Chance::new(number).words();
    one_line(&format!(
        r#"{{"type":"response.done","event_id":"event_{number}","response":{{
        "object":"realtime.response","id":"{id}","status":"completed","status_details":null,
        "output":[{{"id":"{message}","type":"message","status":"completed","role":"assistant",
        "content":[{{"type":"output_audio","transcript":"So:{words}"}}]}},
        {{"id":"{call}","type":"function_call","status":"completed","name":"find_ferry",
        "call_id":"{call_id}","arguments":"{{\"from\":\"Alder Quay\",\"day\":{number}}}"}}],
        "output_modalities":["audio"],"usage":{{"total_tokens":171,"input_tokens":112,
        "output_tokens":59,"input_token_details":{{"text_tokens":83,"audio_tokens":29,
        "image_tokens":0,"cached_tokens":64,"cached_tokens_details":{{"text_tokens":64,
        "audio_tokens":0,"image_tokens":0}}}},"output_token_details":{{"text_tokens":42,
        "audio_tokens":17}}}},"metadata":null}}}}"#
    ))
}

/// The identifiers of a response that spoke and made a call.
pub(crate) struct Reply {
    id: String,
    message: String,
    call: String,
    pub(crate) call_id: String,
}

impl Reply {
    pub(crate) fn of(number: usize) -> Self {
        let letters = Chance::new(number).letters(20);
        Self {
            id: format!("resp_{letters}"),
            message: format!("item_{letters}0"),
            call: format!("item_{letters}1"),
            call_id: format!("call_{letters}"),
        }
    }
}

/// `ms` milliseconds of PCM16 at 24 kHz.
pub(crate) fn sound(number: usize, ms: usize) -> Vec<u8> {
    let mut chance = Chance::new(number);
    (0..ms * 6)
        .flat_map(|_| chance.next().to_le_bytes())
        .collect()
}

pub(crate) fn one_line(text: &str) -> String {
    text.lines().map(str::trim_start).collect()
}

/// Numbers that look like chance and are always the same.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: usize) -> Self {
        Self(seed as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let at = self.next() % from.len() as u64;
        from[usize::try_from(at).expect("shorter than memory")]
    }

    pub(crate) fn letters(&mut self, count: usize) -> String {
        let letters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').collect();
        (0..count).map(|_| self.pick(&letters)).collect()
    }

    /// As much as one delta says: one to three words.
    pub(crate) fn words(&mut self) -> String {
        const WORDS: [&str; 12] = [
            " the",
            " ferry",
            " leaves",
            " tomorrow",
            " at",
            " eight",
            " bring",
            " a",
            " coat",
            " crème",
            " brûlée",
            ",",
        ];
        let count = self.pick(&[1, 2, 3]);
        (0..count).map(|_| self.pick(&WORDS)).collect()
    }
}
