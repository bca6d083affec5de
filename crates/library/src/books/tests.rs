//! Shelves: what is added, who sees it, and what remains when it goes.

use chrono::TimeDelta;
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::accounts::{NewUser, register};
use crate::books::{
    AddError, BookQuery, BookSort, BookStatus, Scope, Upload, add, get, list, original, publish, remove,
};
use crate::configuration::{LibraryConfig, UploadsConfig};
use crate::jobs::{self, worker};
use crate::positions::{self, NewPosition, PutError};
use crate::storage::entity::{blob, book, job, publication};
use crate::test_world::{World, fb2, on_each_engine, with_settings};
use crate::{Library, LookupError, Viewer, chapters, content};

fn winter() -> Vec<u8> {
    fb2(
        "Зимний вечер",
        &[
            &["Буря мглою небо кроет.", "Вихри снежные крутя."],
            &["Наша ветхая лачужка."],
        ],
    )
}

async fn rows(library: &Library) -> [u64; 4] {
    let connection = library.db().read();
    [
        publication::Entity::find().count(connection).await.unwrap(),
        book::Entity::find().count(connection).await.unwrap(),
        blob::Entity::find().count(connection).await.unwrap(),
        job::Entity::find().count(connection).await.unwrap(),
    ]
}

async fn titles(world: &World, viewer: Viewer, query: BookQuery) -> Vec<String> {
    let page = list(&world.library, viewer, &query).await.unwrap();
    page.items.into_iter().map(|book| book.title).collect()
}

#[tokio::test]
async fn an_upload_becomes_a_book_that_can_be_read() {
    on_each_engine(async |world| {
        let library = &world.library;
        let anna = world.reader("anna").await;
        let viewer = Viewer::User(anna.id);
        let added = world.add(&anna, "winter.fb2", &winter()).await;
        assert!(!added.duplicate);
        assert_eq!(
            (added.book.title.as_str(), added.book.status),
            ("Зимний вечер", BookStatus::Importing)
        );
        assert_eq!(added.book.authors, ["Анна Тестова"]);
        assert_eq!(added.book.job, added.job);
        assert!(
            chapters::list(library, viewer, added.book.id).await.is_err(),
            "not read yet"
        );

        worker::drain(library).await.unwrap();
        let book = get(library, viewer, added.book.id).await.unwrap();
        assert_eq!(
            (book.status, book.language.as_deref(), book.owned),
            (BookStatus::Describing, Some("ru"), true)
        );
        let revision = book.revision.unwrap();
        let chapters = chapters::list(library, viewer, book.id).await.unwrap();
        assert_eq!(
            (chapters.chapters.len(), &chapters.revision),
            (book.chapter_count, &revision)
        );
        let ends: Vec<usize> = chapters
            .chapters
            .iter()
            .map(|one| one.start + one.length)
            .collect();
        assert_eq!(ends.last(), Some(&book.length));
        let mut text = String::new();
        for chapter in &chapters.chapters {
            let read = chapters::get(library, viewer, book.id, chapter.index)
                .await
                .unwrap();
            assert_eq!(read.text.encode_utf16().count(), chapter.length);
            let html = content::chapter_html(library, viewer, &revision, chapter.index)
                .await
                .unwrap();
            let mut parts = String::new();
            for part in 0..chapter.parts.len() {
                parts += &content::part(library, viewer, &revision, chapter.index, part)
                    .await
                    .unwrap();
            }
            assert_eq!(parts, html);
            text += &read.text;
        }
        assert!(text.contains("Буря мглою небо кроет.") && text.contains("Наша ветхая лачужка."));
        assert!(matches!(
            chapters::get(library, viewer, book.id, 99).await,
            Err(LookupError::NotFound)
        ));
        assert_eq!(original(library, viewer, book.id).await.unwrap().bytes, winter());
    })
    .await;
}

