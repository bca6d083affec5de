//! No limit is passed, however many come at once; nothing is lost above one.

use chrono::{DateTime, TimeDelta};
use futures::future::join_all;

use crate::audit::Actor;
use crate::books::{self, AddError, Upload};
use crate::configuration::LibraryConfig;
use crate::jobs::{JobKind, lease};
use crate::plans::{Adjustment, Period, Plan, Reason, adjust, grant, revoke, standing, take_pictures};
use crate::storage::entity::user;
use crate::test_world::{World, fb2, on_each_engine, with_settings};
use crate::{Library, LookupError};
use sea_orm::{EntityTrait, QuerySelect};

const AT_ONCE: u64 = 64;

async fn ask_for_picture(library: &Library, id: uuid::Uuid) -> bool {
    let transaction = library.db().write().await.unwrap();
    let owner = user::Entity::find_by_id(id)
        .lock_exclusive()
        .one(&transaction)
        .await
        .unwrap()
        .unwrap();
    let taken = take_pictures(library, &transaction, &owner, 1)
        .await
        .unwrap()
        .is_ok();
    transaction.commit().await.unwrap();
    taken
}

async fn upload(library: &Library, reader: crate::ids::UserId, number: u64) -> Result<(), AddError> {
    let bytes = fb2(&format!("Книга {number:03}"), &[&["Снег шёл всю ночь."]]);
    let upload = Upload::from_bytes(library, Some("a.fb2"), &bytes).await?;
    books::add(library, reader, upload).await.map(|_| ())
}

fn small() -> LibraryConfig {
    let mut settings = LibraryConfig::default();
    settings.plans.default = Plan::Free;
    settings.plans.free.books = 5;
    settings.plans.free.pictures_per_day = 7;
    settings.plans.free.pictures_per_month = 10;
    settings
}

#[tokio::test]
async fn sixty_four_requests_at_once_get_exactly_what_is_left() {
    with_settings(small(), async |world| {
        let anna = world.reader("anna").await;
        let other = world.another_process().await;
        let asked = join_all((0..AT_ONCE).map(async |number| {
            let library = if number % 2 == 0 { &world.library } else { &other };
            ask_for_picture(library, anna.id.0).await
        }));
        assert_eq!(asked.await.into_iter().filter(|taken| *taken).count(), 7);
        let added = join_all((0..AT_ONCE).map(async |number| {
            let library = if number % 2 == 0 { &world.library } else { &other };
            upload(library, anna.id, number).await
        }));
        let added = added.await;
        assert_eq!(added.iter().filter(|one| one.is_ok()).count(), 5);
        assert!(
            added
                .iter()
                .all(|one| matches!(one, Ok(()) | Err(AddError::ShelfFull { books: 5 })))
        );
        let used = standing(&world.library, anna.id).await.unwrap().used;
        assert_eq!((used.books, used.pictures_today), (5, 7));
    })
    .await;
}

#[tokio::test]
async fn storage_is_counted_to_the_byte() {
    with_settings(small(), async |world| {
        let anna = world.reader("anna").await;
        let length = fb2("Книга 000", &[&["Снег шёл всю ночь."]]).len() as u64;
        let storage_bytes = Some(3 * length + length - 1);
        let adjustment = Adjustment {
            storage_bytes,
            ..Default::default()
        };
        adjust(&world.library, Actor::Operator, anna.id, adjustment)
            .await
            .unwrap();
        let added = join_all((0..5).map(async |number| upload(&world.library, anna.id, number).await)).await;
        assert_eq!(added.iter().filter(|one| one.is_ok()).count(), 3);
        let refused = added.into_iter().find_map(Result::err).unwrap();
        assert!(matches!(refused, AddError::StorageFull { .. }), "{refused}");
        assert_eq!(
            standing(&world.library, anna.id)
                .await
                .unwrap()
                .used
                .storage_bytes,
            3 * length
        );
    })
    .await;
}

