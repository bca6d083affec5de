//! The log is whole until somebody touches it, and then it says where.

use futures::future::join_all;
use sqlx::Executor as _;

use crate::audit::{Act, Actor, Broken, list, record, verify};
use crate::ids::UserId;
use crate::storage::database::Engine;
use crate::test_world::{World, on_each_engine};

async fn fill(world: &World, entries: u128) {
    for number in 1..=entries {
        let act = Act::Restored {
            user: UserId(uuid::Uuid::from_u128(number)),
        };
        record(&world.library, Actor::Operator, &act).await.unwrap();
    }
}

/// What somebody does to the log, and whether this is what is found out.
type Case = (&'static str, fn(&Broken) -> bool);

/// Statements of somebody who may do anything to the database.
async fn tamper(world: &World, statements: &'static str) -> Result<(), sqlx::Error> {
    match world.library.db().engine() {
        Engine::Sqlite(pool) => pool.execute(sqlx::raw_sql(statements)).await.map(drop),
        Engine::Postgres(pool) => pool.execute(sqlx::raw_sql(statements)).await.map(drop),
    }
}

async fn disarm(world: &World) {
    let statements = match world.library.db().engine() {
        Engine::Sqlite(_) => "DROP TRIGGER audit_entries_unchanged; DROP TRIGGER audit_entries_kept;",
        Engine::Postgres(_) => "ALTER TABLE audit_entries DISABLE TRIGGER ALL;",
    };
    tamper(world, statements).await.unwrap();
}

#[tokio::test]
async fn a_log_that_nobody_touched_is_whole_however_many_write_at_once() {
    on_each_engine(async |world| {
        assert_eq!(verify(&world.library, None).await.unwrap().entries, 0);
        let other = world.another_process().await;
        let writers = (0..64_u128).map(async |number| {
            let library = if number % 2 == 0 { &world.library } else { &other };
            let act = Act::PasswordChanged {
                user: UserId(uuid::Uuid::from_u128(number)),
            };
            record(library, Actor::Operator, &act).await
        });
        assert!(join_all(writers).await.iter().all(Result::is_ok));
        assert_eq!(verify(&world.library, None).await.unwrap().entries, 64);
        let page = list(&world.library, 2, 10).await.unwrap();
        assert_eq!((page.items[0].seq, page.items.len(), page.total), (54, 10, 64));
        assert_eq!(page.items[0].act["act"], "password_changed");
    })
    .await;
}

#[tokio::test]
async fn the_database_refuses_to_change_or_remove_an_entry() {
    on_each_engine(async |world| {
        fill(&world, 3).await;
        for statement in [
            "UPDATE audit_entries SET actor = 'x' WHERE seq = 2",
            "DELETE FROM audit_entries WHERE seq = 3",
        ] {
            let refused = tamper(&world, statement).await.unwrap_err();
            assert!(refused.to_string().contains("only appended to"), "{refused}");
        }
        let noted = verify(&world.library, None).await.unwrap();
        assert_eq!(noted.entries, 3);
        fill(&world, 1).await;
        assert_eq!(
            verify(&world.library, Some(&noted.head)).await.unwrap().entries,
            4
        );
        let other = verify(&world.library, Some("00")).await;
        assert!(matches!(other, Err(Broken::Replaced)));
    })
    .await;
}

#[tokio::test]
async fn who_gets_around_that_is_found_out() {
    on_each_engine(async |world| {
        let cases: [Case; 4] = [
            ("UPDATE audit_entries SET act = replace(act, 'restored', 'suspended') WHERE seq = 2", |broken| {
                matches!(broken, Broken::Changed(2))
            }),
            ("UPDATE audit_entries SET act = replace(act, 'suspended', 'restored') WHERE seq = 2; \
              DELETE FROM audit_entries WHERE seq = 1", |broken| matches!(broken, Broken::Missing(1))),
            ("UPDATE audit_entries SET seq = 1 WHERE seq = 2; UPDATE audit_entries SET seq = 2 WHERE seq = 3", |broken| {
                matches!(broken, Broken::Changed(1))
            }),
            ("DELETE FROM audit_entries WHERE seq > 0", |broken| {
                matches!(broken, Broken::CutShort { found: 0, expected: 3 })
            }),
        ];
        fill(&world, 3).await;
        disarm(&world).await;
        for (statements, is_right) in cases {
            tamper(&world, statements).await.unwrap();
            let broken = verify(&world.library, None).await.unwrap_err();
            assert!(is_right(&broken), "{statements}: {broken}");
        }
    })
    .await;
}
