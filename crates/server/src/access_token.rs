//! Access tokens: JSON Web Tokens (RFC 7519) signed with one key and read with several, so that keys can be rotated.

use std::sync::Arc;

use chrono::TimeDelta;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use library::accounts::Role;
use library::clock::Clock;
use library::ids::{SessionId, UserId};
use serde::{Deserialize, Serialize};

const ISSUER: &str = "bookreader";
/// RFC 7518 section 3.2: a key of at least the size of the hash.
const SHORTEST_SECRET: usize = 32;

/// A key with the name that tokens carry as `kid`.
#[derive(Clone)]
pub struct TokenKey {
    id: String,
    algorithm: Algorithm,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

/// Why a key is refused.
#[derive(Debug, thiserror::Error)]
pub enum TokenKeyError {
    /// Too easy to guess.
    #[error("the secret of token key {id:?} needs at least 32 bytes")]
    TooShort {
        /// Name of the key.
        id: String,
    },
    /// Not a key in PEM form.
    #[error("token key {id:?} is not an Ed25519 key in PEM form")]
    Unreadable {
        /// Name of the key.
        id: String,
        /// Why.
        source: jsonwebtoken::errors::Error,
    },
}

impl TokenKey {
    /// A shared secret for HMAC-SHA-256.
    ///
    /// # Errors
    /// When it is shorter than 32 bytes.
    pub fn hs256(id: impl Into<String>, secret: &[u8]) -> Result<Self, TokenKeyError> {
        let id = id.into();
        if secret.len() < SHORTEST_SECRET {
            return Err(TokenKeyError::TooShort { id });
        }
        let (encoding, decoding) = (EncodingKey::from_secret(secret), DecodingKey::from_secret(secret));
        Ok(Self {
            id,
            algorithm: Algorithm::HS256,
            encoding,
            decoding,
        })
    }

    /// An Ed25519 key pair: the private key as PKCS #8 PEM, the public one as SPKI PEM.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn ed25519(
        id: impl Into<String>,
        private_pem: &[u8],
        public_pem: &[u8],
    ) -> Result<Self, TokenKeyError> {
        let id = id.into();
        let unreadable = |source| TokenKeyError::Unreadable {
            id: id.clone(),
            source,
        };
        let encoding = EncodingKey::from_ed_pem(private_pem).map_err(unreadable)?;
        let decoding = DecodingKey::from_ed_pem(public_pem).map_err(unreadable)?;
        Ok(Self {
            id,
            algorithm: Algorithm::EdDSA,
            encoding,
            decoding,
        })
    }
}

/// The key that signs, and older ones whose tokens are still read.
#[derive(Clone)]
pub struct TokenKeys {
    signing: TokenKey,
    retired: Vec<TokenKey>,
}

impl TokenKeys {
    /// Rotation: put the new key first, keep the old one among the retired for as long as a token lives.
    pub fn new(signing: TokenKey, retired: Vec<TokenKey>) -> Self {
        Self { signing, retired }
    }

    fn find(&self, id: &str) -> Option<&TokenKey> {
        std::iter::once(&self.signing)
            .chain(&self.retired)
            .find(|key| key.id == id)
    }
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    /// Whose token it is.
    pub sub: UserId,
    /// The sign-in it belongs to: when that ends, the token ends.
    pub sid: SessionId,
    /// What the account may do.
    pub role: Role,
    iat: i64,
    exp: i64,
}

/// Makes and reads access tokens.
#[derive(Clone)]
pub struct AccessTokens {
    keys: Arc<TokenKeys>,
    clock: Clock,
    lifetime: TimeDelta,
}

/// Why a token is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Forged, damaged, or signed with a key that is no longer known.
    #[error("the token is not one of ours")]
    Invalid,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
}

impl AccessTokens {
    /// Tokens that live for `lifetime_seconds`.
    pub fn new(keys: TokenKeys, clock: Clock, lifetime_seconds: u64) -> Self {
        let lifetime = TimeDelta::seconds(i64::try_from(lifetime_seconds).unwrap_or(i64::MAX / 1000));
        Self {
            keys: Arc::new(keys),
            clock,
            lifetime,
        }
    }

    /// Seconds that a fresh token lives.
    pub fn lifetime_seconds(&self) -> i64 {
        self.lifetime.num_seconds()
    }

