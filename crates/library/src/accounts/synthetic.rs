//! Synthetic accounts: the reserved addresses of smoke tests.
//!
//! They exist only for addresses that the configuration lists, are usable at once with any password, may be registered
//! again and again, hold one book, and are purged. No other address gets any of this.

use crate::accounts::fold_email;
use crate::configuration::AccountsConfig;

/// Books a synthetic account may hold.
pub(crate) const BOOKS: u64 = 1;

/// Is this one of the reserved addresses, and are they in use here?
pub(crate) fn is_synthetic(config: &AccountsConfig, email: &str) -> bool {
    let email = fold_email(email);
    config.synthetic
        && config
            .synthetic_addresses
            .iter()
            .any(|reserved| fold_email(reserved) == email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_listed_addresses_and_only_while_enabled() {
        let mut config = AccountsConfig::default();
        assert!(is_synthetic(&config, "Smoke-Test@example.com"));
        assert!(!is_synthetic(&config, "anna@example.com"));
        assert!(!is_synthetic(&config, "smoke-test@example.com.evil.org"));
        config.synthetic = false;
        assert!(!is_synthetic(&config, "smoke-test@example.com"));
    }
}
