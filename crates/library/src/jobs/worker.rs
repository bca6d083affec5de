//! Running jobs: lanes of slots, each slot with one job at a time, each job with a keeper that renews its lease.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::Library;
use crate::events;
use crate::jobs::context::{Finished, JobContext, JobError, Reporter};
use crate::jobs::lease::{self, Lease, Renewal, Setback};
use crate::jobs::{JobKind, Work, describe, export, illustrate, ingest, mail, purge};
use crate::pictures::order::Manner;
use crate::storage::StorageError;

/// Progress is written at most this often.
const REPORT_EVERY: Duration = Duration::from_millis(400);
/// How long a slot rests after the queue could not be asked.
const REST: Duration = Duration::from_secs(2);

/// How much a worker does at once.
#[derive(Clone, Copy, Debug)]
pub struct WorkerOptions {
    /// Slots that read files: a new book is never behind a long analysis.
    pub importers: usize,
    /// Slots that find descriptions, make exports and clean up.
    pub analysts: usize,
    /// Slots that draw; they mostly wait for somebody else's machine.
    pub illustrators: usize,
    /// On shutdown running jobs get this long to finish; then they go back into the queue.
    pub drain: Duration,
}

impl Default for WorkerOptions {
    fn default() -> Self {
        Self {
            importers: 1,
            analysts: 1,
            illustrators: 2,
            drain: Duration::from_secs(5),
        }
    }
}

