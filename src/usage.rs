//! Usage: tokens and seconds, as the provider counts them.

use crate::{heap::Heap, rare::Blank};
use alloc::string::String;
use core::ops::AddAssign;
use serde::{Deserialize, Serialize};

/// What was consumed, as the provider counts it; 0 where it says nothing.
///
/// In JSON, everything but `input`, `output` and `total_tokens` is omitted while it is 0 or absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Usage {
    /// Tokens that went in, the cached ones included.
    pub input: Tokens,
    /// Tokens that came out, thoughts included where the provider counts them so.
    pub output: Tokens,
    /// The total as sent; not always `input.total + output.total`.
    pub total_tokens: u64,
    /// The part of `input` that was read from a cache; never to be added to it.
    #[serde(skip_serializing_if = "Tokens::is_zero")]
    pub cached: Tokens,
    /// Tokens written to a cache.
    #[serde(skip_serializing_if = "Tokens::is_zero")]
    pub cache_write: Tokens,
    /// Tokens that the results of built-in tools put into the prompt (Gemini).
    #[serde(skip_serializing_if = "is_zero")]
    pub tool_prompt: u64,
    /// Tokens of input transcription, which are billed apart from `input` and `output`.
    #[serde(skip_serializing_if = "Tokens::is_zero")]
    pub transcription: Tokens,
    /// Seconds of audio, where the provider counts time in place of tokens.
    #[serde(skip_serializing_if = "is_no_time")]
    pub seconds: f64,
    /// The model that is billed, where it is named; in a sum, the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The price, in the currency of the provider, where it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// A number of tokens, with its parts by kind where the provider splits it.
///
/// The parts need not add up to `total`: a provider may name some and not others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Tokens {
    /// All of them.
    pub total: u64,
    /// Of text.
    #[serde(skip_serializing_if = "is_zero")]
    pub text: u64,
    /// Of audio.
    #[serde(skip_serializing_if = "is_zero")]
    pub audio: u64,
    /// Of images.
    #[serde(skip_serializing_if = "is_zero")]
    pub image: u64,
    /// Of video.
    #[serde(skip_serializing_if = "is_zero")]
    pub video: u64,
    /// Of thoughts (reasoning).
    #[serde(skip_serializing_if = "is_zero")]
    pub thought: u64,
}

impl Usage {
    /// Input tokens that were not read from a cache.
    ///
    /// That is `input` less `cached`, kind by kind: cached tokens are a subset of the input tokens in every dialect here, so this is the part
    /// that is billed in full. Never below 0, whatever the provider sent.
    #[must_use]
    pub fn uncached(&self) -> Tokens {
        self.input.zip(self.cached, u64::saturating_sub)
    }
}

impl Blank for Usage {
    const BLANK: &'static Self = &Self {
        input: Tokens::ZERO,
        output: Tokens::ZERO,
        total_tokens: 0,
        cached: Tokens::ZERO,
        cache_write: Tokens::ZERO,
        tool_prompt: 0,
        transcription: Tokens::ZERO,
        seconds: 0.0,
        model: None,
        cost: None,
    };
}

impl Heap for Usage {
    fn heap(&self) -> usize {
        self.model.heap()
    }
}

/// Adds another account to this one; numbers saturate.
impl AddAssign<&Self> for Usage {
    fn add_assign(&mut self, other: &Self) {
        self.input += other.input;
        self.output += other.output;
        self.total_tokens = self.total_tokens.saturating_add(other.total_tokens);
        self.cached += other.cached;
        self.cache_write += other.cache_write;
        self.tool_prompt = self.tool_prompt.saturating_add(other.tool_prompt);
        self.transcription += other.transcription;
        self.seconds += other.seconds;
        if other.model.is_some() {
            self.model.clone_from(&other.model);
        }
        if let Some(cost) = other.cost {
            *self.cost.get_or_insert(0.0) += cost;
        }
    }
}

impl Tokens {
    const ZERO: Self = Self {
        total: 0,
        text: 0,
        audio: 0,
        image: 0,
        video: 0,
        thought: 0,
    };

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }

    fn zip(self, other: Self, combine: impl Fn(u64, u64) -> u64) -> Self {
        Self {
            total: combine(self.total, other.total),
            text: combine(self.text, other.text),
            audio: combine(self.audio, other.audio),
            image: combine(self.image, other.image),
            video: combine(self.video, other.video),
            thought: combine(self.thought, other.thought),
        }
    }
}

/// Adds kind by kind; numbers saturate.
impl AddAssign for Tokens {
    fn add_assign(&mut self, other: Self) {
        *self = self.zip(other, u64::saturating_add);
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_no_time(seconds: &f64) -> bool {
    seconds.abs() < f64::MIN_POSITIVE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_saturate_and_keep_the_last_model() {
        let mut sum = Usage {
            total_tokens: u64::MAX,
            cost: Some(0.5),
            ..Usage::default()
        };
        let input = Tokens {
            total: 10,
            audio: 4,
            ..Tokens::default()
        };
        let model = Some(String::from("gpt-realtime"));
        sum += &Usage {
            input,
            total_tokens: 1,
            model: model.clone(),
            ..Usage::default()
        };
        sum += &Usage {
            input,
            seconds: 1.5,
            cost: Some(0.25),
            ..Usage::default()
        };
        assert_eq!(
            sum.input,
            Tokens {
                total: 20,
                audio: 8,
                ..Tokens::default()
            }
        );
        assert_eq!(
            (sum.total_tokens, sum.seconds, sum.cost),
            (u64::MAX, 1.5, Some(0.75))
        );
        assert_eq!(sum.model, model);
    }

    #[test]
    fn uncached_is_what_is_left_of_the_input() {
        let input = Tokens {
            total: 100,
            text: 60,
            audio: 40,
            ..Tokens::default()
        };
        let cached = Tokens {
            total: 70,
            text: 64,
            ..Tokens::default()
        };
        let usage = Usage {
            input,
            cached,
            ..Usage::default()
        };
        assert_eq!(
            usage.uncached(),
            Tokens {
                total: 30,
                audio: 40,
                ..Tokens::default()
            }
        );
    }

    #[test]
    fn zeros_are_omitted_in_json() {
        let usage = Usage {
            tool_prompt: 3,
            ..Usage::default()
        };
        let json = r#"{"input":{"total":0},"output":{"total":0},"total_tokens":0,"tool_prompt":3}"#;
        assert_eq!(serde_json::to_string(&usage).unwrap(), json);
        assert_eq!(serde_json::from_str::<Usage>(json).unwrap(), usage);
    }
}
