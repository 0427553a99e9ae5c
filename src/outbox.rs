//! What waits to be sent.
//!
//! Control frames keep their order among themselves, and most keep their place among the audio.
//! A few may pass audio: a cancel that waited behind a second of speech would cancel the next
//! reply. So each control frame says which audio must have left before it. Both kinds are written
//! straight into buffers that are reused.

use crate::{heap::Heap, id::CommandId, rare::Blank, transport::Transmit};
use alloc::{collections::VecDeque, string::String, vec::Vec};
use core::str::from_utf8;

#[derive(Clone, Debug)]
struct Control {
    bytes: usize,
    /// The audio frames that leave first, counted over the whole session.
    after_audio: u64,
    /// Leaves before the session is ready.
    ungated: bool,
    /// The command that is settled when this has left.
    settles: Option<CommandId>,
    /// Whether it is the output of a call.
    output: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct Audio {
    bytes: usize,
    /// What was encoded, in bytes.
    payload: usize,
    /// The audio itself, and no text around it.
    binary: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Outbox {
    control: VecDeque<Control>,
    control_text: String,
    control_head: usize,
    audio: VecDeque<Audio>,
    audio_text: Vec<u8>,
    audio_head: usize,
    /// Audio frames that have left or were dropped.
    audio_gone: u64,
    /// Audio frames that a commit waits behind, counted over the whole session.
    committed: u64,
    /// Encoded audio that waits, in bytes.
    payload: usize,
    close: Option<u16>,
}

impl Blank for Outbox {
    const BLANK: &'static Self = &Self {
        control: VecDeque::new(),
        control_text: String::new(),
        control_head: 0,
        audio: VecDeque::new(),
        audio_text: Vec::new(),
        audio_head: 0,
        audio_gone: 0,
        committed: 0,
        payload: 0,
        close: None,
    };
}

/// Two outboxes are equal if the same is pending in them, wherever it lies.
impl PartialEq for Outbox {
    fn eq(&self, other: &Self) -> bool {
        self.control_order().eq(other.control_order())
            && self.audio == other.audio
            && self.uncommitted() == other.uncommitted()
            && self.pending_control() == other.pending_control()
            && self.pending_audio() == other.pending_audio()
            && self.close == other.close
    }
}

/// A polled frame and the command that it settles.
pub(crate) struct Polled<'o> {
    pub(crate) transmit: Transmit<'o>,
    pub(crate) settles: Option<CommandId>,
    /// The output of a call has left.
    pub(crate) output: bool,
}

impl Outbox {
    /// The control frames, each with how much audio leaves first from now on.
    fn control_order(&self) -> impl Iterator<Item = (usize, u64, bool, bool, Option<CommandId>)> {
        self.control.iter().map(|control| {
            let first = control.after_audio.saturating_sub(self.audio_gone);
            (
                control.bytes,
                first,
                control.ungated,
                control.output,
                control.settles,
            )
        })
    }

    fn pending_control(&self) -> &str {
        self.control_text
            .get(self.control_head..)
            .unwrap_or_default()
    }

    fn pending_audio(&self) -> &[u8] {
        self.audio_text.get(self.audio_head..).unwrap_or_default()
    }

    pub(crate) fn queued_bytes(&self) -> usize {
        self.pending_control().len() + self.pending_audio().len()
    }

    pub(crate) fn control_bytes(&self) -> usize {
        self.control.iter().map(|control| control.bytes).sum()
    }

    /// Encoded audio that waits, in bytes.
    pub(crate) fn audio_payload(&self) -> usize {
        self.payload
    }

    /// Where the next control frames are written.
    pub(crate) fn control_tail(&mut self) -> &mut String {
        if self.control_head == self.control_text.len() {
            self.control_text.clear();
            self.control_head = 0;
        } else if self.control_head > self.control_text.len() / 2 {
            self.control_text.drain(..self.control_head);
            self.control_head = 0;
        }
        &mut self.control_text
    }

    /// Takes back what was written behind `length` and not queued. It may have been of any size:
    /// no more room than `most` is kept for it.
    pub(crate) fn roll_back(&mut self, length: usize, most: usize) {
        self.control_text.truncate(length);
        self.control_text.shrink_to(most);
    }

    /// Queues a control frame that was written at the tail.
    ///
    /// One that overtakes waits for no audio; control frames leave in their order anyway.
    pub(crate) fn queue(
        &mut self,
        bytes: usize,
        overtakes: bool,
        settles: Option<CommandId>,
        output: bool,
    ) {
        let mut after_audio = self.audio_gone;
        if !overtakes {
            after_audio += self.audio.len() as u64;
        }
        self.control.push_back(Control {
            bytes,
            after_audio,
            ungated: false,
            settles,
            output,
        });
    }

