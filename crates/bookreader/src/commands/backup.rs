//! `bookreader backup`: sealed copies of the library, restored and queried before they count.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use library::Library;
use library::clock::Clock;
use operations::Outcome;
use operations::backup::{self, Key, Manifest, Parts, Policy, Repository};

use super::open_library;
use crate::command_line::GlobalOptions;
use crate::configuration::{self, Configuration};
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(super) place: Place,
    #[command(subcommand)]
    action: Option<Action>,
}

/// Where backups are, and what opens them.
#[derive(Debug, clap::Args)]
pub(crate) struct Place {
    /// The folder of backups; `backups` in the data folder when absent. Keep it on another disk.
    #[arg(long, global = true, env = "BOOKREADER_BACKUP_DIR", value_name = "DIR")]
    repository: Option<PathBuf>,
    /// The age key that seals and opens them; made as `secrets/backup-key` in the data folder when absent. Keep a copy
    /// elsewhere: without it no backup can be opened, and it is part of none.
    #[arg(long, global = true, env = "BOOKREADER_BACKUP_KEY", value_name = "FILE")]
    key: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Back up database, files and configuration of one moment; the default.
    Create,
    /// Back up the database only.
    Db,
    /// Back up book files and pictures only.
    Storage,
    /// Back up settings and secrets only.
    Config,
    /// List the backups, oldest first.
    List,
    /// Open every file of a backup, restore it to a scratch folder and query it; the newest when none is named.
    Verify {
        /// Its name.
        id: Option<String>,
    },
    /// Remove the backups that need not be kept.
    Prune {
        /// Keep everything of the last days.
        #[arg(long, default_value_t = 30)]
        keep_days: u32,
        /// Keep the last of each of the last months.
        #[arg(long, default_value_t = 12)]
        keep_months: u32,
        /// Only say what would be removed.
        #[arg(long)]
        dry_run: bool,
    },
}

impl Place {
    pub(super) fn repository(&self, configuration: &Configuration) -> anyhow::Result<Repository> {
        let folder = self.folder(configuration);
        Repository::open(&folder).with_context(|| format!("the repository {}", folder.display()))
    }

