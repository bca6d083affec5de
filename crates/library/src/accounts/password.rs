//! Passwords: what is accepted, and Argon2id away from the async threads.

use std::sync::Arc;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::accounts::breached::BREACHED;
use crate::randomness::Randomness;
use crate::storage::StorageError;

/// Fewest characters of a real user's password (OWASP ASVS 5.0, 6.2.1).
const SHORTEST: usize = 8;
/// Longest password that is hashed, in bytes: a bound on work, far above any real one.
const LONGEST: usize = 1024;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than 8 characters.
    #[error("choose a password of at least 8 characters")]
    TooShort,
    /// More than 1024 bytes.
    #[error("choose a password of at most 1024 bytes")]
    TooLong,
    /// On every list of leaked passwords, or one character again and again.
    #[error("this password is among the most used ones: choose another")]
    Breached,
    /// The address itself.
    #[error("choose a password that is not your address")]
    SameAsEmail,
}

/// Is this good enough for a real user?
pub(crate) fn check_strength(password: &str, email: &str) -> Result<(), WeakPassword> {
    if password.chars().count() < SHORTEST {
        return Err(WeakPassword::TooShort);
    }
    if password.len() > LONGEST {
        return Err(WeakPassword::TooLong);
    }
    let folded = password.to_lowercase();
    if email.trim().to_lowercase() == folded {
        return Err(WeakPassword::SameAsEmail);
    }
    let first = password.chars().next();
    if BREACHED.contains(&folded.as_str()) || password.chars().all(|letter| Some(letter) == first) {
        return Err(WeakPassword::Breached);
    }
    Ok(())
}

/// Argon2id with a bound on how many hashes are computed at once.
#[derive(Clone)]
pub(crate) struct Hashers {
    places: Arc<Semaphore>,
    randomness: Randomness,
    /// A hash that no password matches, verified for unknown users so that they take as long as known ones.
    decoy: Arc<str>,
}

impl Hashers {
    pub(crate) fn new(at_once: usize, randomness: Randomness) -> Result<Self, StorageError> {
        let decoy = hash(&randomness.bytes::<32>(), &randomness.bytes())?;
        Ok(Self {
            places: Arc::new(Semaphore::new(at_once.max(1))),
            randomness,
            decoy: decoy.into(),
        })
    }

    /// The PHC string to store.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, StorageError> {
        let _place = self
            .places
            .acquire()
            .await
            .expect("the semaphore is never closed");
        let password = password.to_owned();
        let salt = self.randomness.bytes();
        tokio::task::spawn_blocking(move || hash(password.as_bytes(), &salt)).await?
    }

    /// Does the password match? Without a stored hash the answer is no, after the same work.
    pub(crate) async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, StorageError> {
        if password.len() > LONGEST {
            return Ok(false);
        }
        let _place = self
            .places
            .acquire()
            .await
            .expect("the semaphore is never closed");
        let password = password.to_owned();
        let known = stored.is_some();
        let stored = stored.unwrap_or(&self.decoy).to_owned();
        let matches = tokio::task::spawn_blocking(move || {
            Argon2::default()
                .verify_password(password.as_bytes(), stored.as_str())
                .is_ok()
        })
        .await?;
        Ok(matches && known)
    }
}

fn hash(password: &[u8], salt: &[u8; 16]) -> Result<String, StorageError> {
    Argon2::default()
        .hash_password_with_salt(password, salt)
        .map(|hash| hash.to_string())
        .map_err(|error| StorageError::Damaged(format!("password hash: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_named() {
        let check = |password: &str| check_strength(password, "anna@example.org");
        assert_eq!(check("short"), Err(WeakPassword::TooShort));
        assert_eq!(check("пароль1"), Err(WeakPassword::TooShort));
        assert_eq!(check("Password123"), Err(WeakPassword::Breached));
        assert_eq!(check("aaaaaaaaaaaa"), Err(WeakPassword::Breached));
        assert_eq!(check("Anna@Example.org"), Err(WeakPassword::SameAsEmail));
        assert_eq!(check(&"x y".repeat(400)), Err(WeakPassword::TooLong));
        assert_eq!(check("мороз и солнце"), Ok(()));
    }

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let hashers = Hashers::new(1, Randomness::seeded(3)).unwrap();
        let stored = hashers.hash("мороз и солнце").await.unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(hashers.verify("мороз и солнце", Some(&stored)).await.unwrap());
        assert!(!hashers.verify("мороз и ветер", Some(&stored)).await.unwrap());
        assert!(!hashers.verify("мороз и солнце", None).await.unwrap());
    }
}
