//! From heads that were each chosen alone to a tree.

use crate::annotation::AnnotatedToken;
use crate::{Token, Upos};

/// Heads of one sentence as a tree: one root, every way up ends there. Heads that already make a tree stay.
///
/// A cycle is cut where its head word most likely is: at a verb, else a nominal, else its first token. Of
/// several roots the first verb stays (else the first root), and the others hang on it.
pub(crate) fn repaired(tokens: &[AnnotatedToken]) -> Vec<Token> {
    let mut heads: Vec<Option<usize>> = tokens
        .iter()
        .enumerate()
        .map(|(index, token)| {
            let head = (token.head as usize).checked_sub(1)?;
            (head != index && head < tokens.len()).then_some(head)
        })
        .collect();
    cut_cycles(tokens, &mut heads);
    let root = best_root(
        tokens,
        heads
            .iter()
            .enumerate()
            .filter(|(_, head)| head.is_none())
            .map(|(i, _)| i),
    );
    tokens
        .iter()
        .zip(heads)
        .enumerate()
        .map(|(index, (token, head))| {
            let (head, relation) = match head {
                Some(head) if token.relation == "root" => (Some(head), "dep"),
                Some(head) => (Some(head), token.relation),
                None if Some(index) == root => (None, "root"),
                None => (root, relation_of_second_root(token)),
            };
            Token {
                range: token.range(),
                lemma: token.lemma.clone(),
                pos: token.pos,
                features: token.features.clone(),
                head,
                relation,
            }
        })
        .collect()
}

fn relation_of_second_root(token: &AnnotatedToken) -> &'static str {
    match (token.relation, token.pos) {
        (_, Upos::Punctuation) => "punct",
        ("root", _) => "parataxis",
        (relation, _) => relation,
    }
}

fn best_root(tokens: &[AnnotatedToken], candidates: impl Iterator<Item = usize>) -> Option<usize> {
    candidates.min_by_key(|&index| {
        let rank = match tokens[index].pos {
            Upos::Verb => 0,
            Upos::Auxiliary | Upos::Adjective => 1,
            Upos::Noun | Upos::ProperNoun | Upos::Pronoun => 2,
            Upos::Punctuation => 4,
            _ => 3,
        };
        let chosen_by_model = tokens[index].relation == "root" && tokens[index].head == 0;
        (!chosen_by_model, rank, index)
    })
}

/// Walks up from every token; a walk that meets itself is a cycle, which is cut at its best root.
fn cut_cycles(tokens: &[AnnotatedToken], heads: &mut [Option<usize>]) {
    const UNSEEN: usize = usize::MAX;
    let mut walk_of = vec![UNSEEN; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while walk_of[at] == UNSEEN {
            walk_of[at] = start;
            match heads[at] {
                Some(head) => at = head,
                None => break,
            }
        }
        if walk_of[at] != start || heads[at].is_none() {
            continue;
        }
        let mut cycle = vec![at];
        while let Some(next) = heads[cycle[cycle.len() - 1]].filter(|next| *next != at) {
            cycle.push(next);
        }
        if let Some(root) = best_root(tokens, cycle.into_iter()) {
            heads[root] = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Features, NameTag};
    use proptest::prelude::*;

    fn token(head: u32, pos: Upos, relation: &'static str) -> AnnotatedToken {
        AnnotatedToken {
            start: 0,
            end: 1,
            lemma: "а".into(),
            pos,
            features: Features::NONE,
            head,
            relation,
            name: NameTag::Outside,
        }
    }

    fn heads(tokens: &[Token]) -> Vec<Option<usize>> {
        tokens.iter().map(|token| token.head).collect()
    }

    #[test]
    fn a_tree_stays_as_it_is() {
        let tokens = [
            token(2, Upos::Noun, "nsubj"),
            token(0, Upos::Verb, "root"),
            token(2, Upos::Noun, "obj"),
        ];
        let tree = repaired(&tokens);
        assert_eq!(heads(&tree), [Some(1), None, Some(1)]);
        assert_eq!(tree[2].relation, "obj");
    }

    #[test]
    fn a_cycle_without_a_root_is_cut_at_its_verb() {
        let tokens = [token(2, Upos::Noun, "nsubj"), token(1, Upos::Verb, "conj")];
        let tree = repaired(&tokens);
        assert_eq!(heads(&tree), [Some(1), None]);
        assert_eq!(tree[1].relation, "root");
    }

    #[test]
    fn a_second_root_hangs_on_the_first() {
        let tokens = [
            token(0, Upos::Verb, "root"),
            token(0, Upos::Verb, "root"),
            token(0, Upos::Punctuation, "root"),
        ];
        let tree = repaired(&tokens);
        assert_eq!(heads(&tree), [None, Some(0), Some(0)]);
        assert_eq!((tree[1].relation, tree[2].relation), ("parataxis", "punct"));
    }

    proptest! {
        #[test]
        fn any_heads_become_a_tree(numbers in prop::collection::vec(0u32..12, 1..12)) {
            let tokens: Vec<AnnotatedToken> =
                numbers.iter().map(|&head| token(head, Upos::ALL[head as usize], "dep")).collect();
            let tree = repaired(&tokens);
            prop_assert_eq!(tree.iter().filter(|token| token.head.is_none()).count(), 1);
            for start in 0..tree.len() {
                let mut steps = 0;
                let mut at = start;
                while let Some(head) = tree[at].head {
                    at = head;
                    steps += 1;
                    prop_assert!(steps <= tree.len(), "no way up from {}", start);
                }
            }
        }
    }
}
