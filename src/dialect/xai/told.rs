//! The settings of a session as the server tells them, and as a change asks for them.

use crate::{
    config::{InputTranscription, SessionConfig, SessionPatch},
    dialect::{
        Extras, Intent, Wanted,
        openai::{
            self,
            settings::{self, Shape, owned},
        },
    },
    json::{Document, Kind, Value, fields},
    state::Expect,
};
use alloc::{boxed::Box, string::String};

/// What the server puts before the name of a voice that it was asked for without.
const VOICES: [&str; 2] = ["xai_", "human_"];

pub(super) fn read(session: Value<'_, '_>) -> (SessionConfig, Shape) {
    let (mut config, _) = settings::read(session);
    let [audio, flat] = session.fields(["audio", "input_audio_transcription"]);
    config.voice = config.voice.map(voice);
    if let Some(transcription) = &mut config.input_transcription {
        hints(transcription, flat);
        hints(transcription, audio.field("input").field("transcription"));
    }
    (config, Shape::Neither)
}

fn voice(told: String) -> String {
    let asked = VOICES
        .iter()
        .find_map(|prefix| told.strip_prefix(prefix))
        .map(String::from);
    asked.unwrap_or(told)
}

/// The language and the keywords have names of their own here.
fn hints(transcription: &mut InputTranscription, told: Value<'_, '_>) {
    let [language, keywords] = told.fields(["language_hint", "keyterms"]);
    if let Some(language) = owned(language) {
        transcription.language = Some(language);
    }
    if keywords.kind == Kind::Array {
        let keywords = keywords.elements().into_iter();
        transcription.keywords = keywords.filter_map(owned).collect();
    }
}

/// What a session object says beyond the settings.
pub(super) fn extras(session: Value<'_, '_>) -> Extras {
    let [audio, resumption] = session.fields(["audio", "resumption"]);
    let transport = audio.field("input").field("transport").str();
    Extras {
        binary_input: transport.map(|transport| transport == "binary"),
        resumable: resumption.field("enabled").bool(),
    }
}

/// What a change asks for in the words of the protocol.
pub(crate) fn asked(patch: &SessionPatch) -> Extras {
    let object = |extra: &crate::config::RawJson| extras(Document::of(extra.get()).value());
    patch.extra.value().map(object).unwrap_or_default()
}

/// What a client frame that somebody else wrote wants: what it asks for is not always told.
pub(crate) fn intent(text: &str, nesting: usize) -> Option<Intent> {
    let intent = openai::intent(text, nesting)?;
    if !intent.expects.contains(&Expect::Settings) {
        return Some(intent);
    }
    let index = |key: &str| (key == "session").then_some(0);
    let found = fields::<1>(text, nesting, index).ok()?;
    Some(Intent {
        wanted: Some(Box::new(Wanted {
            extras: extras(found.value(0)),
            ..Wanted::default()
        })),
        ..intent
    })
}
