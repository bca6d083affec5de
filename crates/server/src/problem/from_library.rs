//! What the library's errors are on the wire.

use axum::http::{HeaderValue, StatusCode, header};
use library::accounts::{
    AddressError, AuthenticateError, OversightError, RegisterError, ResetError, WeakPassword,
};
use library::annotations::KeepError;
use library::books::AddError;
use library::pictures::RequestError;
use library::positions::PutError;
use library::sessions::RotateError;
use library::{LookupError, StorageError};

use super::Problem;
use crate::wire::Position;

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        anyhow::Error::new(error).into()
    }
}

impl From<LookupError> for Problem {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => Self::not_found("thing"),
            LookupError::Storage(error) => error.into(),
        }
    }
}

impl From<RegisterError> for Problem {
    fn from(error: RegisterError) -> Self {
        let says = error.to_string();
        match error {
            RegisterError::EmailTaken => Self::new(StatusCode::CONFLICT, "email-taken", says),
            RegisterError::InvalidEmail => Self::invalid_field("email", says),
            RegisterError::InvalidName => Self::invalid_field("full_name", says),
            RegisterError::WeakPassword(weak) => Self::weak_password(weak, "password"),
            RegisterError::SignUpClosed => Self::new(StatusCode::FORBIDDEN, "sign-up-closed", says),
            RegisterError::Storage(error) => error.into(),
        }
    }
}

impl From<AddressError> for Problem {
    fn from(error: AddressError) -> Self {
        let says = error.to_string();
        match error {
            AddressError::InvalidEmail => Self::invalid_field("new_email", says),
            AddressError::WrongPassword => Self::wrong_password(),
            AddressError::SpentProof => Self::spent_proof(says),
            AddressError::EmailTaken => Self::new(StatusCode::CONFLICT, "email-taken", says),
            AddressError::Storage(error) => error.into(),
        }
    }
}

impl From<OversightError> for Problem {
    fn from(error: OversightError) -> Self {
        let says = error.to_string();
        match error {
            OversightError::NotFound => Self::not_found("account"),
            OversightError::OwnAccount => Self::new(StatusCode::CONFLICT, "own-account", says),
            OversightError::HigherRank => Self::new(StatusCode::FORBIDDEN, "higher-rank", says),
            OversightError::Storage(error) => error.into(),
        }
    }
}

impl From<ResetError> for Problem {
    fn from(error: ResetError) -> Self {
        let says = error.to_string();
        match error {
            ResetError::SpentProof => Self::spent_proof(says),
            ResetError::WeakPassword(weak) => Self::weak_password(weak, "new_password"),
            ResetError::Storage(error) => error.into(),
        }
    }
}

impl Problem {
    fn spent_proof(says: String) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "link-spent", says.clone()).field("token", says)
    }

    fn weak_password(weak: WeakPassword, field: &str) -> Self {
        let says = weak.to_string();
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "weak-password", says.clone()).field(field, says)
    }
}

impl From<AuthenticateError> for Problem {
    fn from(error: AuthenticateError) -> Self {
        match error {
            AuthenticateError::WrongCredentials => {
                Self::new(StatusCode::UNAUTHORIZED, "wrong-credentials", error.to_string())
            }
            AuthenticateError::Suspended => Self::new(StatusCode::FORBIDDEN, "suspended", error.to_string()),
            AuthenticateError::Storage(error) => error.into(),
        }
    }
}

impl From<RotateError> for Problem {
    fn from(error: RotateError) -> Self {
        let says = error.to_string();
        match error {
            RotateError::Ended => Self::new(StatusCode::UNAUTHORIZED, "session-ended", says),
            RotateError::Reused => Self::new(StatusCode::UNAUTHORIZED, "token-reused", says),
            RotateError::Storage(error) => error.into(),
        }
    }
}

impl From<AddError> for Problem {
    fn from(error: AddError) -> Self {
        let (code, says) = (error.code(), error.to_string());
        match error {
            AddError::Refused(_) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, says),
            AddError::TooLarge { .. } => Self::new(StatusCode::PAYLOAD_TOO_LARGE, code, says),
            AddError::ShelfFull { .. } | AddError::StorageFull { .. } => {
                Self::new(StatusCode::CONFLICT, code, says)
            }
            AddError::Interrupted(_) => Self::new(StatusCode::BAD_REQUEST, code, says),
            AddError::NoSuchUser => Self::token_invalid(),
            AddError::Storage(error) => error.into(),
        }
    }
}

impl From<PutError> for Problem {
    fn from(error: PutError) -> Self {
        let says = error.to_string();
        match error {
            PutError::NotFound => Self::not_found("book"),
            PutError::OutsideBook => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "outside-book", says),
            PutError::Conflict(current) => {
                let problem = Self::new(StatusCode::CONFLICT, "position-conflict", says);
                match current {
                    Some(current) => problem.current(Position::from(current)),
                    None => problem,
                }
            }
            PutError::Storage(error) => error.into(),
        }
    }
}

impl From<KeepError> for Problem {
    fn from(error: KeepError) -> Self {
        let says = error.to_string();
        match error {
            KeepError::NotFound => Self::not_found("book"),
            KeepError::OutsideBook => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "outside-book", says),
            KeepError::TooMany => Self::new(StatusCode::CONFLICT, "too-many-annotations", says),
            KeepError::Storage(error) => error.into(),
        }
    }
}

impl From<RequestError> for Problem {
    fn from(error: RequestError) -> Self {
        let says = error.to_string();
        match error {
            RequestError::NotFound => Self::not_found("description"),
            RequestError::Withdrawn => Self::new(StatusCode::GONE, "withdrawn", says),
            RequestError::QuotaSpent(spent) => Self::new(StatusCode::TOO_MANY_REQUESTS, "quota", says)
                .header(
                    header::RETRY_AFTER,
                    HeaderValue::from(spent.wait.num_seconds().max(1)),
                ),
            RequestError::BudgetSpent(spent) => Self::new(StatusCode::TOO_MANY_REQUESTS, "budget", says)
                .header(
                    header::RETRY_AFTER,
                    HeaderValue::from(spent.wait.num_seconds().max(1)),
                ),
            RequestError::Storage(error) => error.into(),
        }
    }
}
