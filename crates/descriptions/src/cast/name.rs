//! The parts of a person's name.

use crate::Gender;

/// The parts of a name, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) title: Option<Title>,
    /// The given name as it was used: `стива`.
    pub(super) form: Option<String>,
    /// Full forms the given name may stand for; empty when there is none.
    pub(super) given: Vec<String>,
    /// In full: `аркадьевич`.
    pub(super) patronymic: Option<String>,
    /// A man's form where the language has two: `каренин`.
    pub(super) surname: Option<String>,
    /// What the form of the name itself says.
    pub(super) gender: Option<Gender>,
}

/// Titles that tell people of one surname apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Title {
    /// A man's, or a calling: `князь`, `Captain`.
    Mister,
    Missis,
    Miss,
    /// One that goes with a given name: `Sir`, `Uncle`, `отец`.
    Familiar,
}

impl Name {
    /// Number of parts beside the title.
    pub(super) fn parts(&self) -> usize {
        usize::from(!self.given.is_empty())
            + usize::from(self.patronymic.is_some())
            + usize::from(self.surname.is_some())
    }

    /// Only a given name, whatever title stands before it.
    pub(super) fn is_given_alone(&self) -> bool {
        self.parts() == 1 && !self.given.is_empty()
    }

    /// Only a surname, whatever title stands before it.
    pub(super) fn is_surname_alone(&self) -> bool {
        self.parts() == 1 && self.surname.is_some()
    }

    /// Whether two names can be one person's.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        let given = self.given.is_empty()
            || other.given.is_empty()
            || self.given.iter().any(|full| other.given.contains(full));
        let gender = self.gender.is_none() || other.gender.is_none() || self.gender == other.gender;
        let unmarried =
            |one: &Self, other: &Self| one.title == Some(Title::Miss) && other.title == Some(Title::Missis);
        let marriage = self.has_same_given(other) || !(unmarried(self, other) || unmarried(other, self));
        given
            && gender
            && marriage
            && !differ(&self.patronymic, &other.patronymic)
            && !differ(&self.surname, &other.surname)
    }

    fn has_same_given(&self, other: &Self) -> bool {
        self.given.iter().any(|full| other.given.contains(full))
    }

    /// How much two names have in common; 0 when nothing. The same form of a given name says more than another of its forms.
    pub(super) fn likeness(&self, other: &Self) -> usize {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        let given = if same(&self.form, &other.form) {
            3
        } else if self.has_same_given(other) {
            2
        } else {
            0
        };
        given
            + 4 * usize::from(same(&self.patronymic, &other.patronymic))
            + 4 * usize::from(same(&self.surname, &other.surname))
    }

    /// Whether a given name is all two names share though each says more: `Николай Иванович` and `Николай Левин`.
    pub(super) fn shares_only_a_common_name(&self, other: &Self) -> bool {
        let apart = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_none();
        let more = |one: &Self, other: &Self| {
            apart(&one.patronymic, &other.patronymic) || apart(&one.surname, &other.surname)
        };
        self.likeness(other) <= 3 && self.has_same_given(other) && more(self, other) && more(other, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(given: &str, patronymic: &str, surname: &str) -> Name {
        let part = |part: &str| (!part.is_empty()).then(|| part.to_owned());
        Name {
            form: part(given),
            given: part(given).into_iter().collect(),
            patronymic: part(patronymic),
            surname: part(surname),
            ..Name::default()
        }
    }

    #[test]
    fn a_surname_is_one_thing_in_common_and_a_given_name_another() {
        let full = name("анна", "аркадьевна", "каренин");
        assert!(full.likeness(&name("", "", "каренин")) > full.likeness(&name("анна", "", "")));
        assert_eq!(full.likeness(&name("", "", "вронский")), 0);
    }

    #[test]
    fn namesakes_with_different_surnames_and_patronymics_share_only_a_common_name() {
        let levin = name("николай", "", "левин");
        assert!(levin.shares_only_a_common_name(&name("николай", "иванович", "")));
        assert!(!levin.shares_only_a_common_name(&name("николай", "", "")));
        assert!(!levin.shares_only_a_common_name(&name("николай", "дмитриевич", "левин")));
    }

    #[test]
    fn an_unmarried_woman_is_not_the_married_one_of_her_surname() {
        let titled = |title| Name {
            title: Some(title),
            ..name("", "", "bennet")
        };
        assert!(!titled(Title::Miss).agrees(&titled(Title::Missis)));
        assert!(titled(Title::Miss).agrees(&name("jane", "", "bennet")));
    }
}
