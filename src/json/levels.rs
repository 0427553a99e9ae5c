//! Which brackets are open, a bit a level.

use super::scan::MAX_NESTING;

/// Which of the open levels are objects; the others are arrays.
#[derive(Default)]
pub(super) struct Levels {
    pub(super) depth: usize,
    objects: [u64; MAX_NESTING / 64],
}

impl Levels {
    pub(super) fn push(&mut self, object: bool) {
        let bit = 1 << (self.depth % 64);
        if let Some(word) = self.objects.get_mut(self.depth / 64) {
            *word = if object { *word | bit } else { *word & !bit };
        }
        self.depth += 1;
    }

    pub(super) fn in_object(&self) -> bool {
        let top = self.depth.wrapping_sub(1);
        self.objects
            .get(top / 64)
            .is_some_and(|word| word & (1 << (top % 64)) != 0)
    }
}
