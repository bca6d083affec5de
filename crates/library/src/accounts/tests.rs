//! What an account can and cannot do, on both engines.

use chrono::TimeDelta;

use crate::accounts::{
    AuthenticateError, NewUser, RegisterError, Role, WeakPassword, authenticate, change, change_password,
    create, get, register, remove,
};
use crate::configuration::{AccountsConfig, LibraryConfig};
use crate::test_world::{on_each_engine, with_settings};
use crate::{LookupError, sessions};

fn newcomer(email: &str, password: &str) -> NewUser {
    NewUser {
        email: email.into(),
        password: password.into(),
        full_name: "Анна".into(),
        language: crate::accounts::Language::default(),
    }
}

#[tokio::test]
async fn a_newcomer_registers_and_is_recognised() {
    on_each_engine(async |world| {
        let anna = register(&world.library, newcomer("Anna@Example.org ", "мороз и солнце"))
            .await
            .unwrap();
        assert_eq!(
            (anna.email.as_str(), anna.role, anna.synthetic),
            ("Anna@Example.org", Role::Reader, false)
        );
        let found = authenticate(&world.library, "anna@example.ORG", "мороз и солнце")
            .await
            .unwrap();
        assert_eq!(found, anna);
        assert_eq!(get(&world.library, anna.id).await.unwrap(), anna);
        for (email, password) in [
            ("anna@example.org", "день чудесный"),
            ("boris@example.org", "мороз и солнце"),
        ] {
            let refused = authenticate(&world.library, email, password).await;
            assert!(matches!(refused, Err(AuthenticateError::WrongCredentials)));
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_is_taken_once_whatever_its_case() {
    on_each_engine(async |world| {
        register(&world.library, newcomer("anna@example.org", "мороз и солнце"))
            .await
            .unwrap();
        let again = register(&world.library, newcomer("ANNA@example.org", "мороз и солнце")).await;
        assert!(matches!(again, Err(RegisterError::EmailTaken)));
    })
    .await;
}

#[tokio::test]
async fn real_users_need_real_passwords() {
    on_each_engine(async |world| {
        let weak = register(&world.library, newcomer("anna@example.org", "test123")).await;
        assert!(matches!(
            weak,
            Err(RegisterError::WeakPassword(WeakPassword::TooShort))
        ));
        let known = register(&world.library, newcomer("anna@example.org", "password123")).await;
        assert!(matches!(
            known,
            Err(RegisterError::WeakPassword(WeakPassword::Breached))
        ));
        assert!(
            authenticate(&world.library, "anna@example.org", "password123")
                .await
                .is_err()
        );
    })
    .await;
}

#[tokio::test]
async fn a_synthetic_address_registers_again_with_another_password() {
    on_each_engine(async |world| {
        let first = register(&world.library, newcomer("smoke-test@example.com", "test123"))
            .await
            .unwrap();
        let signed_in = sessions::begin(&world.library, first.id, "curl").await.unwrap();
        let second = register(&world.library, newcomer("smoke-test@example.com", "other12"))
            .await
            .unwrap();
        assert!(second.synthetic);
        assert_eq!(first.id, second.id);
        assert!(
            authenticate(&world.library, "smoke-test@example.com", "other12")
                .await
                .is_ok()
        );
        assert!(
            authenticate(&world.library, "smoke-test@example.com", "test123")
                .await
                .is_err()
        );
        assert!(
            sessions::rotate(&world.library, &signed_in.refresh_token)
                .await
                .is_err()
        );
    })
    .await;
}

#[tokio::test]
async fn without_the_setting_a_reserved_address_is_like_any_other() {
    let accounts = AccountsConfig {
        synthetic: false,
        ..Default::default()
    };
    with_settings(
        LibraryConfig {
            accounts,
            ..Default::default()
        },
        async |world| {
            let refused = register(&world.library, newcomer("smoke-test@example.com", "test123")).await;
            assert!(matches!(refused, Err(RegisterError::WeakPassword(_))));
        },
    )
    .await;
}

#[tokio::test]
async fn a_synthetic_account_ends_with_the_setting() {
    on_each_engine(async |world| {
        register(&world.library, newcomer("smoke-test@example.com", "test123"))
            .await
            .unwrap();
        let mut config = world.config.clone();
        config.accounts.synthetic = false;
        let environment = crate::Environment {
            clock: world.time.clock(),
            randomness: crate::randomness::Randomness::seeded(9),
            illustrators: Vec::new(),
            online: None,
        };
        let production = crate::Library::open(config, environment).await.unwrap();
        assert!(
            authenticate(&production, "smoke-test@example.com", "test123")
                .await
                .is_err()
        );
    })
    .await;
}

#[tokio::test]
async fn a_real_account_on_a_reserved_address_cannot_be_taken_over() {
    on_each_engine(async |world| {
        create(
            &world.library,
            newcomer("test@example.com", "мороз и солнце"),
            Role::Administrator,
        )
        .await
        .unwrap();
        let stolen = register(&world.library, newcomer("test@example.com", "test123")).await;
        assert!(matches!(stolen, Err(RegisterError::EmailTaken)));
        assert!(
            authenticate(&world.library, "test@example.com", "мороз и солнце")
                .await
                .is_ok()
        );
    })
    .await;
}

#[tokio::test]
async fn closed_registration_leaves_the_administrators_way() {
    let accounts = AccountsConfig {
        sign_up_open: false,
        ..Default::default()
    };
    with_settings(
        LibraryConfig {
            accounts,
            ..Default::default()
        },
        async |world| {
            let refused = register(&world.library, newcomer("anna@example.org", "мороз и солнце")).await;
            assert!(matches!(refused, Err(RegisterError::SignUpClosed)));
            create(
                &world.library,
                newcomer("anna@example.org", "мороз и солнце"),
                Role::Reader,
            )
            .await
            .unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn a_profile_changes_and_goes() {
    on_each_engine(async |world| {
        let anna = world.reader("anna").await;
        let renamed = change(&world.library, anna.id, Some(" Анна К. "), None)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(renamed.full_name, "Анна К.");
        let wrong = change_password(&world.library, anna.id, "не тот", "новый пароль", None)
            .await
            .unwrap();
        assert!(wrong.is_err());
        change_password(&world.library, anna.id, "мороз и солнце", "новый пароль", None)
            .await
            .unwrap()
            .unwrap();
        assert!(
            authenticate(&world.library, &anna.email, "новый пароль")
                .await
                .is_ok()
        );
        remove(&world.library, anna.id).await.unwrap();
        assert!(matches!(
            get(&world.library, anna.id).await,
            Err(LookupError::NotFound)
        ));
        assert!(matches!(
            remove(&world.library, anna.id).await,
            Err(LookupError::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn each_refresh_token_is_good_once() {
    on_each_engine(async |world| {
        let anna = world.reader("anna").await;
        let first = sessions::begin(&world.library, anna.id, "телефон").await.unwrap();
        let second = sessions::rotate(&world.library, &first.refresh_token)
            .await
            .unwrap();
        assert_eq!((second.id, second.user), (first.id, anna.id));
        assert_ne!(second.refresh_token, first.refresh_token);
        // Two tabs at once are forgiven; a copy that comes later ends the whole sign-in.
        sessions::rotate(&world.library, &first.refresh_token)
            .await
            .unwrap();
        world.advance(TimeDelta::minutes(1));
        let reused = sessions::rotate(&world.library, &first.refresh_token).await;
        assert!(matches!(reused, Err(sessions::RotateError::Reused)));
        let ended = sessions::rotate(&world.library, &second.refresh_token).await;
        assert!(matches!(ended, Err(sessions::RotateError::Ended)));
        assert!(
            !sessions::is_alive(&world.library, anna.id, first.id)
                .await
                .unwrap()
        );
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_ends_by_itself_by_hand_and_everywhere() {
    on_each_engine(async |world| {
        let anna = world.reader("anna").await;
        let [forgotten, closed, other] = {
            let begin = async || sessions::begin(&world.library, anna.id, "").await.unwrap();
            [begin().await, begin().await, begin().await]
        };
        sessions::end(&world.library, &closed.refresh_token)
            .await
            .unwrap();
        assert!(
            sessions::rotate(&world.library, &closed.refresh_token)
                .await
                .is_err()
        );
        assert!(
            sessions::is_alive(&world.library, anna.id, other.id)
                .await
                .unwrap()
        );
        sessions::end_all(&world.library, anna.id, None).await.unwrap();
        assert!(
            sessions::rotate(&world.library, &other.refresh_token)
                .await
                .is_err()
        );
        let fresh = sessions::begin(&world.library, anna.id, "").await.unwrap();
        world.advance(TimeDelta::days(31));
        assert!(
            sessions::rotate(&world.library, &fresh.refresh_token)
                .await
                .is_err()
        );
        assert!(
            sessions::rotate(&world.library, &forgotten.refresh_token)
                .await
                .is_err()
        );
    })
    .await;
}
