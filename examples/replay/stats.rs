//! The counts, for people.

use realtime_proto::testing::{CallCounts, CommandCounts, ResponseCounts, Summary, TokenCounts};

/// One subject a line.
pub(crate) fn render(summary: &Summary) -> String {
    let lines = [
        frames(summary),
        events(summary),
        replies(&summary.responses),
        calls(&summary.calls),
        commands(&summary.commands),
        audio(summary),
        tokens(&summary.usage),
    ];
    lines.concat()
}

fn frames(summary: &Summary) -> String {
    let counts = [
        (summary.frames, "received"),
        (summary.transmits, "sent"),
        (summary.unknown, "unknown"),
        (summary.malformed, "damaged"),
    ];
    line("frames", &counts)
}

fn events(summary: &Summary) -> String {
    let counts = [
        (summary.events, "told"),
        (summary.errors, "errors"),
        (summary.misuse, "mistakes of the caller"),
    ];
    line("events", &counts)
}

fn replies(replies: &ResponseCounts) -> String {
    let counts = [
        (replies.started, "started"),
        (replies.completed, "completed"),
        (replies.cancelled, "cut off"),
        (replies.incomplete, "stopped early"),
        (replies.failed, "failed"),
        (replies.lost, "lost"),
    ];
    line("replies", &counts)
}

fn calls(calls: &CallCounts) -> String {
    let counts = [
        (calls.delivered, "delivered"),
        (calls.answered, "answered"),
        (calls.cancelled, "cancelled"),
    ];
    line("calls", &counts)
}

fn commands(commands: &CommandCounts) -> String {
    let counts = [
        (commands.sent, "sent"),
        (commands.accepted, "accepted"),
        (commands.unacknowledged, "not acknowledged"),
        (commands.rejected, "rejected"),
        (commands.superseded, "superseded"),
        (commands.dropped, "dropped"),
        (commands.unknown, "without an answer"),
    ];
    line("commands", &counts)
}

fn audio(summary: &Summary) -> String {
    let counts = [
        (summary.audio_bytes, "bytes received"),
        (summary.template_hits, "deltas by template"),
        (summary.template_misses, "deltas by the ordinary path"),
    ];
    line("audio", &counts)
}

fn tokens(tokens: &TokenCounts) -> String {
    let counts = [
        (tokens.total_tokens, "in all"),
        (tokens.input_tokens, "in"),
        (tokens.output_tokens, "out"),
    ];
    line("tokens", &counts)
}

/// What is zero is left out, but for the first.
fn line(subject: &str, counts: &[(u64, &str)]) -> String {
    let told = counts.iter().enumerate();
    let told = told.filter(|(at, (count, _))| *at == 0 || *count > 0);
    let told: Vec<_> = told
        .map(|(_, (count, what))| format!("{count} {what}"))
        .collect();
    format!("{subject:9}  {}\n", told.join(" · "))
}
