//! The two blocks of a woodcut: which tint lies under the black one.

use crate::offline::colour::{Colour, hex};

/// Tints of the colour block, from which each shape takes the nearest in kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tints {
    pub(crate) paper: Colour,
    pub(crate) warm: Colour,
    pub(crate) cool: Colour,
}

/// Tints of the day and of the night.
pub(crate) fn tints(night: bool) -> Tints {
    if night {
        Tints {
            paper: hex(0xefe6cf),
            warm: hex(0xe3ad4a),
            cool: hex(0x86a3ae),
        }
    } else {
        Tints {
            paper: hex(0xf1e8d3),
            warm: hex(0xdfae62),
            cool: hex(0xb4c4bb),
        }
    }
}

impl Tints {
    /// The tint of a thing that the eye sees in this colour.
    pub(crate) fn of(self, seen: Colour) -> Colour {
        // What is nearly white, a face among it, keeps most of the paper.
        let pale = ((seen.brightness() - 0.62) / 0.3).clamp(0.0, 1.0);
        let strength = ((seen.saturation() - 0.10) * 3.2).clamp(0.0, 1.0) * (1.0 - 0.6 * pale);
        if seen.warmth() > 0.0 {
            self.paper.mix(self.warm, strength)
        } else {
            self.paper.mix(self.cool, (strength * 1.3).min(1.0))
        }
    }
}