#[tokio::test]
async fn days_and_months_begin_at_midnight_by_utc() {
    with_settings(small(), async |world| {
        let anna = world.reader("anna").await;
        let take = async || {
            let transaction = world.library.db().write().await.unwrap();
            let owner = user::Entity::find_by_id(anna.id.0)
                .one(&transaction)
                .await
                .unwrap()
                .unwrap();
            let outcome = take_pictures(&world.library, &transaction, &owner, 1)
                .await
                .unwrap();
            transaction.commit().await.unwrap();
            outcome
        };
        for _ in 0..7 {
            take().await.unwrap();
        }
        // Tests begin at the fourth of October 2024.
        let spent = take().await.unwrap_err();
        let fifth = DateTime::parse_from_rfc3339("2024-10-05T00:00:00Z").unwrap();
        assert_eq!((spent.period, spent.again_at), (Period::Day, fifth.to_utc()));
        world.advance(TimeDelta::days(1));
        for _ in 0..3 {
            take().await.unwrap();
        }
        let spent = take().await.unwrap_err();
        let november = DateTime::parse_from_rfc3339("2024-11-01T00:00:00Z").unwrap();
        assert_eq!((spent.period, spent.again_at), (Period::Month, november.to_utc()));
        world.advance(november.to_utc() - world.library.now());
        take().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_plan_that_ends_takes_nothing_away() {
    with_settings(small(), async |world| {
        let anna = world.reader("anna").await;
        let end = world.library.now() + TimeDelta::days(30);
        grant(
            &world.library,
            Actor::Operator,
            anna.id,
            Plan::Premium,
            Some(end),
            Reason::Gift,
        )
        .await
        .unwrap();
        for number in 0..6 {
            upload(&world.library, anna.id, number).await.unwrap();
        }
        let now = standing(&world.library, anna.id).await.unwrap();
        assert_eq!(
            (now.plan, now.until, now.is_above()),
            (Plan::Premium, Some(end), false)
        );
        world.advance(TimeDelta::days(30));
        let now = standing(&world.library, anna.id).await.unwrap();
        assert_eq!((now.plan, now.until, now.is_above()), (Plan::Free, None, true));
        assert_eq!(now.used.books, 6);
        assert!(matches!(
            upload(&world.library, anna.id, 9).await,
            Err(AddError::ShelfFull { books: 5 })
        ));
        // The same file again is no new book.
        upload(&world.library, anna.id, 0).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_was_adjusted_outlives_plans() {
    on_each_engine(async |world: World| {
        let anna = world.reader("anna").await;
        let adjustment = Adjustment {
            books: Some(1),
            ..Default::default()
        };
        adjust(&world.library, Actor::Operator, anna.id, adjustment)
            .await
            .unwrap();
        grant(
            &world.library,
            Actor::Operator,
            anna.id,
            Plan::Premium,
            None,
            Reason::Trial,
        )
        .await
        .unwrap();
        revoke(&world.library, Actor::Operator, anna.id).await.unwrap();
        let now = standing(&world.library, anna.id).await.unwrap();
        assert_eq!((now.plan, now.allowance.books), (Plan::Ultimate, 1));
        let nobody = crate::ids::UserId(uuid::Uuid::nil());
        assert!(matches!(
            revoke(&world.library, Actor::Operator, nobody).await,
            Err(LookupError::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn the_work_of_a_larger_plan_is_done_first() {
    with_settings(small(), async |world| {
        let (anna, boris) = (world.reader("anna").await, world.reader("boris").await);
        grant(
            &world.library,
            Actor::Operator,
            boris.id,
            Plan::Premium,
            None,
            Reason::Payment,
        )
        .await
        .unwrap();
        upload(&world.library, anna.id, 1).await.unwrap();
        world.advance(TimeDelta::seconds(1));
        upload(&world.library, boris.id, 2).await.unwrap();
        let owner = world.library.fresh_id();
        let first = lease::claim(&world.library, &[JobKind::Ingest], owner)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(first.row.user_id, Some(boris.id.0));
    })
    .await;
}
