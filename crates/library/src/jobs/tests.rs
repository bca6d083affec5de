//! The promises of the queue, on both engines.

use std::collections::HashMap;

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    Statement,
};
use uuid::Uuid;

use crate::ids::{DescriptionId, JobId, PublicationId, UserId};
use crate::jobs::lease::{self, Lease, Renewal, Setback};
use crate::jobs::{
    JobKind, JobQuery, JobState, Work, cancel, counts, get, list, pause, paused, queue, resume, retry,
};
use crate::storage::entity::{blob, job, publication};
use crate::test_world::{World, on_each_engine};
use crate::{Library, LookupError, Viewer};

const PICTURES: &[JobKind] = &[JobKind::Illustrate];

/// A publication without a file: something for jobs to belong to.
async fn publication_row(library: &Library) -> PublicationId {
    let (id, blob_id, now) = (library.fresh_id(), library.fresh_id(), library.now());
    let transaction = library.db().write().await.unwrap();
    let named = id.to_string();
    let row = blob::ActiveModel {
        id: Set(blob_id),
        sha256: Set(named.clone()),
        byte_length: Set(1),
        touched_at: Set(now),
    };
    row.insert(&transaction).await.unwrap();
    let empty = || Set(serde_json::json!([]));
    let row = publication::ActiveModel {
        id: Set(id),
        sha256: Set(named.clone()),
        blob_id: Set(blob_id),
        file_name: Set(None),
        byte_length: Set(1),
        format: Set("text".into()),
        status: Set("ready".into()),
        failure_code: Set(None),
        failure_detail: Set(None),
        revision: Set(None),
        title: Set(named.clone()),
        title_folded: Set(named),
        authors: empty(),
        authors_folded: Set(String::new()),
        language: Set("ru".into()),
        series: Set(None),
        series_position: Set(None),
        description: Set(None),
        metadata: empty(),
        contents: empty(),
        cover_resource: Set(None),
        chapter_count: Set(0),
        length: Set(0),
        start_chapter: Set(0),
        description_count: Set(0),
        picture_count: Set(0),
        created_at: Set(now),
        updated_at: Set(now),
    };
    row.insert(&transaction).await.unwrap();
    transaction.commit().await.unwrap();
    PublicationId(id)
}

async fn enqueue(library: &Library, work: &Work, user: Option<UserId>, priority: i64) -> JobId {
    let transaction = library.db().write().await.unwrap();
    let id = queue::enqueue(library, &transaction, work, user, priority)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    id
}

/// Work that differs from any other.
fn picture(library: &Library, publication: PublicationId) -> Work {
    let description = DescriptionId(library.fresh_id());
    Work::Illustrate {
        publication,
        description,
        style: pictures::Style::Ink,
        words: String::new(),
        online: false,
        seed: 1,
    }
}

async fn claim(library: &Library) -> Option<Lease> {
    lease::claim(library, PICTURES, Uuid::from_u128(7)).await.unwrap()
}

async fn finish(library: &Library, lease: &Lease) -> bool {
    let transaction = library.db().write().await.unwrap();
    let held = lease::complete(library, &transaction, lease).await.unwrap();
    transaction.commit().await.unwrap();
    held
}

async fn state(library: &Library, id: JobId) -> (JobState, u32, u32) {
    let job = crate::jobs::load(library, id).await.unwrap().unwrap();
    (job.state, job.failures, job.abandonments)
}

fn failure() -> Setback {
    Setback::Retry {
        code: "test".into(),
        detail: "on purpose".into(),
    }
}