    /// The repository and its key when both are there: looking makes neither.
    pub(super) fn existing(&self, configuration: &Configuration) -> Result<(Repository, Key), String> {
        let folder = self.folder(configuration);
        if !folder.join("manifests").is_dir() {
            return Err(format!("there are no backups in {}", folder.display()));
        }
        let repository =
            Repository::open(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let key = read_key(&self.key_file(configuration)).map_err(|error| format!("{error:#}"))?;
        Ok((repository, key))
    }

    fn folder(&self, configuration: &Configuration) -> PathBuf {
        self.repository
            .clone()
            .unwrap_or_else(|| configuration.data_dir().join("backups"))
    }

    pub(super) fn key_file(&self, configuration: &Configuration) -> PathBuf {
        self.key
            .clone()
            .unwrap_or_else(|| configuration.data_dir().join("secrets/backup-key"))
    }
}

pub(crate) async fn run(
    arguments: Arguments,
    global: GlobalOptions,
    configuration: Configuration,
) -> anyhow::Result<Exit> {
    let repository = arguments.place.repository(&configuration)?;
    let key_file = arguments.place.key_file(&configuration);
    let parts = match arguments.action.unwrap_or(Action::Create) {
        Action::Create => Parts {
            database: true,
            files: true,
            configuration: Some(configuration_files(&global, &configuration)?),
        },
        Action::Db => Parts {
            database: true,
            ..Parts::default()
        },
        Action::Storage => Parts {
            files: true,
            ..Parts::default()
        },
        Action::Config => Parts {
            configuration: Some(configuration_files(&global, &configuration)?),
            ..Parts::default()
        },
        Action::List => return list(&repository),
        Action::Verify { id } => {
            let newest = repository.ids()?.pop();
            let id = id.or(newest).context("there is no backup")?;
            return verify(&repository, &read_key(&key_file)?, &id).await;
        }
        Action::Prune {
            keep_days,
            keep_months,
            dry_run,
        } => {
            let policy = Policy {
                days: keep_days,
                months: keep_months,
            };
            return prune(&repository, policy, dry_run);
        }
    };
    let key = Key::read_or_make(&key_file).with_context(|| key_file.display().to_string())?;
    let manifest = create(&configuration, &repository, &key, &parts).await?;
    verify(&repository, &key, &manifest.id).await
}

pub(super) fn read_key(path: &Path) -> anyhow::Result<Key> {
    Key::read(path).with_context(|| format!("the backup key {}", path.display()))
}

async fn create(
    configuration: &Configuration,
    repository: &Repository,
    key: &Key,
    parts: &Parts,
) -> anyhow::Result<Manifest> {
    let library = open_library(configuration).await?;
    let made = backup::create(&library, repository, key, parts, Clock::system().now()).await;
    library.close().await;
    made.context("there is no new backup")
}

/// Backs up database and files of a library that is open, and restores it before it counts; gives its name.
pub(super) async fn of_everything(
    place: &Place,
    configuration: &Configuration,
    library: &Library,
) -> anyhow::Result<String> {
    let repository = place.repository(configuration)?;
    let key_file = place.key_file(configuration);
    let key = Key::read_or_make(&key_file).with_context(|| key_file.display().to_string())?;
    let parts = Parts {
        database: true,
        files: true,
        ..Parts::default()
    };
    let manifest = backup::create(library, &repository, &key, &parts, Clock::system().now()).await?;
    let verdict = backup::verify(&repository, &key, &manifest.id).await;
    anyhow::ensure!(
        verdict.outcome == Outcome::Pass,
        "the backup {} cannot be restored: {}",
        manifest.id,
        verdict.evidence.join("; ")
    );
    Ok(manifest.id)
}

/// The settings and secrets, by the path beneath a data folder that they are restored to.
fn configuration_files(
    global: &GlobalOptions,
    configuration: &Configuration,
) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    if let Some(file) = configuration::file(global)? {
        files.push(("bookreader.toml".to_owned(), file));
    }
    let keys = configuration
        .signing_keys_file
        .clone()
        .unwrap_or_else(|| configuration.data_dir().join("secrets/signing-keys"));
    if keys.is_file() {
        files.push(("secrets/signing-keys".to_owned(), keys));
    }
    Ok(files)
}

async fn verify(repository: &Repository, key: &Key, id: &str) -> anyhow::Result<Exit> {
    let verdict = backup::verify(repository, key, id).await;
    let (word, exit) = match verdict.outcome {
        Outcome::Pass => ("verified", Exit::Done),
        Outcome::Fail => ("DAMAGED", Exit::Failed),
        Outcome::CannotTell => ("cannot tell", Exit::CannotTell),
    };
    println!("{id}  {word}");
    for line in verdict.evidence {
        println!("  {line}");
    }
    Ok(exit)
}

fn list(repository: &Repository) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    for id in repository.ids()? {
        match repository.manifest(&id) {
            Ok(manifest) => println!("{id}  {}", contents(&manifest)),
            Err(error) => {
                println!("{id}  {error}");
                exit = Exit::Failed;
            }
        }
    }
    Ok(exit)
}

fn contents(manifest: &Manifest) -> String {
    let mut parts = Vec::new();
    if let Some(entry) = &manifest.database {
        parts.push(format!("database {} bytes", entry.bytes));
    }
    if let Some(files) = &manifest.files {
        parts.push(format!("{} files", files.len()));
    }
    if let Some(files) = &manifest.configuration {
        parts.push(format!("{} settings", files.len()));
    }
    parts.join(", ")
}

fn prune(repository: &Repository, policy: Policy, dry_run: bool) -> anyhow::Result<Exit> {
    let pruned =
        backup::prune(repository, policy, Clock::system().now(), dry_run).context("nothing was removed")?;
    let verb = if dry_run { "would remove" } else { "removed" };
    for id in &pruned.backups {
        println!("{verb} {id}");
    }
    println!(
        "{verb} {} backups, {} objects",
        pruned.backups.len(),
        pruned.objects
    );
    Ok(Exit::Done)
}