#[tokio::test]
async fn what_is_not_a_book_is_refused_without_a_trace() {
    let uploads = UploadsConfig {
        max_bytes: 100_000,
        ..Default::default()
    };
    with_settings(
        LibraryConfig {
            uploads,
            ..Default::default()
        },
        async |world| {
            let library = &world.library;
            let anna = world.reader("anna").await;
            let wordless = fb2("Ничего", &[]);
            let cases: [(&str, &[u8], &str); 4] = [
                ("empty.epub", b"", "not-a-book"),
                (
                    "cat.png",
                    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0",
                    "not-a-book",
                ),
                ("archive.epub", b"PK\x03\x04 cut short", "malformed"),
                ("wordless.fb2", &wordless, "no-text"),
            ];
            for (name, bytes, code) in cases {
                let upload = Upload::from_bytes(library, Some(name), bytes).await.unwrap();
                let refused = add(library, anna.id, upload).await.unwrap_err();
                assert!(refused.is_client_error() && !refused.to_string().is_empty());
                assert_eq!(refused.code(), code, "{name}: {refused}");
            }
            let too_large = Upload::from_bytes(library, None, &vec![b'a'; 100_001]).await;
            assert!(matches!(too_large, Err(AddError::TooLarge { limit: 100_000 })));
            let broken = [Ok(bytes::Bytes::from_static(b"a")), Err("gone away")];
            let interrupted = Upload::receive(library, None, futures::stream::iter(broken)).await;
            assert!(matches!(interrupted, Err(AddError::Interrupted(_))));
            assert_eq!(rows(library).await, [0, 0, 0, 0]);
            assert_eq!(std::fs::read_dir(library.unfinished_dir()).unwrap().count(), 0);
        },
    )
    .await;
}

