//! Tables of a protocol's events and their fields, and the rows that read them.

use core::fmt::Debug;
use realtime_proto::{Config, Dialect, Event, Frame, Session};
use std::{collections::BTreeSet, env, fs, path::PathBuf};

/// The event or schema, and the path of a field of it.
type Row = (String, String);

/// The rows of a list: a name at the margin, its fields indented below it.
fn listed(list: &'static str) -> BTreeSet<Row> {
    let mut rows = BTreeSet::new();
    let mut name = "";
    for line in list.lines() {
        if line.starts_with(' ') {
            rows.extend(
                line.split_whitespace()
                    .map(|field| (name.into(), field.into())),
            );
        } else {
            name = line;
        }
    }
    rows
}

/// Where the protocols are: a folder of that name beside the corpus folder, or beside the crate.
fn protocols() -> Option<PathBuf> {
    let beside = |corpus| PathBuf::from(corpus).join("../protocols");
    let named = env::var_os("REALTIME_PROTOCOLS").map(PathBuf::from);
    let corpus = env::var_os("REALTIME_CORPUS").map(beside);
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/protocols");
    named
        .or(corpus)
        .into_iter()
        .chain([shared])
        .find(|folder| folder.is_dir())
}

/// The rows that have been checked.
pub(crate) struct Table {
    dialect: Dialect,
    rows: BTreeSet<Row>,
    before: &'static [&'static str],
}

impl Table {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            rows: BTreeSet::new(),
            before: &[],
        }
    }

    /// Checks the rows of each area: together they are exactly the list.
    #[track_caller]
    pub(crate) fn holds_the_list(mut self, areas: &[fn(&mut Self)], list: &'static str) {
        for rows in areas {
            self.given(&[]);
            rows(&mut self);
        }
        let listed = listed(list);
        let missing: Vec<_> = listed.difference(&self.rows).collect();
        assert!(missing.is_empty(), "no row: {missing:#?}");
        let unlisted: Vec<_> = self.rows.difference(&listed).collect();
        assert!(unlisted.is_empty(), "not listed: {unlisted:#?}");
    }

    /// What a session has received before each of the frames that follow.
    pub(crate) fn given(&mut self, before: &'static [&'static str]) {
        self.before = before;
    }

    /// Checks the rows of an event under each of its names; `frame` is written with the first.
    pub(crate) fn event(&mut self, names: &[&str], frame: &str, check: impl Fn(&mut Rows<'_>)) {
        for name in names {
            let frame = frame.replacen(names[0], name, 1);
            self.schema(name, &frame, |rows| {
                rows.is("type", rows.kind.clone(), Some(String::from(*name)));
                check(rows);
            });
        }
    }

    /// Checks rows of what a frame carries.
    pub(crate) fn schema(&mut self, name: &str, frame: &str, check: impl Fn(&mut Rows<'_>)) {
        let mut session = Session::new(Config::new(self.dialect));
        for frame in self.before {
            assert!(session.receive(frame).len() > 0, "{name}: given {frame}");
        }
        let events = session.receive(frame);
        let kind = events.kind().map(String::from);
        let event_id = events.event_id().map(String::from);
        let Frame::Text(text) = events.frame() else {
            panic!("{name}: a text frame is one");
        };
        let events = events.map(Event::into_owned).collect();
        check(&mut Rows {
            name,
            kind,
            event_id,
            frame: text.into(),
            events,
            session: &session,
            table: self,
        });
    }
}

/// What one frame said, and the rows that read it.
pub(crate) struct Rows<'t> {
    name: &'t str,
    kind: Option<String>,
    event_id: Option<String>,
    /// The text of [`Events::frame`](realtime_proto::Events::frame).
    pub(crate) frame: String,
    pub(crate) events: Vec<Event<'static>>,
    pub(crate) session: &'t Session,
    table: &'t mut Table,
}

