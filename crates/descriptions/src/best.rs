//! Which descriptions of a book to illustrate when there are more than pictures: good ones, spread over the book.

/// Where a description stands and how good it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Length of the book before it, in any unit, the same for all.
    pub place: usize,
    /// Its score.
    pub score: f32,
}

/// The best of each of `count` equal stretches of the book; for stretches without any, the best of the rest. Returns
/// indexes into `candidates`, in the order of the book.
#[must_use]
pub fn best(candidates: &[Candidate], count: usize) -> Vec<usize> {
    let mut rest: Vec<usize> = (0..candidates.len()).collect();
    rest.sort_by(|&a, &b| {
        let (a, b) = (candidates[a], candidates[b]);
        b.score.total_cmp(&a.score).then(a.place.cmp(&b.place))
    });
    let end = candidates.iter().map(|one| one.place).max().unwrap_or(0) + 1;
    let mut is_taken = vec![false; count];
    let mut chosen = Vec::with_capacity(count);
    rest.retain(|&index| {
        let stretch = candidates[index].place * count / end;
        let first = is_taken
            .get_mut(stretch)
            .is_some_and(|taken| !std::mem::replace(taken, true));
        if first {
            chosen.push(index);
        }
        !first
    });
    let missing = count.saturating_sub(chosen.len()).min(rest.len());
    chosen.extend_from_slice(&rest[..missing]);
    chosen.sort_by_key(|&index| candidates[index].place);
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places(found: &[(usize, f32)], count: usize) -> Vec<usize> {
        let candidates: Vec<Candidate> = found
            .iter()
            .map(|&(place, score)| Candidate { place, score })
            .collect();
        best(&candidates, count)
            .into_iter()
            .map(|index| candidates[index].place)
            .collect()
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
            found in prop::collection::btree_map(0_usize..100_000, 0.0_f32..1.0, 0..60),
            count in 0_usize..30,
        ) {
            let found: Vec<_> = found.into_iter().collect();
            let chosen = places(&found, count);
            prop_assert_eq!(chosen.len(), count.min(found.len()));
            prop_assert!(chosen.is_sorted_by(|a, b| a < b));
        }
    }
}
