//! The dialogue as a Mermaid sequence diagram.

use crate::dialogue::{Kind, Row};
use core::fmt::Write as _;

/// Longer texts are cut.
const LONGEST: usize = 200;
/// Where a line of a text is broken, at the next space.
const LINE: usize = 44;

pub(crate) fn render(rows: &[Row]) -> String {
    let mut out = String::from("sequenceDiagram\n");
    out += "    participant U as User\n    participant M as Assistant\n    participant A as App\n";
    let remote = |row: &Row| matches!(row.kind, Kind::RemoteCall | Kind::RemoteOutput);
    if rows.iter().any(remote) {
        out += "    participant P as Provider\n";
    }
    for row in rows {
        let arrow = arrow(row.kind);
        let _ = writeln!(out, "    {arrow}: {}", escape(&row.text));
        if !row.note.is_empty() {
            let side = if row.kind == Kind::User {
                "left of U"
            } else {
                "right of M"
            };
            let _ = writeln!(out, "    Note {side}: {}", escape(&row.note));
        }
    }
    out
}

const fn arrow(kind: Kind) -> &'static str {
    match kind {
        Kind::User => "U->>M",
        Kind::Assistant => "M->>U",
        Kind::System => "A->>M",
        Kind::Aside | Kind::Call => "M->>A",
        Kind::Output => "A-->>M",
        Kind::RemoteCall => "M->>P",
        Kind::RemoteOutput => "P-->>M",
        Kind::Thought => "Note right of M",
        Kind::Segment => "Note left of U",
        Kind::Mark | Kind::Problem | Kind::Session => "Note over U,M",
    }
}

/// Writes what Mermaid would read as its own as entities, and breaks long lines.
fn escape(text: &str) -> String {
    // Behind these words it takes an entity that follows a colon for the end of a style.
    let styled = text.contains("style") || text.contains("classDef");
    let mut out = String::new();
    let mut column = 0;
    for (at, each) in text.trim().chars().enumerate() {
        if at == LONGEST {
            out.push('…');
            break;
        }
        column += 1;
        match each {
            '#' => out += "#35;",
            ';' => out += "#59;",
            ':' if styled => out += "#58;",
            '%' => out += "#37;",
            '<' => out += "#lt;",
            '>' => out += "#gt;",
            _ if each.is_control() || (each == ' ' && column < LINE) => out.push(' '),
            ' ' => {
                out += "<br/>";
                column = 0;
            }
            _ => out.push(each),
        }
    }
    out
}