    /// A fresh token.
    ///
    /// # Errors
    /// When signing fails.
    pub fn issue(&self, user: UserId, session: SessionId, role: Role) -> anyhow::Result<String> {
        let now = self.clock.now();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: user,
            sid: session,
            role,
            iat: now.timestamp(),
            exp: (now + self.lifetime).timestamp(),
        };
        let key = &self.keys.signing;
        let header = Header {
            kid: Some(key.id.clone()),
            ..Header::new(key.algorithm)
        };
        Ok(encode(&header, &claims, &key.encoding)?)
    }

    /// What a token says, when it is genuine and its time is not over.
    ///
    /// # Errors
    /// See [`TokenError`].
    pub fn read(&self, token: &str) -> Result<Claims, TokenError> {
        let header = decode_header(token).map_err(|_| TokenError::Invalid)?;
        let key = header
            .kid
            .and_then(|id| self.keys.find(&id))
            .ok_or(TokenError::Invalid)?;
        let claims = decode::<Claims>(token, &key.decoding, &validation(key.algorithm))
            .map_err(|error| match error.kind() {
                ErrorKind::ExpiredSignature => TokenError::Expired,
                _ => TokenError::Invalid,
            })?
            .claims;
        if claims.exp <= self.clock.now().timestamp() {
            Err(TokenError::Expired)
        } else {
            Ok(claims)
        }
    }
}

/// The algorithm is the key's, never the token's word. The expiry is read against our own clock, not the machine's.
fn validation(algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[ISSUER]);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use library::clock::FakeClock;
    use uuid::Uuid;

    fn key(id: &str) -> TokenKey {
        TokenKey::hs256(id, format!("{id:-<32}").as_bytes()).unwrap()
    }

    fn tokens(signing: &str, retired: &[&str], clock: &FakeClock) -> AccessTokens {
        let keys = TokenKeys::new(key(signing), retired.iter().map(|id| key(id)).collect());
        AccessTokens::new(keys, clock.clock(), 900)
    }

    fn pem(kind: &str, base64: &str) -> String {
        format!("-----BEGIN {kind} KEY-----\n{base64}\n-----END {kind} KEY-----\n")
    }

    fn noon() -> FakeClock {
        FakeClock::at(DateTime::from_timestamp(1_790_000_000, 0).unwrap())
    }

    fn issue(tokens: &AccessTokens) -> String {
        tokens
            .issue(
                UserId(Uuid::from_u128(7)),
                SessionId(Uuid::from_u128(8)),
                Role::Reader,
            )
            .unwrap()
    }

    #[test]
    fn a_token_reads_back() {
        let tokens = tokens("a", &[], &noon());
        let claims = tokens.read(&issue(&tokens)).unwrap();
        assert_eq!(
            (claims.sub, claims.role),
            (UserId(Uuid::from_u128(7)), Role::Reader)
        );
    }

    #[test]
    fn a_token_ends_by_our_clock() {
        let clock = noon();
        let tokens = tokens("a", &[], &clock);
        let token = issue(&tokens);
        clock.advance(TimeDelta::seconds(899));
        assert!(tokens.read(&token).is_ok());
        clock.advance(TimeDelta::seconds(1));
        assert_eq!(tokens.read(&token), Err(TokenError::Expired));
    }

    #[test]
    fn a_retired_key_still_reads_and_a_forgotten_one_does_not() {
        let clock = noon();
        let token = issue(&tokens("old", &[], &clock));
        assert!(tokens("new", &["old"], &clock).read(&token).is_ok());
        assert_eq!(tokens("new", &[], &clock).read(&token), Err(TokenError::Invalid));
    }

    #[test]
    fn a_token_cannot_choose_its_algorithm() {
        let tokens = tokens("a", &[], &noon());
        let token = issue(&tokens);
        let claims = token.split('.').nth(1).unwrap();
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIiwia2lkIjoiYSJ9";
        assert_eq!(
            tokens.read(&format!("{none}.{claims}.")),
            Err(TokenError::Invalid)
        );
    }

    #[test]
    fn another_secret_under_the_same_name_is_refused() {
        let clock = noon();
        let forged = TokenKey::hs256("a", &[9; 32]).unwrap();
        let token = issue(&AccessTokens::new(
            TokenKeys::new(forged, vec![]),
            clock.clock(),
            900,
        ));
        assert_eq!(tokens("a", &[], &clock).read(&token), Err(TokenError::Invalid));
    }

    #[test]
    fn a_guessable_secret_is_no_key() {
        assert!(matches!(
            TokenKey::hs256("a", b"short"),
            Err(TokenKeyError::TooShort { .. })
        ));
    }

    #[test]
    fn ed25519_keys_sign_too() {
        let private = pem(
            "PRIVATE",
            "MC4CAQAwBQYDK2VwBCIEIN3IVtFT7hlmLqLabKa+sWAzjGT6fCkd3EZqevcZf240",
        );
        let public = pem(
            "PUBLIC",
            "MCowBQYDK2VwAyEAWXpPIoT5/826nTVbqcY/HIHrz3C2Ao5IDES0aN3exa8=",
        );
        let key = TokenKey::ed25519("e", private.as_bytes(), public.as_bytes()).unwrap();
        let tokens = AccessTokens::new(TokenKeys::new(key, vec![]), noon().clock(), 900);
        assert!(tokens.read(&issue(&tokens)).is_ok());
    }
}
