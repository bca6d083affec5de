//! Counts what is in the database file and in the blob folder when nobody runs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};

use crate::fixture::book;

/// Questions whose answer is "none" in a sound library: what is wrong, and how it is counted.
const WRONGS: [(&str, &str); 12] = [
    (
        "publications that are not ready",
        "SELECT count(*) FROM publications WHERE status <> 'ready'",
    ),
    (
        "publications without a shelf",
        "SELECT count(*) FROM publications WHERE id NOT IN (SELECT publication_id FROM books)",
    ),
    (
        "jobs that are still open",
        "SELECT count(*) FROM jobs WHERE state IN ('queued', 'running') AND kind <> 'purge'",
    ),
    (
        "jobs that failed",
        "SELECT count(*) FROM jobs WHERE state IN ('failed', 'cancelled')",
    ),
    (
        "publications taken in more or less than once",
        "SELECT count(*) FROM publications p WHERE 1 <> (SELECT count(*) FROM jobs j WHERE j.publication_id = p.id \
         AND j.kind = 'ingest' AND j.state = 'done')",
    ),
    (
        "publications described more or less than once",
        "SELECT count(*) FROM publications p WHERE 1 <> (SELECT count(*) FROM jobs j WHERE j.publication_id = p.id \
         AND j.kind = 'describe' AND j.state = 'done')",
    ),
    (
        "publications that miscount their chapters",
        "SELECT count(*) FROM publications p WHERE chapter_count <> (SELECT count(*) FROM chapters c WHERE \
         c.publication_id = p.id)",
    ),
    (
        "publications that miscount their descriptions",
        "SELECT count(*) FROM publications p WHERE description_count = 0 OR description_count <> (SELECT count(*) FROM \
         descriptions d WHERE d.publication_id = p.id)",
    ),
    (
        "publications that miscount their pictures",
        "SELECT count(*) FROM publications p WHERE picture_count = 0 OR picture_count <> (SELECT count(*) FROM pictures x \
         WHERE x.publication_id = p.id)",
    ),
    (
        "descriptions that are there twice",
        "SELECT count(*) FROM (SELECT 1 FROM descriptions GROUP BY publication_id, chapter, start_offset, end_offset \
         HAVING count(*) > 1)",
    ),
    (
        "pictures without their original",
        "SELECT count(*) FROM pictures p WHERE NOT EXISTS (SELECT 1 FROM picture_files f WHERE f.picture_id = p.id AND \
         f.size = 'original')",
    ),
    (
        "rows that refer to nothing",
        "SELECT count(*) FROM pragma_foreign_key_check",
    ),
];

/// Everything is there exactly once.
pub(super) async fn hold(data: &Path, books: usize) {
    let database = open(data, true).await;
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&database)
        .await
        .unwrap();
    assert_eq!(sound, "ok");

    let books = i64::try_from(books).unwrap();
    for table in ["SELECT count(*) FROM books", "SELECT count(*) FROM publications"] {
        let count: i64 = sqlx::query_scalar(table).fetch_one(&database).await.unwrap();
        assert_eq!(count, books, "{table}");
    }
    for (wrong, question) in WRONGS {
        let count: i64 = sqlx::query_scalar(question).fetch_one(&database).await.unwrap();
        assert_eq!(count, 0, "{wrong}");
    }
    let abandoned: i64 = sqlx::query_scalar("SELECT coalesce(sum(abandonments), 0) FROM jobs")
        .fetch_one(&database)
        .await
        .unwrap();
    println!("{abandoned} jobs lost their worker and were taken up by another");
    assert_texts(&database, books).await;
    assert_blobs_have_files(&database, data).await;
    database.close().await;
}

/// Each chapter's own sentence stands in exactly one row.
async fn assert_texts(database: &SqlitePool, books: i64) {
    let bodies: Vec<String> = sqlx::query_scalar("SELECT body FROM chapters")
        .fetch_all(database)
        .await
        .unwrap();
    for number in 0..usize::try_from(books).unwrap() {
        for chapter in 0..book::CHAPTERS {
            let marker = book::marker(number, chapter);
            let holders = bodies.iter().filter(|body| body.contains(&marker)).count();
            assert_eq!(
                holders, 1,
                "chapter {chapter} of book {number} is there {holders} times"
            );
        }
    }
}

async fn assert_blobs_have_files(database: &SqlitePool, data: &Path) {
    let files = files_below(&data.join("blobs"));
    for (name, length) in blobs(database).await {
        let file = files.iter().find(|file| file.ends_with(&name));
        let file = file.unwrap_or_else(|| panic!("the blob {name} has a row and no file"));
        assert_eq!(
            i64::try_from(std::fs::metadata(file).unwrap().len()).unwrap(),
            length,
            "{name} is cut short"
        );
    }
}

/// After a purge without grace no file is there that no row names, finished or not.
pub(super) async fn assert_no_stray_file(data: &Path) {
    let database = open(data, true).await;
    let named: BTreeSet<String> = blobs(&database).await.into_iter().map(|(name, _)| name).collect();
    let unreferenced: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM blobs WHERE id NOT IN (SELECT blob_id FROM publications UNION SELECT blob_id FROM resources \
         UNION SELECT blob_id FROM picture_files UNION SELECT blob_id FROM exports)",
    )
    .fetch_one(&database)
    .await
    .unwrap();
    database.close().await;
    assert_eq!(unreferenced, 0, "blobs that nothing uses");
    let strays: Vec<PathBuf> = files_below(&data.join("blobs"))
        .into_iter()
        .filter(|file| !named.contains(file.file_name().unwrap().to_str().unwrap()))
        .collect();
    assert!(strays.is_empty(), "files that no row names: {strays:?}");
}

/// Lets the hour pass that lies between two purges.
pub(super) async fn forget_purges(data: &Path) {
    let database = open(data, false).await;
    sqlx::query("DELETE FROM jobs WHERE kind = 'purge'")
        .execute(&database)
        .await
        .unwrap();
    database.close().await;
}

/// Whether a purge has come to its end.
pub(super) async fn is_purged(data: &Path) -> bool {
    let database = open(data, true).await;
    let done: i64 = sqlx::query_scalar("SELECT count(*) FROM jobs WHERE kind = 'purge' AND state = 'done'")
        .fetch_one(&database)
        .await
        .unwrap();
    database.close().await;
    done > 0
}

/// File name and length of every blob that has a row.
async fn blobs(database: &SqlitePool) -> Vec<(String, i64)> {
    let rows: Vec<(String, uuid::Uuid, i64)> = sqlx::query_as("SELECT sha256, id, byte_length FROM blobs")
        .fetch_all(database)
        .await
        .unwrap();
    rows.into_iter()
        .map(|(sha256, id, length)| (format!("{sha256}-{id}"), length))
        .collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}

async fn open(data: &Path, read_only: bool) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(data.join("library.sqlite"))
        .read_only(read_only);
    SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .unwrap()
}
