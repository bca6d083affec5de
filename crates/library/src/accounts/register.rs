//! A new account.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, SqlErr};

use crate::Library;
use crate::accounts::password::{WeakPassword, check_strength};
use crate::accounts::profile::tell;
use crate::accounts::synthetic::is_synthetic;
use crate::accounts::{Language, Role, User, fold_email};
use crate::mail::Letter;
use crate::storage::StorageError;
use crate::storage::entity::{session_family, user};

/// Longest address, in bytes (RFC 5321 section 4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;
/// Longest name, in characters.
const LONGEST_NAME: usize = 200;

/// What a newcomer says.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The address, which is also the name to sign in with.
    pub email: String,
    /// The password in the clear.
    pub password: String,
    /// The name to show.
    pub full_name: String,
    /// The language of letters.
    pub language: Language,
}

/// Why there is no new account.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Somebody has this address.
    #[error("this address already has an account: sign in instead")]
    EmailTaken,
    /// Not an address.
    #[error("give an address of the form name@example.org")]
    InvalidEmail,
    /// Empty or too long.
    #[error("give a name of 1 to 200 characters")]
    InvalidName,
    /// Too easily guessed.
    #[error(transparent)]
    WeakPassword(#[from] WeakPassword),
    /// Strangers may not register here.
    #[error("registration is closed: ask the administrator for an account")]
    SignUpClosed,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<sea_orm::DbErr> for RegisterError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Storage(error.into())
    }
}

/// Registers a newcomer as a reader.
///
/// A synthetic address may be registered again: it gets the password now given and loses its sign-ins.
///
/// # Errors
/// See [`RegisterError`].
pub async fn register(library: &Library, new: NewUser) -> Result<User, RegisterError> {
    if is_synthetic(&library.config().accounts, &new.email) {
        return register_synthetic(library, new).await;
    }
    if !library.config().accounts.sign_up_open {
        return Err(RegisterError::SignUpClosed);
    }
    insert_checked(library, new, Role::Reader, Vouched::Nobody).await
}

/// Creates an account with the given role: the administrator's way, open even where registration is closed.
///
/// # Errors
/// See [`RegisterError`].
pub async fn create(library: &Library, new: NewUser, role: Role) -> Result<User, RegisterError> {
    insert_checked(library, new, role, Vouched::Administrator).await
}

/// Who says that the address is the newcomer's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vouched {
    Nobody,
    Administrator,
    /// Synthetic accounts get no letters at all.
    Synthetic,
}

async fn insert_checked(
    library: &Library,
    new: NewUser,
    role: Role,
    vouched: Vouched,
) -> Result<User, RegisterError> {
    check_address(&new.email)?;
    check_name(&new.full_name)?;
    check_strength(&new.password, &new.email)?;
    let hash = library.hashers().hash(&new.password).await?;
    insert(library, new, role, vouched, hash).await
}

async fn register_synthetic(library: &Library, new: NewUser) -> Result<User, RegisterError> {
    check_name(&new.full_name)?;
    if new.password.is_empty() {
        return Err(WeakPassword::TooShort.into());
    }
    let hash = library.hashers().hash(&new.password).await?;
    match insert(
        library,
        new.clone(),
        Role::Reader,
        Vouched::Synthetic,
        hash.clone(),
    )
    .await
    {
        Err(RegisterError::EmailTaken) => renew(library, new, hash).await,
        other => other,
    }
}

async fn insert(
    library: &Library,
    new: NewUser,
    role: Role,
    vouched: Vouched,
    hash: String,
) -> Result<User, RegisterError> {
    let now = library.now();
    let row = user::ActiveModel {
        id: Set(library.fresh_id()),
        email_folded: Set(fold_email(&new.email)),
        email: Set(new.email.trim().to_owned()),
        full_name: Set(new.full_name.trim().to_owned()),
        password_hash: Set(hash),
        role: Set(role.name().to_owned()),
        suspended_at: Set(None),
        suspension_reason: Set(None),
        synthetic: Set(vouched == Vouched::Synthetic),
        email_verified_at: Set((vouched == Vouched::Administrator).then_some(now)),
        language: Set(new.language.name().to_owned()),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let transaction = library.db().write().await?;
    match row.insert(&transaction).await {
        Ok(row) => {
            if vouched == Vouched::Nobody {
                tell(library, &transaction, &row, Letter::ConfirmAddress {}).await?;
            }
            transaction.commit().await?;
            library.announce_work();
            Ok(User::from_row(row)?)
        }
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Err(RegisterError::EmailTaken)
        }
        Err(error) => Err(error.into()),
    }
}

/// The same synthetic account again. An account that was made while the address was not reserved stays as it is.
async fn renew(library: &Library, new: NewUser, hash: String) -> Result<User, RegisterError> {
    let now = library.now();
    let transaction = library.db().write().await?;
    let row = user::Entity::find()
        .filter(user::Column::EmailFolded.eq(fold_email(&new.email)))
        .filter(user::Column::Synthetic.eq(true))
        .one(&transaction)
        .await?
        .ok_or(RegisterError::EmailTaken)?;
    session_family::Entity::delete_many()
        .filter(session_family::Column::UserId.eq(row.id))
        .exec(&transaction)
        .await?;
    let mut row: user::ActiveModel = row.into();
    row.password_hash = Set(hash);
    row.full_name = Set(new.full_name.trim().to_owned());
    row.updated_at = Set(now);
    let row = row.update(&transaction).await?;
    transaction.commit().await?;
    Ok(User::from_row(row)?)
}

/// The shape of an address (HTML's definition of a valid one, with a dot in the domain), without asking the network.
pub(super) fn check_address(email: &str) -> Result<(), RegisterError> {
    let email = email.trim();
    let (local, domain) = email.rsplit_once('@').ok_or(RegisterError::InvalidEmail)?;
    let local_is_fine = !local.is_empty()
        && local.len() <= 64
        && local
            .chars()
            .all(|letter| letter.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(letter));
    let domain_is_fine = domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|letter| letter.is_alphanumeric() || letter == '-')
        });
    if email.len() <= LONGEST_EMAIL && local_is_fine && domain_is_fine {
        Ok(())
    } else {
        Err(RegisterError::InvalidEmail)
    }
}

pub(crate) fn check_name(name: &str) -> Result<(), RegisterError> {
    let name = name.trim();
    let is_fine = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if is_fine {
        Ok(())
    } else {
        Err(RegisterError::InvalidName)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_shape() {
        for good in [
            "anna@example.org",
            "анна@пример.рф",
            "a.b+c@x.co.uk",
            " padded@example.org ",
        ] {
            assert!(check_address(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "anna",
            "@example.org",
            "anna@",
            "anna@localhost",
            "a b@example.org",
            "a@b..c",
            "a@-b.org",
        ] {
            assert!(check_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_are_one_line_of_text() {
        assert!(check_name("Анна Аркадьевна").is_ok());
        assert!(check_name("   ").is_err());
        assert!(check_name("a\u{0}b").is_err());
        assert!(check_name(&"я".repeat(201)).is_err());
    }
}
