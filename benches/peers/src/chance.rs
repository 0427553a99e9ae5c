//! Numbers that look like chance and are always the same.

/// A stream of such numbers.
#[derive(Debug)]
pub(crate) struct Chance(u64);

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const WORDS: [&str; 12] = [
    " we",
    " open",
    " at",
    " seven",
    " on",
    " weekdays",
    " and",
    " later",
    " naïve",
    " façade",
    ",",
    " then",
];

impl Chance {
    /// The stream of this seed.
    pub(crate) fn new(seed: usize) -> Self {
        Self(seed as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a usize")
    }

    /// An identifier of so many letters and digits.
    pub(crate) fn letters(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(LETTERS[self.below(LETTERS.len())]))
            .collect()
    }

    /// A UUID, as some services name things.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xFFFF,
            high & 0xFFFF,
            low >> 48,
            low & 0xFFFF_FFFF_FFFF
        )
    }

    /// As much as one delta says: one to four words.
    pub(crate) fn words(&mut self) -> String {
        let count = 1 + self.below(4);
        (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect()
    }

    /// So many bytes of sound.
    pub(crate) fn sound(&mut self, bytes: usize) -> Vec<u8> {
        (0..bytes.div_ceil(8))
            .flat_map(|_| self.next().to_le_bytes())
            .take(bytes)
            .collect()
    }
}
