//! Who walks the journeys.

/// An account for the journeys.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub(super) email: String,
    pub(super) password: String,
    pub(super) full_name: String,
    pub(super) throw_away: bool,
}

impl Account {
    /// The checklist's own account, which the embedded default reserves for smoke tests: it may be
    /// registered again and again. A production profile refuses it.
    pub fn synthetic() -> Self {
        Self {
            email: "smoke-test@example.com".to_owned(),
            password: "test123".to_owned(),
            full_name: "Test User".to_owned(),
            throw_away: false,
        }
    }

    /// An account that did not exist before and is removed afterwards, made from 24 random bytes.
    pub fn throw_away(random: [u8; 24]) -> Self {
        let (name, password) = random.split_at(8);
        Self {
            email: format!("smoke-{}@example.com", hex::encode(name)),
            password: format!("Sm0ke-{}", hex::encode(password)),
            full_name: "Smoke Test".to_owned(),
            throw_away: true,
        }
    }

    /// Its address.
    pub fn email(&self) -> &str {
        &self.email
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Account")
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_hides_the_password() {
        let account = Account::throw_away([7; 24]);
        assert!(!format!("{account:?}").contains(&account.password));
    }
}
