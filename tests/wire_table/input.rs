//! The audio buffers and the transcription of the user.

use crate::{Rows, Table, the};
use core::time::Duration;
use realtime_proto::{
    InputNotice, InputTranscript, PlaybackState, Previous, TranscriptUpdate, Usage,
};

pub(crate) fn rows(table: &mut Table) {
    speech(table);
    turns(table);
    notices(table);
    playback(table);
    transcript_delta(table);
    transcript_final(table);
    transcript_usage(table);
    transcript_failed(table);
    transcript_segment(table);
}

fn speech(table: &mut Table) {
    table.event(
        &["input_audio_buffer.speech_started"],
        r#"{"type":"input_audio_buffer.speech_started","event_id":"event_1","audio_start_ms":1184,"item_id":"item_1"}"#,
        |rows| {
            let speech = the!(rows, SpeechStarted);
            rows.event_id("event_1");
            rows.is("audio_start_ms", speech.at, Some(Duration::from_millis(1184)));
            rows.is("item_id", speech.item_id.as_deref(), Some("item_1"));
        },
    );
    table.event(
        &["input_audio_buffer.speech_stopped"],
        r#"{"type":"input_audio_buffer.speech_stopped","event_id":"event_2","audio_end_ms":2400,"item_id":"item_1"}"#,
        |rows| {
            let speech = the!(rows, SpeechStopped);
            rows.event_id("event_2");
            rows.is("audio_end_ms", speech.at, Some(Duration::from_millis(2400)));
            rows.is("item_id", speech.item_id.as_deref(), Some("item_1"));
        },
    );
}

fn turns(table: &mut Table) {
    table.event(
        &["input_audio_buffer.committed"],
        r#"{"type":"input_audio_buffer.committed","event_id":"event_3","previous_item_id":"item_0","item_id":"item_1"}"#,
        |rows| {
            let turn = the!(rows, UserTurnCommitted);
            rows.event_id("event_3");
            rows.is("item_id", turn.item_id.as_deref(), Some("item_1"));
            rows.is("previous_item_id", after(&turn.previous), Some("item_0"));
        },
    );
    table.event(
        &["input_audio_buffer.cleared"],
        r#"{"type":"input_audio_buffer.cleared","event_id":"event_4"}"#,
        |rows| {
            assert_eq!(the!(rows, Input), InputNotice::Cleared);
            rows.event_id("event_4");
        },
    );
}

fn notices(table: &mut Table) {
    table.event(
        &["input_audio_buffer.timeout_triggered"],
        r#"{"type":"input_audio_buffer.timeout_triggered","event_id":"event_5","audio_start_ms":13216,"audio_end_ms":19232,"item_id":"item_2"}"#,
        |rows| {
            let InputNotice::Timeout { item_id, start, end } = the!(rows, Input) else {
                panic!("a timeout is one");
            };
            rows.event_id("event_5");
            rows.is("audio_start_ms", start, Some(Duration::from_millis(13_216)));
            rows.is("audio_end_ms", end, Some(Duration::from_millis(19_232)));
            rows.is("item_id", item_id.as_deref(), Some("item_2"));
        },
    );
    table.event(
        &["input_audio_buffer.dtmf_event_received"],
        r##"{"type":"input_audio_buffer.dtmf_event_received","event":"#","received_at":1763456789}"##,
        |rows| {
            let InputNotice::Dtmf { digit, received_at } = the!(rows, Input) else {
                panic!("a key is one");
            };
            rows.is("event", &*digit, "#");
            rows.is("received_at", received_at, Some(1_763_456_789));
        },
    );
}

