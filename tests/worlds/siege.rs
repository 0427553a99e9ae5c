//! Scenarios that only grow: a server, an application and a host that begin things and end none.

use core::time::Duration;
use realtime_proto::{
    Command, Config, CreateResponse, Epoch, Event, Patch, ResponseState, Session, SessionPatch,
    Time, ToolOutput,
};

/// One thing that is done over and over, each time about something new.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Growth {
    Items,
    /// What the user said.
    Said,
    /// Items that follow what never comes.
    Parked,
    Deleted,
    Aside,
    Superseded,
    Unannounced,
    /// One text that goes on.
    Longer,
    Texts,
    Transcripts,
    Remote,
    Audio,
    Announced,
    /// Calls with arguments that are held, up to what a frame bounds, and longer ones.
    Held,
    Delivered,
    /// Calls of responses that have ended, answered while another response goes on.
    Answered,
    /// Replies of which a part was heard.
    Truncated,
    /// Replies of which nothing was heard, by audio that names its response or does not.
    Unheard(bool),
    /// Audible responses beside the conversation.
    CutAside,
    Speech,
    Committed,
    Settings,
    Playing,
    Sent(Sent),
    /// Commands that no limit has room for.
    Oversized,
    Appended,
    /// Requests that lose the race after they have won it.
    LateRaces,
    Time,
    /// Connections that end before anything is answered.
    Reconnected,
    Damaged,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Sent {
    Text,
    Raw,
    RawUnknown,
    Delete,
    Configure,
    Create,
    CreateAside,
    Interrupt,
    Cancel,
}

/// What is made of everything, and what the host does about it.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) config: Config,
    /// How long names are, in bytes.
    pub(crate) name: usize,
    pub(crate) opened: bool,
    pub(crate) polls_events: bool,
    pub(crate) polls_frames: bool,
}

pub(crate) struct Siege<'p> {
    pub(crate) session: Session,
    plan: &'p Plan,
    made: usize,
    epoch: Epoch,
    now: Duration,
    /// Texts that were under construction at some time.
    pub(crate) texts: usize,
}

/// The default response that goes on while other things grow.
const ACTIVE: &str = "resp_active";

impl<'p> Siege<'p> {
    pub(crate) fn new(plan: &'p Plan) -> Self {
        let mut siege = Self {
            session: Session::new(plan.config.clone()),
            plan,
            made: 0,
            epoch: Epoch(0),
            now: Duration::ZERO,
            texts: 0,
        };
        siege.open();
        siege
    }

