//! Backups of a real library: what they hold comes back, and what is changed in them is found.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use library::accounts::{self, NewUser};
use library::books::{self, Upload};
use library::configuration::LibraryConfig;
use library::maintenance;
use library::{Environment, Library};
use operations::Outcome;
use operations::backup::{self, Key, Manifest, Parts, Policy, Repository};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

/// A library with a reader and a book, its key, and an empty repository.
struct World {
    folder: tempfile::TempDir,
    library: Library,
    repository: Repository,
    key: Key,
}

impl World {
    async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let library = open(&folder.path().join("data")).await;
        library.migrations().up().await.unwrap();
        let new = NewUser {
            email: "reader@example.org".to_owned(),
            password: "мороз и солнце".to_owned(),
            full_name: "Анна".to_owned(),
            language: library::accounts::Language::default(),
        };
        let reader = accounts::register(&library, new).await.unwrap();
        let text = "# Глава\n\nБыл тёмный лес.\n";
        let upload = Upload::from_bytes(&library, Some("лес.md"), text.as_bytes())
            .await
            .unwrap();
        books::add(&library, reader.id, upload).await.unwrap();
        Self {
            repository: Repository::open(&folder.path().join("backups")).unwrap(),
            key: Key::read_or_make(&folder.path().join("key")).unwrap(),
            library,
            folder,
        }
    }

    async fn back_up(&self, at: DateTime<Utc>) -> Manifest {
        let secret = self.folder.path().join("signing-keys");
        std::fs::write(&secret, "name c0ffee").unwrap();
        let parts = Parts {
            database: true,
            files: true,
            configuration: Some(vec![("secrets/signing-keys".to_owned(), secret)]),
        };
        backup::create(&self.library, &self.repository, &self.key, &parts, at)
            .await
            .unwrap()
    }

    async fn outcome(&self, id: &str) -> Outcome {
        backup::verify(&self.repository, &self.key, id).await.outcome
    }

    /// Every file of the repository that a backup consists of.
    fn stored(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let backups = self.folder.path().join("backups");
        for part in ["objects", "manifests"] {
            collect(&backups.join(part), &mut files);
        }
        files.sort();
        files
    }
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else {
            into.push(path);
        }
    }
}

async fn open(data_dir: &Path) -> Library {
    let config = LibraryConfig {
        data_dir: data_dir.to_owned(),
        ..LibraryConfig::default()
    };
    Library::open(config, Environment::system(Vec::new()))
        .await
        .unwrap()
}

#[tokio::test]
async fn what_was_backed_up_comes_back() {
    let world = World::new().await;
    let manifest = world.back_up(now()).await;
    assert_eq!(world.outcome(&manifest.id).await, Outcome::Pass);

    let target = world.folder.path().join("restored");
    backup::restore(&world.repository, &world.key, &manifest, &target)
        .await
        .unwrap();
    let restored = open(&target).await;
    assert_eq!(
        maintenance::census(&restored).await.unwrap(),
        maintenance::census(&world.library).await.unwrap()
    );
    let objects = maintenance::objects(&world.library).await.unwrap();
    assert!(!objects.is_empty());
    for object in objects {
        assert_eq!(
            maintenance::read_object(&restored, &object).await.unwrap(),
            maintenance::read_object(&world.library, &object).await.unwrap()
        );
    }
    let secret = std::fs::read_to_string(target.join("secrets/signing-keys")).unwrap();
    assert_eq!(secret, "name c0ffee");
    restored.close().await;

    let again = backup::restore(&world.repository, &world.key, &manifest, &target).await;
    assert!(
        again.is_err(),
        "a restore must not touch a folder with something in it"
    );
}

#[tokio::test]
async fn any_flipped_bit_and_any_missing_file_is_found() {
    let world = World::new().await;
    let id = world.back_up(now()).await.id;
    let files = world.stored();
    let mut runner = TestRunner::new(Config::with_cases(200));
    let places = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0u8..8);
    for _ in 0..200 {
        let (file, byte, bit) = places.new_tree(&mut runner).unwrap().current();
        let path = file.get(&files);
        let whole = std::fs::read(path).unwrap();
        let mut damaged = whole.clone();
        let at = byte.index(damaged.len());
        damaged[at] ^= 1 << bit;
        std::fs::write(path, damaged).unwrap();
        let outcome = world.outcome(&id).await;
        std::fs::write(path, whole).unwrap();
        assert_eq!(
            outcome,
            Outcome::Fail,
            "bit {bit} of byte {at} of {}",
            path.display()
        );
    }
    for path in &files {
        let whole = std::fs::read(path).unwrap();
        for damaged in [&whole[..whole.len() - 1], &[]] {
            std::fs::write(path, damaged).unwrap();
            assert_eq!(world.outcome(&id).await, Outcome::Fail, "{} cut", path.display());
        }
        std::fs::remove_file(path).unwrap();
        assert_eq!(world.outcome(&id).await, Outcome::Fail, "{} gone", path.display());
        std::fs::write(path, whole).unwrap();
    }
    assert_eq!(world.outcome(&id).await, Outcome::Pass);
}

#[tokio::test]
async fn nothing_readable_is_stored_and_another_key_opens_nothing() {
    let world = World::new().await;
    let id = world.back_up(now()).await.id;
    for path in world.stored() {
        let bytes = std::fs::read(&path).unwrap();
        for secret in ["c0ffee", "reader@example.org", "тёмный лес"] {
            let found = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!found, "{} holds {secret}", path.display());
        }
    }
    let other = Key::read_or_make(&world.folder.path().join("other-key")).unwrap();
    assert_eq!(
        backup::verify(&world.repository, &other, &id).await.outcome,
        Outcome::Fail
    );
}

#[tokio::test]
async fn a_second_backup_stores_no_file_twice_and_pruning_the_first_harms_nothing() {
    let world = World::new().await;
    let first = world.back_up(now() - TimeDelta::days(40)).await;
    let second = world.back_up(now()).await;
    assert_eq!(first.files, second.files);

    let policy = Policy { days: 30, months: 0 };
    let told = backup::prune(&world.repository, policy, now(), true).unwrap();
    assert_eq!(
        (told.backups.as_slice(), told.objects),
        ([first.id.clone()].as_slice(), 0)
    );
    assert_eq!(world.repository.ids().unwrap().len(), 2);

    backup::prune(&world.repository, policy, now(), false).unwrap();
    assert_eq!(world.repository.ids().unwrap(), std::slice::from_ref(&second.id));
    assert_eq!(world.outcome(&second.id).await, Outcome::Pass);
    assert_eq!(world.stored().len(), second.entries().count() + 1);
}

#[tokio::test]
async fn a_store_that_lost_a_file_gives_no_backup() {
    let world = World::new().await;
    std::fs::remove_dir_all(world.folder.path().join("data/blobs")).unwrap();
    let parts = Parts {
        database: true,
        files: true,
        configuration: None,
    };
    let made = backup::create(&world.library, &world.repository, &world.key, &parts, now()).await;
    assert!(made.is_err());
    assert!(world.repository.ids().unwrap().is_empty());
}