fn playback(table: &mut Table) {
    for (name, state) in [
        ("output_audio_buffer.started", PlaybackState::Started),
        ("output_audio_buffer.stopped", PlaybackState::Stopped),
        ("output_audio_buffer.cleared", PlaybackState::Cleared),
    ] {
        table.event(
            &[name],
            &format!(r#"{{"type":"{name}","event_id":"event_6","response_id":"resp_1"}}"#),
            |rows| {
                let playback = the!(rows, Playback);
                assert_eq!(playback.state, state);
                rows.event_id("event_6");
                rows.is(
                    "response_id",
                    playback.response_id.as_deref(),
                    Some("resp_1"),
                );
            },
        );
    }
}

fn transcript_delta(table: &mut Table) {
    table.event(
        &["conversation.item.input_audio_transcription.delta"],
        r#"{"type":"conversation.item.input_audio_transcription.delta","event_id":"event_7","item_id":"item_1","content_index":2,"delta":"Two ","logprobs":[{"token":"Two","bytes":[84,119,111],"logprob":-0.25}],"obfuscation":"q7"}"#,
        |rows| {
            let transcript = the!(rows, InputTranscript);
            let TranscriptUpdate::Delta { text } = &transcript.update else {
                panic!("a delta is one");
            };
            rows.event_id("event_7");
            rows.is("item_id", transcript.item_id.as_deref(), Some("item_1"));
            rows.is("content_index", transcript.content_index, 2);
            rows.is("delta", &**text, "Two ");
            rows.in_frame("logprobs", r#""logprobs":[{"token":"Two""#);
            rows.in_frame("obfuscation", r#""obfuscation":"q7""#);
        },
    );
}

fn transcript_final(table: &mut Table) {
    let name = "conversation.item.input_audio_transcription.completed";
    let frame = r#"{"type":"conversation.item.input_audio_transcription.completed","event_id":"event_8","item_id":"item_1","content_index":1,"transcript":"Two tickets.","languages":[{"code":"en"},{"code":"nl"}],"logprobs":[{"token":"Two","bytes":[84,119,111],"logprob":-0.25}],"usage":{"seconds":2.5,"type":"duration"}}"#;
    table.event(&[name], frame, |rows| {
        let transcript = the!(rows, InputTranscript);
        let TranscriptUpdate::Final {
            text, languages, ..
        } = &transcript.update
        else {
            panic!("a completed transcript is final");
        };
        rows.event_id("event_8");
        rows.is("item_id", transcript.item_id.as_deref(), Some("item_1"));
        rows.is("content_index", transcript.content_index, 1);
        rows.is("transcript", &**text, "Two tickets.");
        rows.is("languages", languages.as_slice(), ["en", "nl"]);
        rows.in_frame("logprobs", r#""logprobs":[{"token":"Two""#);
        let seconds = usage(&transcript).seconds;
        rows.is("usage.seconds", seconds, 2.5);
    });
    table.schema("TranscriptionLanguage", frame, |rows| {
        let transcript = the!(rows, InputTranscript);
        let TranscriptUpdate::Final { languages, .. } = &transcript.update else {
            panic!("a completed transcript is final");
        };
        rows.is("code", &*languages[1], "nl");
    });
    table.schema("LogProbProperties", frame, |rows: &mut Rows<'_>| {
        rows.in_frame("token", r#""token":"Two""#);
        rows.in_frame("bytes", r#""bytes":[84,119,111]"#);
        rows.in_frame("logprob", r#""logprob":-0.25"#);
    });
}

fn transcript_usage(table: &mut Table) {
    table.event(
        &["conversation.item.input_audio_transcription.completed"],
        r#"{"type":"conversation.item.input_audio_transcription.completed","item_id":"item_1","content_index":0,"transcript":"Two.","usage":{"type":"tokens","input_tokens":14,"output_tokens":5,"total_tokens":19,"input_token_details":{"text_tokens":3,"audio_tokens":11}}}"#,
        |rows| {
            let transcript = the!(rows, InputTranscript);
            let told = the!(rows, Usage);
            let usage = usage(&transcript);
            rows.is("usage", &told.usage, usage);
            rows.in_frame("usage.type", r#""type":"tokens""#);
            rows.is("usage.input_tokens", usage.input.total, 14);
            rows.is("usage.output_tokens", usage.output.total, 5);
            rows.is("usage.total_tokens", usage.total_tokens, 19);
            rows.is(
                "usage.input_token_details",
                (usage.transcription.text, usage.transcription.audio),
                (3, 11),
            );
            rows.is("usage.input_token_details.text_tokens", usage.input.text, 3);
            rows.is("usage.input_token_details.audio_tokens", usage.input.audio, 11);
        },
    );
}

fn transcript_failed(table: &mut Table) {
    table.event(
        &["conversation.item.input_audio_transcription.failed"],
        r#"{"type":"conversation.item.input_audio_transcription.failed","event_id":"event_9","item_id":"item_1","content_index":3,"error":{"type":"transcription_error","code":"audio_unintelligible","message":"Nothing to hear.","param":"audio"}}"#,
        |rows| {
            let transcript = the!(rows, InputTranscript);
            let TranscriptUpdate::Failed { fault, .. } = &transcript.update else {
                panic!("a failed transcript is one");
            };
            rows.event_id("event_9");
            rows.is("item_id", transcript.item_id.as_deref(), Some("item_1"));
            rows.is("content_index", transcript.content_index, 3);
            rows.is("error", fault.is_some(), true);
            let fault = fault.as_deref().unwrap();
            rows.is("error.type", fault.kind.as_deref(), Some("transcription_error"));
            rows.is("error.code", fault.code.as_deref(), Some("audio_unintelligible"));
            rows.is("error.message", fault.message.as_deref(), Some("Nothing to hear."));
            rows.is("error.param", fault.param.as_deref(), Some("audio"));
        },
    );
}

fn transcript_segment(table: &mut Table) {
    table.event(
        &["conversation.item.input_audio_transcription.segment"],
        r#"{"type":"conversation.item.input_audio_transcription.segment","event_id":"event_10","item_id":"item_1","content_index":0,"id":"seg_1","speaker":"B","start":0.25,"end":1.75,"text":"Hello there."}"#,
        |rows| {
            let transcript = the!(rows, InputTranscript);
            let TranscriptUpdate::Segment(segment) = &transcript.update else {
                panic!("a segment is one");
            };
            rows.event_id("event_10");
            rows.is("item_id", transcript.item_id.as_deref(), Some("item_1"));
            rows.is("content_index", transcript.content_index, 0);
            rows.is("id", segment.id.as_deref(), Some("seg_1"));
            rows.is("speaker", segment.speaker.as_deref(), Some("B"));
            rows.is("start", segment.start, Some(Duration::from_millis(250)));
            rows.is("end", segment.end, Some(Duration::from_millis(1750)));
            rows.is("text", &*segment.text, "Hello there.");
        },
    );
}

fn usage<'t>(transcript: &'t InputTranscript<'_>) -> &'t Usage {
    let TranscriptUpdate::Final {
        usage: Some(usage), ..
    } = &transcript.update
    else {
        panic!("a final transcript with usage");
    };
    usage
}

fn after<'p>(previous: &'p Previous<'_>) -> Option<&'p str> {
    match previous {
        Previous::After(id) => Some(id),
        _ => None,
    }
}