/// Works until `shutdown`, then finishes or gives back what it holds. Any number of processes may do this at once.
pub async fn run(library: Library, options: WorkerOptions, shutdown: CancellationToken) {
    let library = library.for_workers();
    let owner = library.fresh_id();
    let stop = CancellationToken::new();
    let mut slots = JoinSet::new();
    let lanes: [(usize, &'static [JobKind]); 4] = [
        (options.importers, &[JobKind::Ingest]),
        (
            options.analysts,
            &[JobKind::Describe, JobKind::Export, JobKind::Purge],
        ),
        (options.illustrators, &[JobKind::Illustrate]),
        // Letters only wait for somebody else's machine, and never behind a book.
        (1, &[JobKind::Mail]),
    ];
    for (count, kinds) in lanes {
        for _ in 0..count {
            slots.spawn(slot(
                library.clone(),
                kinds,
                owner,
                shutdown.clone(),
                stop.clone(),
            ));
        }
    }
    slots.spawn(purge::schedule(library.clone(), shutdown.clone()));
    slots.spawn(listen_for_work(library.clone(), shutdown.clone()));
    shutdown.cancelled().await;
    let drained = tokio::time::timeout(options.drain, async {
        while slots.join_next().await.is_some() {}
    })
    .await;
    if drained.is_err() {
        stop.cancel();
        while slots.join_next().await.is_some() {}
    }
}

/// Wakes this process's slots when another one announces work over Redis; without a Redis the poll alone finds it.
async fn listen_for_work(library: Library, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        tokio::select! {
            () = events::pass_on_work(&library) => {}
            () = shutdown.cancelled() => return,
        }
        tokio::select! {
            () = tokio::time::sleep(REST) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// Runs everything that is due and what follows from it, one job after the other: for the command line and for tests.
///
/// # Errors
/// When the queue cannot be asked. That a job failed is in its row.
pub async fn drain(library: &Library) -> Result<usize, StorageError> {
    let library = library.for_workers();
    let owner = library.fresh_id();
    let mut done = 0;
    while let Some(lease) = lease::claim(&library, &JobKind::ALL, owner).await? {
        attend(&library, lease, &CancellationToken::new()).await;
        done += 1;
    }
    Ok(done)
}

async fn slot(
    library: Library,
    kinds: &'static [JobKind],
    owner: Uuid,
    shutdown: CancellationToken,
    stop: CancellationToken,
) {
    let poll = Duration::from_secs(library.config().jobs.poll_seconds.max(1));
    while !shutdown.is_cancelled() {
        let announced = library.work_announced();
        let rest = match lease::claim(&library, kinds, owner).await {
            Ok(Some(lease)) => {
                attend(&library, lease, &stop).await;
                continue;
            }
            Ok(None) => poll,
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the queue cannot be asked"
                );
                REST
            }
        };
        tokio::select! {
            () = announced => {}
            () = tokio::time::sleep(rest) => {}
            () = shutdown.cancelled() => {}
        }
    }
}

/// Sees one job to the end of its attempt.
async fn attend(library: &Library, lease: Lease, stop: &CancellationToken) {
    let kind = lease.work.kind().name();
    let id = lease.row.id;
    library.publish_change(&lease.row);
    let reporter = Reporter::new();
    let context = JobContext {
        library: library.clone(),
        lease: lease.clone(),
        reporter: reporter.clone(),
    };
    // A task of its own, so that a panic is a failure of the job and not of the worker.
    let mut attempt = tokio::spawn(carry_out(context));
    let outcome = tokio::select! {
        outcome = &mut attempt => Some(outcome),
        setback = keep(library, &lease, &reporter) => {
            attempt.abort();
            settle(library, &lease, setback).await;
            None
        }
        () = stop.cancelled() => {
            attempt.abort();
            settle(library, &lease, Some(Setback::Release)).await;
            None
        }
    };
    let result = match outcome {
        None => "interrupted",
        Some(Ok(Ok(Finished { .. }))) => "done",
        Some(Ok(Err(error))) => {
            let setback = judge(kind, id, error);
            settle(library, &lease, setback).await;
            "failed"
        }
        Some(Err(panic)) => {
            tracing::error!(%id, kind, %panic, "a job panicked");
            let detail = "the program met a fault of its own".to_owned();
            settle(
                library,
                &lease,
                Some(Setback::Retry {
                    code: "panic".into(),
                    detail,
                }),
            )
            .await;
            "failed"
        }
    };
    metrics::counter!("jobs_attempts_total", "kind" => kind, "result" => result).increment(1);
    library.announce_change(id).await;
    library.announce_work();
}

async fn carry_out(context: JobContext) -> Result<Finished, JobError> {
    match context.lease.work.clone() {
        Work::Ingest { publication } => ingest::run(&context, publication).await,
        Work::Describe { publication } => describe::run(&context, publication).await,
        Work::Illustrate {
            description,
            style,
            seed,
            words,
            online,
            ..
        } => {
            let manner = Manner { style, words, online };
            illustrate::run(&context, description, manner, seed).await
        }
        Work::Export { publication } => export::run(&context, publication).await,
        Work::Mail { mail } => mail::run(&context, mail).await,
        Work::Purge {} => purge::run(&context).await,
    }
}

/// Renews the lease and writes the progress until the job must stop: for a setback, or because the lease is lost.
async fn keep(library: &Library, lease: &Lease, reporter: &Reporter) -> Option<Setback> {
    let mut renewals = tokio::time::interval(library.config().jobs.lease() / 3);
    renewals.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    renewals.tick().await;
    let mut progress = reporter.subscribe();
    let mut reports = tokio::time::interval(REPORT_EVERY);
    reports.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = renewals.tick() => match lease::renew(library, lease).await {
                Ok(Renewal::Held) => {}
                Ok(Renewal::CancelAsked) => return Some(Setback::Cancel),
                Ok(Renewal::Lost) => return None,
                // The lease outlives two missed renewals; when it does not, the end of the job is refused.
                Err(error) => tracing::warn!(%error, "a lease was not renewed"),
            },
            _ = reports.tick() => {
                if progress.has_changed().unwrap_or(false) {
                    let now = progress.borrow_and_update().clone();
                    match lease::report(library, lease, now.fraction, now.stage).await {
                        Ok(()) => library.publish_change(&lease.row),
                        Err(error) => tracing::warn!(%error, "progress was not written"),
                    }
                }
            }
        }
    }
}

/// What an error means for the job; `None` when the lease is lost and nothing may be changed.
fn judge(kind: &'static str, id: Uuid, error: JobError) -> Option<Setback> {
    match error {
        JobError::Retry { code, error } => {
            let detail = format!("{error:#}");
            tracing::warn!(%id, kind, code, detail, "a job failed and will be tried again");
            Some(Setback::Retry {
                code: code.to_owned(),
                detail,
            })
        }
        JobError::GiveUp { code, detail } => {
            tracing::info!(%id, kind, code, detail, "a job cannot be done");
            Some(Setback::GiveUp { code, detail })
        }
        JobError::Wait {
            code,
            detail,
            seconds,
        } => {
            tracing::info!(%id, kind, code, detail, "a job waits");
            Some(Setback::Wait {
                code: code.to_owned(),
                detail,
                seconds,
            })
        }
        JobError::LeaseLost => {
            tracing::warn!(%id, kind, "a lease was lost: somebody else has the job");
            None
        }
    }
}

async fn settle(library: &Library, lease: &Lease, setback: Option<Setback>) {
    let Some(setback) = setback else { return };
    if let Err(error) = lease::set_back(library, lease, setback).await {
        // The lease runs out by itself, and the job is started again.
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the end of an attempt was not written"
        );
    }
}
