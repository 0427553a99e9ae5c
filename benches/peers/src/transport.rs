//! What any transport pays for a frame, whoever reads it: TLS, as AES-128-GCM.

use std::{fmt, hint::black_box};

/// The additional data of a TLS 1.3 record: its header.
const HEADER: [u8; 5] = [23, 3, 3, 0, 0];

/// Whose cryptography; both are ready-made providers of rustls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Provider {
    Ring,
    AwsLc,
}

impl Provider {
    pub(crate) const ALL: [Self; 2] = [Self::Ring, Self::AwsLc];

    /// Its name in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ring => "aes (ring)",
            Self::AwsLc => "aes (aws-lc-rs)",
        }
    }
}

/// A key and the frames that it seals again and again.
pub(crate) struct Tls {
    key: Key,
    frames: Vec<Vec<u8>>,
    sealed: u64,
}

#[expect(
    clippy::large_enum_variant,
    reason = "there is one, and it is measured without an indirection"
)]
enum Key {
    Ring(ring::aead::LessSafeKey),
    AwsLc(aws_lc_rs::aead::LessSafeKey),
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

impl Tls {
    /// A transport of these frames.
    pub(crate) fn new(provider: Provider, frames: &[String]) -> Self {
        Self {
            key: Key::new(provider),
            frames: frames.iter().map(|frame| frame.as_bytes().into()).collect(),
            sealed: 0,
        }
    }

    /// Seals the frame of this number in place. Opening one costs the same.
    pub(crate) fn seal(&mut self, number: usize) {
        self.sealed += 1;
        let mut nonce = [0; 12];
        nonce[4..].copy_from_slice(&self.sealed.to_be_bytes());
        self.key.seal(nonce, &mut self.frames[number]);
    }
}

impl Key {
    fn new(provider: Provider) -> Self {
        match provider {
            Provider::Ring => {
                use ring::aead::{AES_128_GCM, LessSafeKey, UnboundKey};
                let key = UnboundKey::new(&AES_128_GCM, &[7; 16]).expect("16 bytes");
                Self::Ring(LessSafeKey::new(key))
            }
            Provider::AwsLc => {
                use aws_lc_rs::aead::{AES_128_GCM, LessSafeKey, UnboundKey};
                let key = UnboundKey::new(&AES_128_GCM, &[7; 16]).expect("16 bytes");
                Self::AwsLc(LessSafeKey::new(key))
            }
        }
    }

    fn seal(&self, nonce: [u8; 12], frame: &mut [u8]) {
        match self {
            Self::Ring(key) => {
                use ring::aead::{Aad, Nonce};
                let nonce = Nonce::assume_unique_for_key(nonce);
                let tag = key.seal_in_place_separate_tag(nonce, Aad::from(HEADER), frame);
                black_box(tag.expect("a short frame").as_ref());
            }
            Self::AwsLc(key) => {
                use aws_lc_rs::aead::{Aad, Nonce};
                let nonce = Nonce::assume_unique_for_key(nonce);
                let tag = key.seal_in_place_separate_tag(nonce, Aad::from(HEADER), frame);
                black_box(tag.expect("a short frame").as_ref());
            }
        }
        black_box(frame);
    }
}