#[tokio::test]
async fn the_same_file_is_one_publication_and_no_second_work() {
    on_each_engine(async |world| {
        let library = &world.library;
        let (anna, boris) = (world.reader("anna").await, world.reader("boris").await);
        let first = world.add(&anna, "winter.fb2", &winter()).await;
        let again = world.add(&anna, "winter (1).fb2", &winter()).await;
        assert_eq!(
            (again.duplicate, again.book.id, again.job),
            (true, first.book.id, first.job)
        );
        let meanwhile = world.add(&boris, "winter.fb2", &winter()).await;
        assert_eq!((meanwhile.duplicate, meanwhile.job), (false, first.job));
        assert_eq!(meanwhile.book.publication, first.book.publication);
        assert_ne!(meanwhile.book.id, first.book.id);
        assert_eq!(rows(library).await, [1, 2, 1, 1]);
        worker::drain(library).await.unwrap();
        let vera = world.reader("vera").await;
        let later = world.add(&vera, "winter.fb2", &winter()).await;
        assert_eq!((later.job, later.book.revision.is_some()), (None, true));
        let ingests = jobs::JobQuery {
            kind: Some(jobs::JobKind::Ingest),
            ..Default::default()
        };
        assert_eq!(jobs::list(library, &ingests).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn uploads_of_the_same_file_at_once_are_one_publication() {
    on_each_engine(async |world| {
        let anna = world.reader("anna").await;
        let bytes = winter();
        let uploads = (0..6).map(|_| world.add(&anna, "winter.fb2", &bytes));
        let added = futures::future::join_all(uploads).await;
        assert_eq!(added.iter().filter(|one| !one.duplicate).count(), 1);
        assert_eq!(rows(&world.library).await, [1, 1, 1, 1]);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_finds_nothing() {
    on_each_engine(async |world| {
        let library = &world.library;
        let (anna, boris) = (world.reader("anna").await, world.reader("boris").await);
        let book = world.add(&anna, "winter.fb2", &winter()).await.book;
        worker::drain(library).await.unwrap();
        let revision = get(library, Viewer::User(anna.id), book.id)
            .await
            .unwrap()
            .revision
            .unwrap();
        for stranger in [Viewer::Anonymous, Viewer::User(boris.id)] {
            assert!(matches!(
                get(library, stranger, book.id).await,
                Err(LookupError::NotFound)
            ));
            assert!(matches!(
                chapters::list(library, stranger, book.id).await,
                Err(LookupError::NotFound)
            ));
            assert!(matches!(
                chapters::get(library, stranger, book.id, 0).await,
                Err(LookupError::NotFound)
            ));
            let html = content::chapter_html(library, stranger, &revision, 0).await;
            assert!(matches!(html, Err(LookupError::NotFound)));
            assert!(matches!(
                original(library, stranger, book.id).await,
                Err(LookupError::NotFound)
            ));
            assert!(titles(&world, stranger, BookQuery::default()).await.is_empty());
        }
        let place = NewPosition {
            chapter: 0,
            offset: 0,
            device: String::new(),
            expected_version: 0,
        };
        assert!(matches!(
            positions::put(library, boris.id, book.id, place).await,
            Err(PutError::NotFound)
        ));
        assert!(matches!(
            remove(library, boris.id, book.id).await,
            Err(LookupError::NotFound)
        ));
        assert!(
            get(library, Viewer::Administrator(boris.id), book.id)
                .await
                .is_ok()
        );
    })
    .await;
}

#[tokio::test]
async fn the_catalogue_is_open_to_all() {
    on_each_engine(async |world| {
        let library = &world.library;
        let (anna, boris) = (world.reader("anna").await, world.reader("boris").await);
        let book = world.add(&anna, "winter.fb2", &winter()).await.book;
        worker::drain(library).await.unwrap();
        publish(library, book.id, true).await.unwrap();
        let seen = get(library, Viewer::Anonymous, book.id).await.unwrap();
        assert_eq!((seen.owned, seen.in_catalogue), (false, true));
        let html = content::chapter_html(library, Viewer::Anonymous, &seen.revision.unwrap(), 0).await;
        assert!(html.is_ok());
        let place = NewPosition {
            chapter: 0,
            offset: 1,
            device: "x".into(),
            expected_version: 0,
        };
        positions::put(library, boris.id, book.id, place).await.unwrap();

        // Who has the same publication on their own shelf sees it once.
        let own = world.add(&boris, "winter.fb2", &winter()).await.book;
        let all = list(library, Viewer::User(boris.id), &BookQuery::default())
            .await
            .unwrap();
        assert_eq!((all.total, all.items[0].id), (1, own.id));
        assert!(all.items[0].progress.is_some());
        publish(library, book.id, false).await.unwrap();
        assert!(matches!(
            get(library, Viewer::Anonymous, book.id).await,
            Err(LookupError::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_shelf_is_searched_sorted_and_paged() {
    on_each_engine(async |world| {
        let library = &world.library;
        let anna = world.reader("anna").await;
        let viewer = Viewer::User(anna.id);
        for title in ["Ёлка у Ивановых", "Метель", "100% правды", "Весна"] {
            world
                .add(&anna, "a.fb2", &fb2(title, &[&["Текст. Ещё текст."]]))
                .await;
            world.advance(TimeDelta::seconds(1));
        }
        let search = |text: &str| BookQuery {
            text: Some(text.into()),
            ..Default::default()
        };
        assert_eq!(titles(&world, viewer, search("ЕЛКА")).await, ["Ёлка у Ивановых"]);
        assert_eq!(
            titles(&world, viewer, search("тестова")).await.len(),
            4,
            "by author"
        );
        assert_eq!(titles(&world, viewer, search("0%")).await, ["100% правды"]);
        assert!(titles(&world, viewer, search("%х")).await.is_empty());
        let sorted = |sort, descending| BookQuery {
            sort,
            descending,
            ..Default::default()
        };
        let by_title = titles(&world, viewer, sorted(BookSort::Title, false)).await;
        assert_eq!(by_title, ["100% правды", "Весна", "Ёлка у Ивановых", "Метель"]);
        let latest = titles(&world, viewer, sorted(BookSort::Added, true)).await;
        assert_eq!(latest, ["Весна", "100% правды", "Метель", "Ёлка у Ивановых"]);
        let second = BookQuery {
            page: 2,
            per_page: 3,
            ..sorted(BookSort::Title, false)
        };
        let page = list(library, viewer, &second).await.unwrap();
        assert_eq!(
            (page.total, page.items.len(), page.items[0].title.as_str()),
            (4, 1, "Метель")
        );
        let language = |tag: &str| BookQuery {
            language: Some(tag.into()),
            ..Default::default()
        };
        assert_eq!(titles(&world, viewer, language("ru")).await.len(), 4);
        assert!(titles(&world, viewer, language("en")).await.is_empty());

        worker::drain(library).await.unwrap();
        let snow = list(library, viewer, &search("Метель"))
            .await
            .unwrap()
            .items
            .remove(0);
        let place = NewPosition {
            chapter: 0,
            offset: 1,
            device: "x".into(),
            expected_version: 0,
        };
        positions::put(library, anna.id, snow.id, place).await.unwrap();
        assert_eq!(
            titles(&world, viewer, sorted(BookSort::Opened, true)).await[0],
            "Метель"
        );
        let own = BookQuery {
            scope: Scope::Catalogue,
            ..Default::default()
        };
        assert!(titles(&world, viewer, own).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_synthetic_account_holds_one_book() {
    on_each_engine(async |world| {
        let new = NewUser {
            email: "test@example.com".into(),
            password: "test123".into(),
            full_name: "T".into(),
            language: crate::accounts::Language::default(),
        };
        let tester = register(&world.library, new).await.unwrap();
        world.add(&tester, "a.fb2", &winter()).await;
        assert!(world.add(&tester, "a.fb2", &winter()).await.duplicate);
        let other = fb2("Другая", &[&["Текст. Ещё текст."]]);
        let upload = Upload::from_bytes(&world.library, None, &other).await.unwrap();
        let refused = add(&world.library, tester.id, upload).await;
        assert!(matches!(refused, Err(AddError::ShelfFull { books: 1 })));
    })
    .await;
}

#[tokio::test]
async fn a_book_goes_with_its_positions_and_its_publication_when_nobody_holds_it() {
    on_each_engine(async |world| {
        let library = &world.library;
        let (anna, boris) = (world.reader("anna").await, world.reader("boris").await);
        let first = world.add(&anna, "winter.fb2", &winter()).await.book;
        let second = world.add(&boris, "winter.fb2", &winter()).await.book;
        worker::drain(library).await.unwrap();
        let place = NewPosition {
            chapter: 0,
            offset: 3,
            device: "x".into(),
            expected_version: 0,
        };
        positions::put(library, anna.id, first.id, place).await.unwrap();
        remove(library, anna.id, first.id).await.unwrap();
        let back = world.add(&anna, "winter.fb2", &winter()).await.book;
        assert!(back.progress.is_none());

        remove(library, anna.id, back.id).await.unwrap();
        world.advance(TimeDelta::days(2));
        purge(library).await;
        assert_eq!(rows(library).await[..3], [1, 1, 1], "boris holds it");
        remove(library, boris.id, second.id).await.unwrap();
        purge(library).await;
        assert_eq!(
            rows(library).await[..3],
            [1, 0, 1],
            "it may come back within a day"
        );
        world.advance(TimeDelta::days(2));
        purge(library).await;
        assert_eq!(rows(library).await[..3], [0, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn synthetic_accounts_and_ended_sign_ins_are_purged() {
    on_each_engine(async |world| {
        let library = &world.library;
        let new = NewUser {
            email: "test@example.com".into(),
            password: "test123".into(),
            full_name: "T".into(),
            language: crate::accounts::Language::default(),
        };
        let tester = register(library, new).await.unwrap();
        let anna = world.reader("anna").await;
        purge(library).await;
        assert!(crate::accounts::get(library, tester.id).await.is_ok());
        world.advance(TimeDelta::days(2));
        purge(library).await;
        assert!(crate::accounts::get(library, tester.id).await.is_err());
        assert!(crate::accounts::get(library, anna.id).await.is_ok());
    })
    .await;
}

async fn purge(library: &Library) {
    let work = jobs::Work::Purge {};
    let transaction = library.db().write().await.unwrap();
    let id = jobs::queue::enqueue(library, &transaction, &work, None, 1)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    worker::drain(library).await.unwrap();
    assert_eq!(
        jobs::load(library, id).await.unwrap().unwrap().state,
        jobs::JobState::Done
    );
}
