//! Whether two names are used in the same scenes.

use std::ops::Range;

/// Bytes of text that two names of one person are usually used within.
const SCENE: usize = 30_000;

/// A place in the book: chapter and byte.
pub(super) type Place = (usize, usize);

/// The greater of the shares of each name's places that have the other's within a scene.
pub(super) fn shared(one: &[Place], other: &[Place]) -> f32 {
    near(one, other).max(near(other, one))
}

/// The share of places of `one` that have one of `other` within a scene; both are in the order of the book.
fn near(one: &[Place], other: &[Place]) -> f32 {
    let has_near = |&(chapter, at): &Place| {
        let around: Range<Place> = (chapter, at.saturating_sub(SCENE))..(chapter, at + SCENE + 1);
        let first = other.partition_point(|place| *place < around.start);
        other.get(first).is_some_and(|place| *place < around.end)
    };
    let count = one.iter().filter(|place| has_near(place)).count();
    count as f32 / one.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_scene_are_near_and_those_of_other_chapters_are_not() {
        let mother = [(0, 100), (0, 900), (1, 50)];
        assert!(shared(&mother, &[(0, 500)]) > 0.99);
        assert!(shared(&mother, &[(2, 500), (3, 9)]) < 0.01);
    }
}