    /// Queues a frame that opens the session: nothing holds it back.
    pub(crate) fn queue_opening(&mut self, bytes: usize) {
        self.control.push_back(Control {
            bytes,
            after_audio: self.audio_gone,
            ungated: true,
            settles: None,
            output: false,
        });
    }

    /// Where the next audio frame is written.
    pub(crate) fn audio_tail(&mut self) -> &mut Vec<u8> {
        if self.audio_head == self.audio_text.len() {
            self.audio_text.clear();
            self.audio_head = 0;
        } else if self.audio_head > self.audio_text.len() / 2 {
            self.audio_text.drain(..self.audio_head);
            self.audio_head = 0;
        }
        &mut self.audio_text
    }

    /// Queues an audio frame that was written at the tail.
    pub(crate) fn queue_audio(&mut self, bytes: usize, payload: usize) {
        self.queue_piece(bytes, payload, false);
    }

    /// Queues raw audio that was written at the tail, as a frame of its own.
    pub(crate) fn queue_binary(&mut self, bytes: usize) {
        self.queue_piece(bytes, bytes, true);
    }

    fn queue_piece(&mut self, bytes: usize, payload: usize, binary: bool) {
        self.audio.push_back(Audio {
            bytes,
            payload,
            binary,
        });
        self.payload += payload;
    }

    /// Drops the oldest audio; what it held, in bytes.
    pub(crate) fn drop_audio(&mut self) -> Option<usize> {
        let oldest = self.audio.pop_front()?;
        self.audio_head += oldest.bytes;
        self.audio_gone += 1;
        self.payload -= oldest.payload;
        Some(oldest.payload)
    }

    /// Makes the audio that waits a turn of the user's, which is discarded no more.
    pub(crate) fn commit(&mut self) {
        self.committed = self.audio_gone + self.audio.len() as u64;
    }

    /// Where the audio begins that no waiting commit is behind.
    fn uncommitted(&self) -> usize {
        let committed = self.committed.saturating_sub(self.audio_gone);
        usize::try_from(committed).unwrap_or(usize::MAX)
    }

    /// Discards the audio that is not committed; what waited for it waits no more.
    pub(crate) fn discard(&mut self) {
        let kept = self.uncommitted().min(self.audio.len());
        for gone in self.audio.drain(kept..) {
            self.payload -= gone.payload;
            let length = self.audio_text.len() - gone.bytes;
            self.audio_text.truncate(length);
        }
        let left = self.audio_gone + self.audio.len() as u64;
        for control in &mut self.control {
            control.after_audio = control.after_audio.min(left);
        }
    }

    /// Nothing but what is queued already leaves before the end, and no audio.
    pub(crate) fn close(&mut self, code: u16) {
        while self.drop_audio().is_some() {}
        self.close = Some(code);
    }

    /// Forgets everything: the connection is gone.
    pub(crate) fn clear(&mut self) {
        *self = Self {
            audio_gone: self.audio_gone,
            ..Self::default()
        };
    }

    /// Takes the next frame; before readiness only what opens the session, and the end.
    pub(crate) fn poll(&mut self, ready: bool) -> Option<Polled<'_>> {
        let open = |control: &Control| ready || control.ungated;
        let due = |control: &Control| control.after_audio <= self.audio_gone;
        if self
            .control
            .front()
            .is_some_and(|next| open(next) && due(next))
        {
            return self.poll_control();
        }
        if ready && !self.audio.is_empty() {
            return self.poll_audio();
        }
        let code = self.close.filter(|_| self.control.is_empty() || !ready)?;
        self.close = None;
        Some(Polled {
            transmit: Transmit::Close { code, reason: "" },
            settles: None,
            output: false,
        })
    }

    fn poll_control(&mut self) -> Option<Polled<'_>> {
        let Control {
            bytes,
            settles,
            output,
            ..
        } = self.control.pop_front()?;
        let start = self.control_head;
        self.control_head += bytes;
        let text = self
            .control_text
            .get(start..self.control_head)
            .unwrap_or_default();
        Some(Polled {
            transmit: Transmit::Text(text),
            settles,
            output,
        })
    }

    fn poll_audio(&mut self) -> Option<Polled<'_>> {
        let Audio {
            bytes,
            payload,
            binary,
        } = self.audio.pop_front()?;
        let start = self.audio_head;
        self.audio_head += bytes;
        self.audio_gone += 1;
        self.payload -= payload;
        let frame = self
            .audio_text
            .get(start..self.audio_head)
            .unwrap_or_default();
        let transmit = if binary {
            Transmit::Binary(frame)
        } else {
            Transmit::Text(from_utf8(frame).unwrap_or_default())
        };
        Some(Polled {
            transmit,
            settles: None,
            output: false,
        })
    }
}

impl Heap for Outbox {
    fn heap(&self) -> usize {
        self.control_text.capacity()
            + self.audio_text.capacity()
            + self.control.capacity() * size_of::<Control>()
            + self.audio.capacity() * size_of::<Audio>()
    }
}
