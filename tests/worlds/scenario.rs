//! Longer scenarios: an application, a server and a transport that is not always faithful.

use crate::{
    books::{CallState, Verdict},
    frames::Turns,
    reply::{End, Plan},
    server::{Budget, Server, Step},
    statistics::Made,
    world::{Tape, World},
};
use core::time::Duration;
use realtime_proto::{
    BargeIn, Command, CreatePolicy, CreateResponse, Dialect, Epoch, Patch, Phase, SessionPatch,
    Time, Unheard,
};

/// One thing that happens; what it is about is chosen among what there is, by a number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Op {
    /// The server does one of the things that it can do.
    Server(u8),
    /// The server goes on with its replies, so many steps.
    Flow(u8),
    App(App, u8),
    Fault(Fault),
    /// Milliseconds pass.
    Time(u16),
    Close,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum App {
    Create,
    CreateOtherwise,
    CreateBeside,
    Text,
    Answer,
    Cancel,
    CancelNamed,
    Interrupt,
    Played,
    PlayedBefore,
    Truncate,
    Configure,
    Commit,
    Clear,
}

/// What happens to the next frame of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Drop,
    Duplicate,
    /// It comes so many frames later.
    Late(u8),
    /// The next done comes late, so many frames.
    LateDone(u8),
    /// The next created comes behind the frame after it.
    LateCreated,
}

/// What a scenario begins with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) dialect: Dialect,
    pub(crate) turns: Turns,
    pub(crate) plans: &'static [Plan],
    pub(crate) barge_in: BargeIn,
    pub(crate) unheard: Unheard,
    pub(crate) tag: bool,
    pub(crate) estimate: bool,
}

/// A world, and what the transport does to it.
#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) made: Made,
    now: u64,
    faults: Vec<Fault>,
    /// Frames that come later, after so many others.
    late: Vec<(u8, String)>,
    previous_epoch: u32,
    /// How many frames the server sent.
    pub(crate) frames: usize,
    /// The frame that never comes, by its number.
    loses: Option<usize>,
    pub(crate) lost: Option<String>,
    /// Responses, and how many frames of them came.
    pub(crate) responses: Vec<(String, usize)>,
}

impl Stage {
    pub(crate) fn new(setting: &Setting) -> Self {
        Self::taped(setting, None)
    }

    /// A stage without the n-th frame of the server.
    pub(crate) fn without(setting: &Setting, frame: usize) -> Self {
        Self {
            loses: Some(frame),
            ..Self::new(setting)
        }
    }