#[tokio::test]
async fn work_is_added_with_what_it_serves_or_not_at_all() {
    on_each_engine(async |world| {
        let library = &world.library;
        let work = picture(library, publication_row(library).await);
        let transaction = library.db().write().await.unwrap();
        queue::enqueue(library, &transaction, &work, None, 1)
            .await
            .unwrap();
        drop(transaction);
        assert!(claim(library).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn the_same_work_is_added_once_while_it_lives() {
    on_each_engine(async |world| {
        let library = &world.library;
        let work = picture(library, publication_row(library).await);
        let first = enqueue(library, &work, None, 1).await;
        assert_eq!(enqueue(library, &work, None, 5).await, first);
        let lease = claim(library).await.unwrap();
        assert_eq!(lease.row.priority, 5, "the more urgent order hurries the first");
        assert_eq!(enqueue(library, &work, None, 1).await, first, "running is living");
        assert!(finish(library, &lease).await);
        assert_ne!(enqueue(library, &work, None, 1).await, first, "done is not");
    })
    .await;
}

#[tokio::test]
async fn the_urgent_goes_first_then_the_user_who_waited_longest() {
    on_each_engine(async |world| {
        let library = &world.library;
        let publication = publication_row(library).await;
        let (anna, boris) = (world.reader("anna").await.id, world.reader("boris").await.id);
        for _ in 0..4 {
            enqueue(library, &picture(library, publication), Some(anna), 1).await;
            world.advance(TimeDelta::seconds(1));
        }
        for _ in 0..2 {
            enqueue(library, &picture(library, publication), Some(boris), 1).await;
        }
        enqueue(library, &picture(library, publication), Some(anna), 9).await;
        let mut served = Vec::new();
        while let Some(lease) = claim(library).await {
            served.push(if lease.row.user_id == Some(anna.0) {
                'a'
            } else {
                'b'
            });
            world.advance(TimeDelta::milliseconds(10));
        }
        assert_eq!(served.iter().collect::<String>(), "ababaaa");
    })
    .await;
}

#[tokio::test]
async fn a_failed_job_comes_back_later_and_dies_in_the_end() {
    on_each_engine(async |world| {
        let library = &world.library;
        let id = enqueue(
            library,
            &picture(library, publication_row(library).await),
            None,
            1,
        )
        .await;
        for failures in 1..=5 {
            let lease = claim(library).await.unwrap();
            let is_dead = lease::set_back(library, &lease, failure()).await.unwrap();
            assert_eq!((is_dead, claim(library).await.is_none()), (failures == 5, true));
            world.advance(TimeDelta::hours(2));
        }
        assert_eq!(state(library, id).await, (JobState::Failed, 5, 0));
        assert!(claim(library).await.is_none());
        let job = retry(library, id).await.unwrap();
        assert_eq!((job.state, job.failures), (JobState::Queued, 0));
        assert!(finish(library, &claim(library).await.unwrap()).await);
    })
    .await;
}

#[tokio::test]
async fn waiting_and_giving_back_are_no_failures() {
    on_each_engine(async |world| {
        let library = &world.library;
        let id = enqueue(
            library,
            &picture(library, publication_row(library).await),
            None,
            1,
        )
        .await;
        let lease = claim(library).await.unwrap();
        let wait = Setback::Wait {
            code: "models-missing".into(),
            detail: "install them".into(),
            seconds: 60,
        };
        lease::set_back(library, &lease, wait).await.unwrap();
        let waiting = crate::jobs::load(library, id).await.unwrap().unwrap();
        assert_eq!((waiting.state, waiting.failures), (JobState::Queued, 0));
        assert_eq!(waiting.stage.as_deref(), Some("waiting: models-missing"));
        assert!(claim(library).await.is_none());
        world.advance(TimeDelta::seconds(61));
        lease::set_back(library, &claim(library).await.unwrap(), Setback::Release)
            .await
            .unwrap();
        assert_eq!(state(library, id).await, (JobState::Queued, 0, 0));
        assert!(claim(library).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_vanished_workers_job_is_taken_over_and_its_late_result_refused() {
    on_each_engine(async |world| {
        let library = &world.library;
        let id = enqueue(
            library,
            &picture(library, publication_row(library).await),
            None,
            1,
        )
        .await;
        let vanished = claim(library).await.unwrap();
        assert!(claim(library).await.is_none(), "it is leased");
        world.advance(TimeDelta::seconds(20));
        assert_eq!(lease::renew(library, &vanished).await.unwrap(), Renewal::Held);
        world.advance(TimeDelta::seconds(20));
        assert!(claim(library).await.is_none(), "it was renewed");
        world.advance(TimeDelta::seconds(20));
        let heir = claim(library).await.unwrap();
        assert_eq!(lease::renew(library, &vanished).await.unwrap(), Renewal::Lost);
        assert!(!finish(library, &vanished).await);
        assert!(!lease::set_back(library, &vanished, failure()).await.unwrap());
        assert_eq!(state(library, id).await, (JobState::Running, 0, 1));
        assert!(finish(library, &heir).await);
        assert!(!finish(library, &heir).await, "an end is final");
    })
    .await;
}

#[tokio::test]
async fn a_job_that_takes_every_worker_down_is_given_up() {
    on_each_engine(async |world| {
        let library = &world.library;
        let id = enqueue(
            library,
            &picture(library, publication_row(library).await),
            None,
            1,
        )
        .await;
        for _ in 0..25 {
            assert!(claim(library).await.is_some());
            world.advance(TimeDelta::minutes(1));
        }
        assert!(claim(library).await.is_none());
        assert_eq!(state(library, id).await.0, JobState::Failed);
    })
    .await;
}

#[tokio::test]
async fn cancelling_works_in_every_state() {
    on_each_engine(async |world| {
        let library = &world.library;
        let publication = publication_row(library).await;
        let queued = enqueue(library, &picture(library, publication), None, 1).await;
        assert_eq!(cancel(library, queued).await.unwrap().state, JobState::Cancelled);
        assert!(matches!(
            cancel(library, queued).await,
            Err(LookupError::NotFound)
        ));

        let running = enqueue(library, &picture(library, publication), None, 1).await;
        let lease = claim(library).await.unwrap();
        assert_eq!(cancel(library, running).await.unwrap().state, JobState::Running);
        assert_eq!(lease::renew(library, &lease).await.unwrap(), Renewal::CancelAsked);
        lease::set_back(library, &lease, Setback::Cancel).await.unwrap();
        assert_eq!(state(library, running).await.0, JobState::Cancelled);

        let abandoned = enqueue(library, &picture(library, publication), None, 1).await;
        claim(library).await.unwrap();
        cancel(library, abandoned).await.unwrap();
        world.advance(TimeDelta::minutes(1));
        assert!(claim(library).await.is_none());
        assert_eq!(state(library, abandoned).await.0, JobState::Cancelled);
        assert_eq!(retry(library, abandoned).await.unwrap().state, JobState::Queued);
    })
    .await;
}

#[tokio::test]
async fn a_paused_kind_does_not_start() {
    on_each_engine(async |world| {
        let library = &world.library;
        enqueue(
            library,
            &picture(library, publication_row(library).await),
            None,
            1,
        )
        .await;
        pause(library, JobKind::Illustrate).await.unwrap();
        pause(library, JobKind::Illustrate).await.unwrap();
        assert_eq!(paused(library).await.unwrap(), [JobKind::Illustrate]);
        assert!(claim(library).await.is_none());
        resume(library, JobKind::Illustrate).await.unwrap();
        assert!(claim(library).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_job_is_seen_by_those_it_concerns() {
    on_each_engine(async |world| {
        let library = &world.library;
        let (anna, boris) = (world.reader("anna").await.id, world.reader("boris").await.id);
        let id = enqueue(
            library,
            &picture(library, publication_row(library).await),
            Some(anna),
            1,
        )
        .await;
        assert_eq!(get(library, Viewer::User(anna), id).await.unwrap().id, id);
        assert_eq!(
            get(library, Viewer::Administrator(boris), id).await.unwrap().id,
            id
        );
        for stranger in [Viewer::User(boris), Viewer::Anonymous] {
            assert!(matches!(
                get(library, stranger, id).await,
                Err(LookupError::NotFound)
            ));
        }
        let listed = list(
            library,
            &JobQuery {
                kind: Some(JobKind::Illustrate),
                ..Default::default()
            },
        )
        .await
        .unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(
            counts(library).await.unwrap(),
            [(JobKind::Illustrate, JobState::Queued, 1)]
        );
    })
    .await;
}

/// How often each job's effect was stored.
async fn effects(library: &Library) -> HashMap<Uuid, i64> {
    #[derive(FromQueryResult)]
    struct Effect {
        job_id: Uuid,
        number: i64,
    }
    let connection = library.db().read();
    let query = "SELECT job_id, COUNT(*) AS number FROM effects GROUP BY job_id";
    let rows = Effect::find_by_statement(Statement::from_string(connection.get_database_backend(), query))
        .all(connection)
        .await
        .unwrap();
    rows.into_iter().map(|row| (row.job_id, row.number)).collect()
}

/// One worker of the stress test: it finishes, fails, vanishes and comes back too late, at random.
async fn careless_worker(world: &World, library: Library, seed: u64) {
    let mut chance = StdRng::seed_from_u64(seed);
    let owner = library.fresh_id();
    let mut ghosts: Vec<Lease> = Vec::new();
    loop {
        let Some(lease) = lease::claim(&library, PICTURES, owner).await.unwrap() else {
            let unfinished = job::Entity::find().count(library.db().read()).await.unwrap() as usize;
            if effects(&library).await.len() == unfinished {
                break;
            }
            world.advance(TimeDelta::seconds(7));
            tokio::task::yield_now().await;
            continue;
        };
        match chance.random_range(0..10) {
            0..=4 => store_effect(&library, &lease).await,
            5..=6 => {
                lease::set_back(
                    &library,
                    &lease,
                    Setback::Wait {
                        code: "x".into(),
                        detail: "y".into(),
                        seconds: 1,
                    },
                )
                .await
                .unwrap();
            }
            7 => {
                lease::renew(&library, &lease).await.unwrap();
                store_effect(&library, &lease).await;
            }
            _ => ghosts.push(lease),
        }
        if chance.random_bool(0.3)
            && let Some(ghost) = ghosts.pop()
        {
            store_effect(&library, &ghost).await;
        }
    }
    for ghost in ghosts {
        store_effect(&library, &ghost).await;
    }
}

/// What every job does: its effect and its end in one transaction, or nothing.
async fn store_effect(library: &Library, lease: &Lease) {
    let transaction = library.db().write().await.unwrap();
    let insert = "INSERT INTO effects (job_id) VALUES ($1)";
    let values = [lease.row.id.into()];
    transaction
        .execute_raw(Statement::from_sql_and_values(
            transaction.get_database_backend(),
            insert,
            values,
        ))
        .await
        .unwrap();
    if lease::complete(library, &transaction, lease).await.unwrap() {
        transaction.commit().await.unwrap();
    }
}

#[tokio::test]
async fn every_jobs_effect_happens_exactly_once() {
    on_each_engine(async |world| {
        let library = &world.library;
        let transaction = library.db().write().await.unwrap();
        let backend = transaction.get_database_backend();
        let kind = if backend == sea_orm::DatabaseBackend::Sqlite {
            "BLOB"
        } else {
            "uuid"
        };
        let table = format!("CREATE TABLE effects (job_id {kind} NOT NULL)");
        transaction
            .execute_raw(Statement::from_string(backend, table))
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        let publication = publication_row(library).await;
        let mut jobs = Vec::new();
        for _ in 0..60 {
            jobs.push(enqueue(library, &picture(library, publication), None, 1).await);
        }
        let workers = (0..6).map(async |seed| {
            let process = world.another_process().await;
            careless_worker(&world, process, seed).await;
        });
        futures::future::join_all(workers).await;
        let effects = effects(library).await;
        for id in jobs {
            assert_eq!(effects.get(&id.0), Some(&1), "job {id}");
            assert_eq!(state(library, id).await.0, JobState::Done);
        }
    })
    .await;
}
