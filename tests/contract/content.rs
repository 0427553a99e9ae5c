//! Events of what a reply consists of, and of tools.

use crate::{distinct, is, reads};
use core::time::Duration;
use realtime_proto::{
    ApprovalRequested, AudioDelta, AudioDone, AudioError, AudioFormat, CallCancelled, Content,
    Epoch, Executor, Id, Ids, Item, ItemDeleted, ItemKind, Lane, Origin, Payload, Previous,
    RemotePhase, RemoteTool, Role, Status, Str, TextDelta, TextDone, TextStatus, Timed,
    ToolArgumentsDelta, ToolCall, ToolCallCancelled, ToolCallStarted, Truncated, Validity,
    VideoDelta,
};

#[test]
fn of_its_content() {
    reads(|it: Item<'_>| {
        let _: (Ids<'_>, Previous<'_>, ItemKind) = (it.ids, it.previous, it.kind);
        let _: (Option<Role>, Option<Status>, Origin) = (it.role, it.status, it.origin);
        let _: (Option<Id<'_>>, Option<Str<'_>>) = (it.call_id, it.name);
        let _: (Vec<Content<'_>>, Str<'_>) = (it.content, it.raw);
    });
    reads(|it: ItemDeleted<'_>| is::<Option<Id<'_>>>(it.item_id));
    reads(|it: TextDelta<'_>| {
        let _: (Ids<'_>, Lane, Str<'_>, Option<Duration>) = (it.ids, it.lane, it.delta, it.start);
    });
    reads(|it: TextDone<'_>| {
        let _: (Ids<'_>, Lane, TextStatus) = (it.ids, it.lane, it.status);
        let _: (Str<'_>, Str<'_>, Previous<'_>) = (it.text, it.suffix, it.previous);
    });
    reads(|it: AudioDelta<'_>| {
        let _: (Ids<'_>, Epoch, AudioFormat) = (it.ids, it.epoch, it.format);
        let _: Payload<'_> = it.payload;
    });
    reads(|it: AudioDone<'_>| {
        let _: (Ids<'_>, Epoch) = (it.ids, it.epoch);
    });
    reads(|it: VideoDelta<'_>| {
        let _: (Ids<'_>, Epoch) = (it.ids, it.epoch);
        let _: (Str<'_>, Str<'_>) = (it.mime, it.payload);
    });
    reads(|it: Timed<'_>| {
        let _: (Ids<'_>, Str<'_>, Option<Duration>, Str<'_>) = (it.ids, it.kind, it.at, it.raw);
    });
    reads(|it: Truncated<'_>| {
        let _: (Ids<'_>, Duration, Option<Duration>) = (it.ids, it.heard, it.received);
        let _: (Option<Str<'_>>, bool) = (it.heard_text, it.confirmed);
    });
    distinct(&[Origin::Conversation, Origin::Response, Origin::Replay]);
    distinct(&[Lane::Display, Lane::Spoken, Lane::Thought]);
    distinct(&[
        TextStatus::Final,
        TextStatus::Interrupted,
        TextStatus::Abandoned,
    ]);
}

#[test]
fn audio_decodes_into_the_callers_buffers() {
    reads(|it: AudioDelta<'_>| {
        let _: Option<&str> = it.base64();
        let _: (usize, Option<Duration>) = (it.decoded_len(), it.duration());
        let mut pcm: Vec<u8> = Vec::new();
        let _: [Result<usize, AudioError>; 3] = [
            it.decode_into(&mut pcm),
            it.decode_append(&mut pcm),
            it.decode_to_slice(&mut [0; 4]),
        ];
    });
    reads(|error: AudioError| match error {
        AudioError::Base64 { offset } => is::<usize>(offset),
        AudioError::TooSmall { need } => is::<usize>(need),
        AudioError::OddLength | AudioError::Encoding | _ => {}
    });
}

#[test]
fn of_tools() {
    reads(|it: ToolCallStarted<'_>| {
        let _: (Ids<'_>, Option<Id<'_>>, Option<Str<'_>>) = (it.ids, it.call_id, it.name);
    });
    reads(|it: ToolArgumentsDelta<'_>| {
        let _: (Ids<'_>, Option<Id<'_>>) = (it.ids, it.call_id);
        let _: (Str<'_>, Option<Str<'_>>) = (it.delta, it.path);
    });
    reads(|it: ToolCall<'_>| {
        let _: (Id<'_>, Option<Str<'_>>, Str<'_>) = (it.call_id, it.name, it.arguments);
        let _: (Validity, Ids<'_>) = (it.validity, it.ids);
    });
    reads(|it: ToolCallCancelled<'_>| {
        let _: (Vec<Id<'_>>, CallCancelled) = (it.call_ids, it.reason);
    });
    reads(|it: RemoteTool<'_>| {
        let _: (Option<Id<'_>>, Option<Str<'_>>) = (it.call_id, it.name);
        let _: (Executor, RemotePhase<'_>, Ids<'_>) = (it.executor, it.phase, it.ids);
    });
    reads(|it: RemotePhase<'_>| match it {
        RemotePhase::Arguments { text } => is::<Str<'_>>(text),
        RemotePhase::Result {
            output,
            is_error,
            partial,
        } => is::<(Str<'_>, bool, bool)>((output, is_error, partial)),
        RemotePhase::Started | RemotePhase::Running | RemotePhase::Failed | _ => {}
    });
    reads(|it: ApprovalRequested<'_>| {
        let _: (Id<'_>, Option<Str<'_>>, Str<'_>) = (it.approval_id, it.name, it.arguments);
        let _: (Option<Str<'_>>, Ids<'_>) = (it.server_label, it.ids);
    });
    distinct(&[
        Validity::Object,
        Validity::Empty,
        Validity::NotObject,
        Validity::Malformed,
    ]);
    distinct(&[
        CallCancelled::Server,
        CallCancelled::Interrupted,
        CallCancelled::Failed,
        CallCancelled::Closed,
    ]);
    distinct(&[Executor::Provider, Executor::Agent]);
}
