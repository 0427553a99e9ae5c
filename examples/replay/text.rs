//! The dialogue for people, 100 columns wide.

use crate::dialogue::{Kind, Row};
use core::{fmt::Write as _, time::Duration};

const WIDTH: usize = 100;
/// `mm:ss.mmm` and a gap.
const TIME: usize = 11;
/// Who speaks, and a gap.
const WHO: usize = 11;
/// What was said; the rest of the line is for notes.
const WORDS: usize = 57;
/// Long outputs are cut there.
const LINES: usize = 4;

/// Colours, where the reader is a terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint(pub(crate) bool);

impl Paint {
    const BOLD: &'static str = "1";
    const QUIET: &'static str = "2";
    const RED: &'static str = "31";
    const GREEN: &'static str = "32";
    const BLUE: &'static str = "34";
    const CYAN: &'static str = "36";

    fn text(self, style: &str, text: &str) -> String {
        if self.0 && !style.is_empty() && !text.trim().is_empty() {
            format!("\u{1b}[{style}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// The whole dialogue, the recording's own remark first.
pub(crate) fn render(title: &[&str], rows: &[Row], paint: Paint) -> String {
    let timed = rows.iter().any(|row| row.at.is_some());
    let mut out = String::new();
    for line in title {
        for line in wrap(line, WIDTH - 2, usize::MAX) {
            let _ = writeln!(out, "{}", paint.text(Paint::QUIET, &format!("# {line}")));
        }
    }
    let mut speech = false;
    for row in rows {
        if matches!(row.kind, Kind::User | Kind::System) && !speech {
            out.push('\n');
        }
        speech = matches!(row.kind, Kind::User | Kind::Segment | Kind::System);
        let margin = if timed { time(row.at) } else { String::new() };
        let margin = paint.text(Paint::QUIET, &margin);
        let empty = " ".repeat(if timed { TIME } else { 0 });
        for (at, line) in lines(row, paint).into_iter().enumerate() {
            let margin = if at == 0 { &margin } else { &empty };
            let _ = writeln!(out, "{}", format!("{margin}{line}").trim_end());
        }
    }
    out
}

fn time(at: Option<Duration>) -> String {
    let Some(at) = at else {
        return " ".repeat(TIME);
    };
    let (minutes, millis) = (at.as_secs() / 60, at.as_millis() % 60_000);
    let time = format!("{minutes:02}:{:02}.{:03}", millis / 1000, millis % 1000);
    format!("{time:TIME$}")
}

fn lines(row: &Row, paint: Paint) -> Vec<String> {
    if row.kind == Kind::Session {
        return vec![rule(&row.text, paint)];
    }
    let Look { who, sign, style } = look(row.kind);
    let hang = if sign.is_empty() { 0 } else { 2 };
    let most = if sign.is_empty() { usize::MAX } else { LINES };
    let words = wrap(&row.text, WORDS - hang, most);
    let mut lines = Vec::new();
    for (at, words) in words.iter().enumerate() {
        let (who, sign, note) = match at {
            0 => (who, sign, row.note.as_str()),
            _ => ("", "", ""),
        };
        let gap = (WIDTH - TIME - WHO - hang).saturating_sub(width(words) + width(note));
        lines.push(format!(
            "{}{}{}{}{}",
            paint.text(Paint::BOLD, &format!("{who:WHO$}")),
            paint.text(style, &format!("{sign:hang$}")),
            paint.text(style, words),
            " ".repeat(gap),
            paint.text(Paint::QUIET, note),
        ));
    }
    lines
}

fn rule(text: &str, paint: Paint) -> String {
    let text = wrap(text, WIDTH - TIME - 6, 1).concat();
    let rest = (WIDTH - TIME - 4).saturating_sub(width(&text));
    let rule = format!("── {text} {}", "─".repeat(rest));
    paint.text(Paint::QUIET, &rule)
}

/// How a row is told from the others.
struct Look {
    who: &'static str,
    sign: &'static str,
    style: &'static str,
}

const fn look(kind: Kind) -> Look {
    let (who, sign, style) = match kind {
        Kind::User => ("user", "", ""),
        Kind::System => ("system", "", ""),
        Kind::Assistant => ("assistant", "", ""),
        Kind::Aside => ("aside", "", ""),
        Kind::Thought => ("thinks", "", Paint::QUIET),
        Kind::Segment => ("", "·", Paint::QUIET),
        Kind::Call => ("", "→", Paint::CYAN),
        Kind::Output => ("", "←", Paint::GREEN),
        Kind::RemoteCall => ("", "⇢", Paint::BLUE),
        Kind::RemoteOutput => ("", "⇠", Paint::BLUE),
        Kind::Problem => ("", "!", Paint::RED),
        Kind::Mark | Kind::Session => ("", "~", Paint::QUIET),
    };
    Look { who, sign, style }
}

/// Breaks a text into lines, between words where that is possible, and cuts it behind `most`.
fn wrap(text: &str, limit: usize, most: usize) -> Vec<String> {
    let text = printable(text);
    let mut rest = text.trim();
    let mut lines = Vec::new();
    while width(rest) > limit {
        let (line, behind) = rest.split_at(break_at(rest, limit));
        if lines.len() + 1 == most {
            let room = break_at(rest, limit - 1);
            lines.push(format!("{}…", &rest[..room]));
            return lines;
        }
        lines.push(line.trim_end().to_owned());
        rest = behind.trim_start();
    }
    lines.push(rest.to_owned());
    lines
}

/// Where a line that is too long is broken, in bytes: behind the last space or comma that fits.
fn break_at(text: &str, limit: usize) -> usize {
    let mut taken = 0;
    let mut fits = 0;
    let mut nice = 0;
    for (at, each) in text.char_indices() {
        taken += columns(each);
        if each == ' ' && taken <= limit + 1 {
            nice = at;
        }
        if taken > limit {
            break;
        }
        fits = at + each.len_utf8();
        if each == ',' {
            nice = fits;
        }
    }
    let nice_enough = nice > fits / 3;
    let first = text.chars().next().map_or(0, char::len_utf8);
    if nice_enough { nice } else { fits.max(first) }
}

fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// About how many columns a terminal takes for it.
const fn columns(each: char) -> usize {
    match each {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// What is in a recording must not steer the terminal.
fn printable(text: &str) -> String {
    let shown = |each: char| if each.is_control() { ' ' } else { each };
    text.chars().map(shown).collect()
}
