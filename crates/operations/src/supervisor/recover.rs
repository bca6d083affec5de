//! Finding the way back after a supervisor was killed, at whatever step.

use std::net::TcpListener;

use anyhow::Context as _;

use super::process::Running;
use super::run::Supervisor;
use super::{Options, State};
use crate::generation::{self, Place};

/// The listening socket: from a generation that outlived its supervisor, or opened anew.
pub(super) async fn listening_socket(options: &Options, state: &State) -> anyhow::Result<TcpListener> {
    for generation in state.generations() {
        let place = Place::new(&options.folders.run(), generation.number);
        let Ok(listener) = generation::take(&place.listening_socket()) else {
            continue;
        };
        let address = listener.local_addr()?;
        anyhow::ensure!(
            address == options.listen || options.listen.port() == 0,
            "version {} still serves on {address}: stop it, or supervise with --listen {address}",
            generation.release
        );
        tracing::info!(generation = generation.number, %address, "the listening socket was taken over");
        return Ok(listener);
    }
    tokio::net::TcpListener::bind(options.listen)
        .await
        .and_then(tokio::net::TcpListener::into_std)
        .with_context(|| {
            format!(
                "cannot listen on {}: choose another address with --listen",
                options.listen
            )
        })
}

/// Adopts what lives, and makes it so as it was decided.
pub(super) async fn recover(supervisor: &Supervisor) -> anyhow::Result<()> {
    for generation in supervisor.state().generations() {
        if let Some(running) = Running::adopt(&supervisor.place(generation.number)).await {
            tracing::info!(generation = generation.number, pid = running.pid, "adopted");
            supervisor.remember(generation.number, running);
        }
    }
    // Whoever had the lock is gone with the supervisor that served him.
    supervisor.change(|state| state.lock = None)?;
    let abandoned = supervisor.state().starting;
    serve_again(supervisor).await?;

    // What was being started when the supervisor died never counted.
    supervisor.change(|state| {
        for generation in abandoned {
            state.has_started(&generation);
            state.retiring.push(generation);
        }
    })?;
    let state = supervisor.state();
    for generation in state.retiring {
        supervisor.retire(generation);
    }
    if let Some(running) = state.previous.as_ref().and_then(|one| supervisor.running(one)) {
        running.client.close().await?;
    }
    if state.bake_until.is_some() {
        supervisor.bake_on()?;
    }
    Ok(())
}

/// Opens the version that counts, or starts it; on the first day, the release that this program is.
async fn serve_again(supervisor: &Supervisor) -> anyhow::Result<()> {
    let Some(serving) = supervisor.state().serving else {
        let release = supervisor.0.releases.store(&supervisor.0.options.program)?;
        supervisor
            .begin(&release)
            .await
            .context("the first version does not come up")?;
        return Ok(());
    };
    if let Some(running) = supervisor.running(&serving) {
        running.client.open().await?;
        return Ok(());
    }
    let release = supervisor.0.releases.at(&serving.release);
    supervisor
        .begin(&release)
        .await
        .with_context(|| format!("version {} does not come back", serving.release))?;
    Ok(())
}