impl Rows<'_> {
    /// A row: the field is here, and is this.
    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "a row names values")]
    pub(crate) fn is<A: PartialEq<E> + Debug, E: Debug>(
        &mut self,
        field: &str,
        actual: A,
        expected: E,
    ) {
        assert_eq!(actual, expected, "{}: {field}", self.name);
        self.table.rows.insert((self.name.into(), field.into()));
    }

    /// A row: no typed field holds it, this raw text does.
    #[track_caller]
    pub(crate) fn raw(&mut self, field: &str, text: &str, held: &str) {
        let name = self.name;
        assert!(text.contains(held), "{name}: {field}: not in {text}");
        self.table.rows.insert((name.into(), field.into()));
    }

    /// A row: no event holds it, the frame does.
    #[track_caller]
    pub(crate) fn in_frame(&mut self, field: &str, held: &str) {
        let frame = self.frame.clone();
        self.raw(field, &frame, held);
    }

    /// The row of the frame's own id.
    #[track_caller]
    pub(crate) fn event_id(&mut self, expected: &str) {
        let event_id = self.event_id.clone();
        self.is("event_id", event_id.as_deref(), Some(expected));
    }
}

/// The one event of a variant that the frame caused.
macro_rules! the {
    ($rows:expr, $variant:ident) => {{
        let mut found = $rows.events.iter().filter_map(|event| match event {
            realtime_proto::Event::$variant(inner) => Some(inner.clone()),
            _ => None,
        });
        let (first, second) = (found.next(), found.next());
        assert!(second.is_none(), "one {} only", stringify!($variant));
        first.unwrap_or_else(|| panic!("no {}: {:?}", stringify!($variant), $rows.events))
    }};
}

pub(crate) use the;

/// Asserts that a list is what the protocol publishes of its server's events; `apart` names the
/// schemas that have rows of their own, others count to what carries them.
#[track_caller]
pub(crate) fn is_published(list: &'static str, protocol: &str, apart: &[&str]) {
    let Some(folder) = protocols() else {
        println!("no folder of protocols here: the list was compared with nothing");
        return;
    };
    let read = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let published = published::Published {
        events: &read("openai-realtime.events.json"),
        schemas: &read("openai-realtime.schemas.json"),
        apart,
    };
    let (written, listed) = (published.rows(protocol), listed(list));
    let unlisted: Vec<_> = written.difference(&listed).collect();
    assert!(unlisted.is_empty(), "published, not listed: {unlisted:#?}");
    let withdrawn: Vec<_> = listed.difference(&written).collect();
    assert!(
        withdrawn.is_empty(),
        "listed, not published: {withdrawn:#?}"
    );
}

/// The rows of the published table.
mod published {
    use super::Row;
    use serde_json::Value;
    use std::collections::BTreeSet;

    pub(super) struct Published<'v> {
        pub(super) events: &'v Value,
        pub(super) schemas: &'v Value,
        pub(super) apart: &'v [&'v str],
    }

    impl Published<'_> {
        pub(super) fn rows(&self, protocol: &str) -> BTreeSet<Row> {
            let mut rows = BTreeSet::new();
            let events = self.events.as_array().unwrap().iter();
            for event in events.filter(|e| e["protocol"] == protocol && e["direction"] == "server")
            {
                let aliases = event["aliases"].as_array().unwrap();
                for name in aliases.iter().chain([&event["type"]]) {
                    let mut paths = Vec::new();
                    self.walk(event, "", &mut paths);
                    let name = name.as_str().unwrap();
                    rows.extend(paths.into_iter().map(|path| (name.into(), path)));
                }
            }
            for name in self.apart {
                let mut paths = Vec::new();
                self.walk(&self.schemas[name], "", &mut paths);
                rows.extend(paths.into_iter().map(|path| ((*name).into(), path)));
            }
            rows
        }

        /// The paths of all fields below `node`.
        fn walk(&self, node: &Value, path: &str, paths: &mut Vec<String>) {
            for field in list(node, "fields") {
                let name = field["name"].as_str().unwrap();
                let separator = if path.is_empty() { "" } else { "." };
                let inner = format!("{path}{separator}{name}");
                paths.push(inner.clone());
                self.walk(field, &inner, paths);
            }
            for variant in list(node, "variants") {
                self.walk(variant, path, paths);
            }
            if node["items"].is_object() {
                self.walk(&node["items"], &format!("{path}[]"), paths);
            }
            let named = node["schema"]
                .as_str()
                .filter(|name| !self.apart.contains(name));
            if let Some(name) = named {
                self.walk(&self.schemas[name], path, paths);
            }
        }
    }

    fn list<'v>(node: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
        node[key].as_array().into_iter().flatten()
    }
}