    fn open(&mut self) {
        if self.plan.opened {
            self.says(r#"{"type":"session.created","session":{"id":"sess_1","audio":{"input":{"transcription":{"model":"whisper-1"}}}}}"#);
        }
    }

    fn name(&mut self) -> String {
        self.made += 1;
        format!("{:01$}", self.made, self.plan.name)
    }

    /// A text of up to so many times what a frame may have: now and then a frame has room for it.
    fn long(&self, times: usize) -> String {
        let most = self.plan.config.limits.frame_bytes;
        "[".repeat(self.made * 37 % (times * most))
    }

    fn says(&mut self, frame: &str) {
        for event in self.session.receive(frame) {
            if let Event::FlushPlayback(flush) = event {
                self.epoch = flush.epoch;
            }
        }
        self.poll();
    }

    fn sends(&mut self, command: Command<'_>) {
        // What is refused holds nothing, and that is what is looked at.
        let _ = self.session.send(command);
        self.poll();
    }

    fn poll(&mut self) {
        while self.plan.polls_events && self.session.poll_event().is_some() {}
        while self.plan.polls_frames && self.session.poll_transmit().is_some() {}
    }

    pub(crate) fn grow(&mut self, growth: Growth) {
        let name = self.name();
        match growth {
            Growth::Items => self.says(&item(&name, "null", &self.long(2))),
            Growth::Said => self.says(&said(&name, &self.long(2))),
            Growth::Parked => {
                let before = self.name();
                self.says(&item(&name, &format!(r#""{before}""#), &name));
            }
            Growth::Deleted => self.says(&about("conversation.item.deleted", &name)),
            Growth::Aside => self.says(&aside(&name)),
            Growth::Superseded => self.says(&created(&name)),
            Growth::Unannounced => {
                self.texts += 1;
                self.says(&delta("output_text", &name, &name));
            }
            Growth::Longer => self.text(Growth::Longer, "item_active"),
            Growth::Texts | Growth::Transcripts | Growth::Remote => self.text(growth, &name),
            Growth::Audio => self.says(&delta("output_audio", ACTIVE, &name)),
            Growth::Announced => self.says(&call("added", ACTIVE, &name)),
            Growth::Held => self.says(&arguments(ACTIVE, &name, &self.long(64))),
            Growth::Delivered => self.says(&arguments(ACTIVE, &name, "{}")),
            Growth::Answered => self.answered(&name),
            Growth::Truncated => self.cut(&name, 1, true),
            Growth::Unheard(named) => self.cut(&name, 0, named),
            Growth::CutAside => self.cut_aside(&name),
            Growth::Speech => self.says(&about("input_audio_buffer.speech_started", &name)),
            Growth::Committed => self.says(&about("input_audio_buffer.committed", &name)),
            other => self.grow_otherwise(other, &name),
        }
    }

    fn grow_otherwise(&mut self, growth: Growth, name: &str) {
        match growth {
            Growth::Settings => self.says(&format!(
                r#"{{"type":"session.updated","session":{{"instructions":"{}"}}}}"#,
                self.long(2)
            )),
            Growth::Playing => {
                self.says(r#"{"type":"output_audio_buffer.started"}"#);
                self.says(&about("input_audio_buffer.speech_started", name));
            }
            Growth::Sent(sent) => self.command(sent, name),
            // Rarely: writing so much takes its time.
            Growth::Oversized if self.made % 256 != 0 => {}
            Growth::Oversized => {
                let text = "x".repeat(self.plan.config.limits.outbox_bytes * 1_000);
                self.sends(Command::text(&text));
            }
            Growth::Appended => {
                let most = self.plan.config.limits.outbox_bytes;
                let usual = self.made * 37 % (most / 2) + 1;
                let bytes = if self.made % 256 == 0 {
                    most * 1_000
                } else {
                    usual
                };
                self.sends(Command::append_audio(&vec![0; bytes]));
            }
            Growth::LateRaces => self.late_race(name),
            Growth::Time => {
                self.now += Duration::from_secs(40);
                self.session.handle_timeout(Time(self.now));
                self.poll();
            }
            Growth::Reconnected => self.reconnect(name),
            _ => self.says(&name[..name.len() / 2]),
        }
    }

    fn text(&mut self, growth: Growth, name: &str) {
        self.texts += usize::from(!matches!(growth, Growth::Longer) || self.texts == 0);
        match growth {
            Growth::Transcripts => self.says(&format!(
                r#"{{"type":"conversation.item.input_audio_transcription.delta","item_id":"{name}","delta":"well"}}"#
            )),
            Growth::Remote => self.says(&delta("mcp_call_arguments", ACTIVE, name)),
            _ => self.says(&delta("output_text", ACTIVE, name)),
        }
    }

    fn answered(&mut self, name: &str) {
        self.says(&created(ACTIVE));
        self.says(&aside(name));
        self.says(&arguments(name, name, "{}"));
        self.sends(ToolOutput::new(name, "1").into());
        self.says(&output(name));
        self.says(&done(name, "completed"));
    }

    /// A reply that the user cuts when so much of it was heard.
    fn cut(&mut self, name: &str, heard: u64, named: bool) {
        self.says(&created(name));
        let audio = delta("output_audio", name, name);
        if named {
            self.says(&audio);
        } else {
            self.says(&audio.replacen(&format!(r#""response_id":"{name}","#), "", 1));
        }
        let heard = Duration::from_millis(heard);
        self.sends(Command::playback(self.epoch, heard));
        self.says(&about("input_audio_buffer.speech_started", name));
        self.says(&done(name, "completed"));
    }

    fn cut_aside(&mut self, name: &str) {
        self.says(&aside(name));
        self.says(&delta("output_audio", name, name));
        self.says(r#"{"type":"input_audio_buffer.speech_started"}"#);
        self.says(&done(name, "failed"));
    }

    fn command(&mut self, sent: Sent, name: &str) {
        match sent {
            Sent::Text => self.sends(Command::text(name)),
            Sent::Raw => self.sends(Command::raw(&about("conversation.item.delete", name))),
            Sent::RawUnknown => self.sends(Command::raw(r#"{"type":"x"}"#)),
            Sent::Delete => self.sends(Command::delete_item(name)),
            Sent::Configure => {
                let mut patch = SessionPatch::default();
                patch.instructions = Patch::Set(name.into());
                self.sends(Command::configure(patch));
            }
            Sent::Create | Sent::CreateAside => {
                let mut create = CreateResponse::new();
                create.out_of_band = matches!(sent, Sent::CreateAside);
                create.instructions = Some(name.into());
                self.sends(create.into());
            }
            Sent::Interrupt => self.sends(Command::interrupt()),
            Sent::Cancel => self.sends(Command::cancel_response()),
        }
    }

    fn late_race(&mut self, name: &str) {
        if self.session.response() == ResponseState::Idle {
            self.sends(Command::create_response());
        }
        self.says(&created(name));
        self.says(&done(name, "completed"));
        self.says(
            r#"{"type":"error","error":{"code":"conversation_already_has_active_response"}}"#,
        );
    }

    fn reconnect(&mut self, name: &str) {
        self.command(Sent::Create, name);
        let config = self.plan.config.clone();
        self.session = self.session.clone().reconnect(config);
        self.poll();
        if self.made % 2 == 0 {
            self.open();
        }
    }
}

fn item(id: &str, previous: &str, text: &str) -> String {
    format!(
        r#"{{"type":"conversation.item.done","previous_item_id":{previous},"item":{{"id":"{id}","type":"message","role":"user","content":[{{"type":"input_text","text":"{text}"}}]}}}}"#
    )
}

fn said(item: &str, text: &str) -> String {
    format!(
        r#"{{"type":"conversation.item.input_audio_transcription.completed","item_id":"{item}","transcript":"{text}"}}"#
    )
}

fn output(call: &str) -> String {
    format!(
        r#"{{"type":"conversation.item.added","item":{{"type":"function_call_output","call_id":"{call}"}}}}"#
    )
}

fn about(kind: &str, id: &str) -> String {
    format!(r#"{{"type":"{kind}","item_id":"{id}"}}"#)
}

fn created(id: &str) -> String {
    format!(r#"{{"type":"response.created","response":{{"id":"{id}"}}}}"#)
}

fn aside(id: &str) -> String {
    format!(r#"{{"type":"response.created","response":{{"id":"{id}","conversation_id":null}}}}"#)
}

fn done(id: &str, status: &str) -> String {
    format!(r#"{{"type":"response.done","response":{{"id":"{id}","status":"{status}"}}}}"#)
}

/// Base64 of 6 ms of silence, which is a text and an argument too.
fn delta(kind: &str, response: &str, item: &str) -> String {
    let silence = "A".repeat(384);
    format!(
        r#"{{"type":"response.{kind}.delta","response_id":"{response}","item_id":"{item}","delta":"{silence}"}}"#
    )
}

fn call(kind: &str, response: &str, id: &str) -> String {
    format!(
        r#"{{"type":"response.output_item.{kind}","response_id":"{response}","item":{{"id":"{id}","type":"function_call","call_id":"{id}","name":"look"}}}}"#
    )
}

fn arguments(response: &str, id: &str, text: &str) -> String {
    format!(
        r#"{{"type":"response.function_call_arguments.done","response_id":"{response}","item_id":"{id}","call_id":"{id}","arguments":"{text}"}}"#
    )
}
