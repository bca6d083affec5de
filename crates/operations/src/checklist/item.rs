//! The lines of the checklist, as they are embedded in the binary.

use serde::{Deserialize, Serialize};

const ITEMS: &str = include_str!("items.toml");

/// The whole checklist, in the document's order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// The document's own version.
    pub version: String,
    /// Its lines.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// One requirement of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its name, such as `DB-4`.
    pub id: String,
    /// The part of the document: `pre-deployment`, `deployment`, `post-deployment`, ...
    pub phase: String,
    /// The part of the phase: `database`, `immediate`, ...
    pub section: String,
    /// The line or lines of the document.
    pub line: String,
    /// The document's own words.
    pub quote: String,
    /// Who can answer.
    pub kind: Kind,
    /// The check that answers; `None` only where a person must.
    pub check: Option<String>,
}

/// Who can answer a line of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A program, with the real parts on one machine.
    Automatic,
    /// A program, against a local stand-in of an outside service.
    StandIn,
    /// A person, by name.
    Attested,
}

/// There is no such part of the document.
#[derive(Debug, thiserror::Error)]
#[error("there is no phase `{asked}`; there are: {}", known.join(", "))]
pub struct UnknownPhase {
    asked: String,
    known: Vec<String>,
}

impl Checklist {
    /// The checklist of this release.
    pub fn embedded() -> Self {
        toml::from_str(ITEMS).expect("a test reads the embedded items")
    }

    /// The line of this name; case does not matter.
    pub fn find(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id.eq_ignore_ascii_case(id))
    }

    /// The lines of a phase or of a section of one, in order.
    ///
    /// # Errors
    /// When neither is called that.
    pub fn part(&self, name: &str) -> Result<Vec<&Item>, UnknownPhase> {
        let items: Vec<&Item> = self
            .items
            .iter()
            .filter(|item| item.phase == name || item.section == name)
            .collect();
        if items.is_empty() {
            let mut known: Vec<String> = Vec::new();
            for name in self.items.iter().flat_map(|item| [&item.phase, &item.section]) {
                if !known.contains(name) {
                    known.push(name.clone());
                }
            }
            return Err(UnknownPhase {
                asked: name.to_owned(),
                known,
            });
        }
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::checks::Check;

    #[test]
    fn every_requirement_of_the_document_is_there_once() {
        let checklist = Checklist::embedded();
        let ids: HashSet<&str> = checklist.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!((checklist.items.len(), ids.len()), (185, 185));
        let of = |kind| checklist.items.iter().filter(|item| item.kind == kind).count();
        assert_eq!(
            [Kind::Automatic, Kind::StandIn, Kind::Attested].map(of),
            [164, 19, 2]
        );
    }

    #[test]
    fn only_what_a_person_must_attest_has_no_check() {
        for item in Checklist::embedded().items {
            assert_eq!(item.check.is_none(), item.kind == Kind::Attested, "{}", item.id);
        }
    }

    #[test]
    fn every_check_stands_behind_a_line() {
        let checklist = Checklist::embedded();
        for check in Check::ALL {
            let named = |item: &Item| item.check.as_deref() == Some(check.name());
            assert!(checklist.items.iter().any(named), "{}", check.name());
        }
    }

    #[test]
    fn a_part_is_a_phase_or_a_section() {
        let checklist = Checklist::embedded();
        assert_eq!(checklist.part("pre-deployment").unwrap().len(), 52);
        assert_eq!(checklist.part("immediate").unwrap().len(), 13);
        let refusal = checklist.part("prelude").unwrap_err().to_string();
        assert!(refusal.contains("pre-deployment") && refusal.contains("immediate"));
    }
}
