//! Which descriptions of a new book get a picture without being asked for: good ones, spread over the whole book.

use crate::ids::DescriptionId;

/// A description that may be chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) id: DescriptionId,
    /// Length of the book before it.
    pub(crate) place: usize,
    pub(crate) score: f64,
    pub(crate) seed: u64,
}

/// The best of each of `count` equal stretches of the book, then, for stretches without any, the best of the rest; in
/// the order of the book.
pub(crate) fn choose(candidates: &[Candidate], count: usize) -> Vec<Candidate> {
    let mut rest: Vec<Candidate> = candidates.to_vec();
    rest.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
    let end = rest.iter().map(|one| one.place).max().unwrap_or(0) + 1;
    let mut is_taken = vec![false; count];
    let mut chosen = Vec::with_capacity(count);
    rest.retain(|one| {
        let stretch = one.place * count / end;
        let first = is_taken
            .get_mut(stretch)
            .is_some_and(|taken| !std::mem::replace(taken, true));
        if first {
            chosen.push(*one);
        }
        !first
    });
    let missing = Ord::min(count - Ord::min(count, chosen.len()), rest.len());
    chosen.extend_from_slice(&rest[..missing]);
    chosen.sort_by_key(|one| one.place);
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn candidate((place, score): (usize, f64)) -> Candidate {
        Candidate {
            id: DescriptionId(Uuid::from_u128(place as u128)),
            place,
            score,
            seed: 0,
        }
    }

    fn places(found: &[(usize, f64)], count: usize) -> Vec<usize> {
        let candidates: Vec<Candidate> = found.iter().copied().map(candidate).collect();
        choose(&candidates, count).iter().map(|one| one.place).collect()
    }

    #[test]
    fn each_stretch_gives_its_best() {
        assert_eq!(places(&[(0, 0.9), (10, 0.95), (60, 0.6), (99, 0.7)], 2), [10, 99]);
    }

    #[test]
    fn empty_stretches_are_made_up_for() {
        assert_eq!(places(&[(0, 0.5), (1, 0.9), (2, 0.8), (99, 0.1)], 3), [1, 2, 99]);
        assert_eq!(places(&[], 3), Vec::<usize>::new());
        assert_eq!(places(&[(5, 0.5)], 0), Vec::<usize>::new());
    }

    proptest! {
        #[test]
        fn as_many_as_wanted_and_none_twice(
            found in prop::collection::btree_map(0_usize..100_000, 0.0..1.0_f64, 0..60),
            count in 0_usize..30,
        ) {
            let found: Vec<_> = found.into_iter().collect();
            let chosen = places(&found, count);
            prop_assert_eq!(chosen.len(), count.min(found.len()));
            prop_assert!(chosen.is_sorted_by(|a, b| a < b));
        }
    }
}
