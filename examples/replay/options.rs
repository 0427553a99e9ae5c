//! What was asked for on the command line.

use realtime_proto::Dialect;
use std::{ffi::OsString, path::PathBuf};

pub(crate) const USAGE: &str = "\
Replays a recording of a session and prints what happened.

usage: replay [options] [FILE|-]

  FILE                  a recording, one JSON object a line; `-` reads standard input;
                        without it a recorded call is shown
  --dialect DIALECT     the protocol it speaks (openai)
  --format FORMAT       text, json or mermaid (text)
  --audio base64        print media in full, not their lengths; with json
  --wav OUT             write what the assistant said to a WAV file
  --stats               print counts at the end
  --help                print this

dialects: openai, openai-beta, openai-translation, openai-live, azure-voice-live, xai, gemini,
          gemini-vertex, synaps, pi, nova-sonic
";

/// How the session is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
    Mermaid,
}

/// Where the recording is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Demo,
    Stdin,
    File(PathBuf),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) dialect: Dialect,
    pub(crate) format: Format,
    pub(crate) media: bool,
    pub(crate) wav: Option<PathBuf>,
    pub(crate) stats: bool,
    pub(crate) help: bool,
    pub(crate) source: Source,
}

impl Options {
    /// Reads the arguments, or tells which is wrong.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self {
            dialect: Dialect::OpenAi,
            format: Format::Text,
            media: false,
            wav: None,
            stats: false,
            help: false,
            source: Source::Demo,
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            options.take(&argument, &mut arguments)?;
        }
        Ok(options)
    }

    fn take(
        &mut self,
        argument: &OsString,
        rest: &mut impl Iterator<Item = OsString>,
    ) -> Result<(), String> {
        let mut value = |name: &str| rest.next().ok_or_else(|| format!("{name} wants a value"));
        match argument.to_string_lossy().as_ref() {
            "--dialect" => self.dialect = dialect(&value("--dialect")?)?,
            "--format" => self.format = format_named(&value("--format")?)?,
            "--audio" => self.media = media(&value("--audio")?)?,
            "--wav" => self.wav = Some(value("--wav")?.into()),
            "--stats" => self.stats = true,
            "--help" | "-h" => self.help = true,
            "-" => self.source(Source::Stdin)?,
            flag if flag.starts_with('-') => return Err(format!("no such option: {flag}")),
            _ => self.source(Source::File(argument.into()))?,
        }
        Ok(())
    }

    fn source(&mut self, source: Source) -> Result<(), String> {
        if self.source != Source::Demo {
            return Err(String::from("only one recording at a time"));
        }
        self.source = source;
        Ok(())
    }
}

fn dialect(name: &OsString) -> Result<Dialect, String> {
    let name = name.to_string_lossy();
    name.parse().map_err(|_| format!("no such dialect: {name}"))
}

fn format_named(name: &OsString) -> Result<Format, String> {
    match name.to_string_lossy().as_ref() {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        "mermaid" => Ok(Format::Mermaid),
        other => Err(format!("no such format: {other}")),
    }
}

fn media(name: &OsString) -> Result<bool, String> {
    match name.to_string_lossy().as_ref() {
        "base64" => Ok(true),
        other => Err(format!("audio is printed as base64, not as {other}")),
    }
}