    pub(crate) fn taped(setting: &Setting, tape: Option<Tape>) -> Self {
        let budget = Budget {
            speech: 40,
            repeats: 10,
            failures: 4,
        };
        let server = Server::new(setting.turns, setting.plans, budget);
        Self {
            world: World::new(setting.config(), server, tape),
            made: Made::default(),
            now: 0,
            faults: Vec::new(),
            late: Vec::new(),
            previous_epoch: 0,
            frames: 0,
            loses: None,
            lost: None,
            responses: Vec::new(),
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.world.session.phase() == Phase::Closed
    }

    pub(crate) fn apply(&mut self, op: Op) -> Verdict {
        if self.is_over() {
            return Ok(());
        }
        self.made.steps += 1;
        match op {
            Op::Server(choice) => self.serve(choice),
            Op::Flow(steps) => self.flow(steps),
            Op::App(app, about) => self.app(app, about),
            Op::Fault(fault) => {
                self.faults.push(fault);
                Ok(())
            }
            Op::Time(ms) => self.pass(u64::from(ms)),
            Op::Close => {
                self.made.note_close(&self.world);
                self.world.close()
            }
        }
    }

    pub(crate) fn pass(&mut self, ms: u64) -> Verdict {
        self.now += ms;
        self.world.tell(Time(Duration::from_millis(self.now)))
    }

    fn serve(&mut self, choice: u8) -> Verdict {
        let steps = self.world.server.enabled();
        match steps.get(usize::from(choice) % steps.len().max(1)) {
            Some(step) => self.step(*step),
            None => Ok(()),
        }
    }

    /// What goes on by itself goes on.
    fn flow(&mut self, steps: u8) -> Verdict {
        for _ in 0..steps {
            let enabled = self.world.server.enabled();
            let goes_on = |step: &&Step| {
                matches!(
                    step,
                    Step::Read { named: true } | Step::Beat | Step::Beside | Step::Replies
                ) || matches!(step, Step::End(End::Completed | End::Speech | End::Client))
            };
            let Some(step) = enabled.iter().find(goes_on).copied() else {
                return Ok(());
            };
            self.made.steps += 1;
            self.step(step)?;
        }
        Ok(())
    }

    fn step(&mut self, step: Step) -> Verdict {
        self.made.note_step(step, &self.world);
        let frames = self.world.take(step);
        frames
            .into_iter()
            .try_for_each(|frame| self.transport(frame))
    }

    fn transport(&mut self, frame: String) -> Verdict {
        self.made.note_frame(&frame);
        self.frames += 1;
        if self.loses == Some(self.frames - 1) {
            self.lost = Some(frame);
            return Ok(());
        }
        match self.fault_of(&frame) {
            Some(Fault::Drop) => {
                self.made.drops += 1;
                Ok(())
            }
            Some(Fault::Duplicate) => {
                self.made.duplicates += 1;
                self.arrive(&frame)?;
                self.arrive(&frame)
            }
            Some(Fault::Late(by)) => {
                self.late.push((by.max(1), frame));
                Ok(())
            }
            Some(Fault::LateDone(by)) => {
                self.made.late_done += 1;
                self.late.push((by.max(1), frame));
                Ok(())
            }
            Some(Fault::LateCreated) => {
                self.late.push((3, frame));
                Ok(())
            }
            None => self.arrive(&frame),
        }
    }

    /// The fault that meets a frame, once.
    fn fault_of(&mut self, frame: &str) -> Option<Fault> {
        let at = self.faults.iter().position(|fault| match fault {
            Fault::LateDone(_) => frame.contains(r#""response.done""#),
            Fault::LateCreated => frame.contains(r#""response.created""#),
            _ => true,
        });
        at.map(|at| self.faults.remove(at))
    }

    fn arrive(&mut self, frame: &str) -> Verdict {
        self.count_response(frame);
        self.made.note_arrival(frame, &self.world);
        let epoch = self.world.books.epoch();
        self.world.deliver(frame)?;
        if self.world.books.epoch() != epoch {
            self.previous_epoch = epoch;
        }
        let mut due = Vec::new();
        self.late.retain_mut(|(left, frame)| {
            *left -= 1;
            if *left == 0 {
                due.push(core::mem::take(frame));
            }
            *left > 0
        });
        due.iter().try_for_each(|frame| self.arrive(frame))
    }

    fn count_response(&mut self, frame: &str) {
        let Some(at) = frame.find("\"resp_") else {
            return;
        };
        let id = frame[at + 1..].split('"').next().unwrap_or_default();
        match self.responses.iter_mut().find(|(known, _)| known == id) {
            Some((_, seen)) => *seen += 1,
            None => self.responses.push((id.into(), 1)),
        }
    }

    fn app(&mut self, app: App, about: u8) -> Verdict {
        let Some(command) = self.command(app, about) else {
            return Ok(());
        };
        if matches!(app, App::Commit) {
            let audio = vec![0; 4800];
            self.world.send(Command::append_audio(&audio))?;
        }
        self.made.note_command(&command, &self.world);
        self.world.send(command).map(drop)
    }

    fn command(&mut self, app: App, about: u8) -> Option<Command<'static>> {
        let n = usize::from(about);
        Some(match app {
            App::Create => Command::create_response(),
            App::CreateBeside if !self.has_beside() => return None,
            App::CreateOtherwise | App::CreateBeside => create(app, about),
            App::Text => Command::text("hi"),
            App::Answer => self.answer(about)?,
            App::Cancel => Command::cancel_response(),
            App::CancelNamed => {
                let responses = &self.world.books.responses;
                let response = responses.get(n % responses.len().max(1))?;
                realtime_proto::CancelResponse::new(response.id.clone()).into()
            }
            App::Interrupt => Command::interrupt(),
            App::Played => Command::playback(
                Epoch(self.world.books.epoch()),
                Duration::from_millis(u64::from(about)),
            ),
            App::PlayedBefore => Command::playback(
                Epoch(self.previous_epoch),
                Duration::from_millis(u64::from(about) * 10),
            ),
            App::Truncate => {
                let audio = &self.world.books.audio;
                let (item, _) = audio.get(n % audio.len().max(1))?;
                let heard = Duration::from_micros(u64::from(about) * 700);
                realtime_proto::Truncate::new(item.clone(), 0, heard).into()
            }
            App::Configure => {
                let mut patch = SessionPatch::default();
                patch.instructions = Patch::Set("be brief".into());
                Command::configure(patch)
            }
            App::Commit => Command::CommitInput,
            App::Clear => Command::ClearInput,
        })
    }

    /// Whether a response can run beside the one of the conversation.
    fn has_beside(&self) -> bool {
        self.world.session.capabilities().out_of_band
    }

    /// Mostly of a call that waits; now and then of one that was cancelled meanwhile.
    fn answer(&self, about: u8) -> Option<Command<'static>> {
        let calls = &self.world.books.calls;
        let late = about % 8 == 7;
        let state = if late {
            CallState::Cancelled
        } else {
            CallState::Delivered
        };
        let open: Vec<_> = calls.iter().filter(|call| call.state == state).collect();
        let call = open.get(usize::from(about) % open.len().max(1))?;
        let mut output = realtime_proto::ToolOutput::new(call.id.clone(), "ok");
        output.wants_reply = about % 5 != 4;
        Some(output.into())
    }

    /// The transport recovers, the server finishes, the application answers its calls, and time
    /// passes.
    pub(crate) fn rest(&mut self) -> Verdict {
        self.faults.clear();
        for (_, frame) in core::mem::take(&mut self.late) {
            self.arrive(&frame)?;
        }
        self.world.server.calm();
        for _ in 0..400 {
            if self.is_over() {
                return Ok(());
            }
            match self.world.server.enabled().first() {
                Some(step) => self.step(*step)?,
                None if self.answers()? => {}
                None => return Ok(()),
            }
        }
        Err("the world never comes to rest".into())
    }

    /// The same, and every deadline has passed.
    pub(crate) fn comes_to_rest_in_time(&mut self) -> Verdict {
        self.rest()?;
        for _ in 0..4 {
            self.pass(31_000)?;
            self.rest()?;
        }
        Ok(())
    }

    /// Answers a call that waits; false if none does.
    pub(crate) fn answers(&mut self) -> Result<bool, String> {
        let calls = &self.world.books.calls;
        let open = calls.iter().find(|call| call.state == CallState::Delivered);
        let Some(call) = open.map(|call| call.id.clone()) else {
            return Ok(false);
        };
        self.world.send(Command::tool_output(&call, "ok"))?;
        Ok(true)
    }
}

fn create(app: App, about: u8) -> Command<'static> {
    let mut create = CreateResponse::new();
    create.out_of_band = matches!(app, App::CreateBeside);
    create.keep = about & 4 != 0;
    create.policy = match about % 3 {
        0 => CreatePolicy::Queue,
        1 => CreatePolicy::ReplaceActive,
        _ => CreatePolicy::FailFast,
    };
    create.into()
}

impl Setting {
    pub(crate) fn config(&self) -> realtime_proto::Config {
        let mut config = realtime_proto::Config::new(self.dialect);
        config.policy.barge_in = self.barge_in;
        config.policy.unheard = self.unheard;
        config.policy.tag_responses = self.tag;
        config.policy.estimate_playback = self.estimate;
        config
    }
}
