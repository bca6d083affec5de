//! From a file to its pictures, with the installed language models.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use linguistics::Models;
use tokio_util::sync::CancellationToken;

use crate::accounts::{NewUser, User, register};
use crate::books::{Book, BookStatus, get};
use crate::configuration::{IllustrationsConfig, LibraryConfig};
use crate::descriptions::{self, DescriptionQuery};
use crate::ids::PublicationId;
use crate::jobs::{JobKind, JobQuery, JobState, list, worker};
use crate::pictures::{self, PictureOptions, PictureSize, RequestError, Requested};
use crate::plans::{PlansConfig, Spent};
use crate::test_world::{World, fb2, with_settings};
use crate::{LookupError, Viewer, chapters, characters, exports};

/// Two chapters with people, places and weather, written for this test.
fn tale() -> Vec<u8> {
    fb2(
        "Станция Заречная",
        &[
            &[
                "Над широкой рекой стоял густой белый туман, и тёмные ели на том берегу казались стеной. \
                 Жёлтый свет фонаря дрожал на мокрых досках причала.",
                "Анна Павловна Орлова, высокая женщина в сером плаще, с седыми волосами и узким бледным лицом, стояла у воды.",
                "— Вы опоздали, — сказала она. — Мы ждём с утра.",
                "Иван ответил, что поезд задержали.",
            ],
            &[
                "В низкой комнате с закопчённым потолком горела свеча; на дубовом столе лежали старые карты, \
                 медный компас и половина хлеба.",
                "Анна Павловна села у окна и развернула письмо. За окном мела метель, и снег ложился на чёрные ветви яблонь.",
                "— Завтра, — сказал Иван.",
            ],
        ],
    )
}

/// Where the models are installed; without them the test is skipped loudly, which is a failure where `CI` is `true`.
fn models_dir() -> Option<std::path::PathBuf> {
    let folder = Models::default_dir();
    if Models::open(&folder).is_ok() {
        return Some(folder);
    }
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "the language models must be installed where CI=true"
    );
    eprintln!("SKIPPED: the language models are not installed, so nothing was described");
    None
}

fn settings() -> Option<LibraryConfig> {
    let illustrations = IllustrationsConfig {
        pictures_per_book: 2,
        width: 640,
        height: 480,
        ..Default::default()
    };
    let mut plans = PlansConfig::default();
    plans.ultimate.pictures_per_day = 2;
    Some(LibraryConfig {
        plans,
        models_dir: Some(models_dir()?),
        illustrations,
        ..Default::default()
    })
}

async fn described(world: &World) -> (User, Book) {
    let anna = world.reader("anna").await;
    let book = world.add(&anna, "tale.fb2", &tale()).await.book;
    worker::drain(&world.library).await.unwrap();
    let book = get(&world.library, Viewer::User(anna.id), book.id).await.unwrap();
    (anna, book)
}

async fn jobs_of(world: &World, publication: PublicationId, kind: JobKind) -> Vec<JobState> {
    let query = JobQuery {
        kind: Some(kind),
        publication: Some(publication),
        ..Default::default()
    };
    list(&world.library, &query)
        .await
        .unwrap()
        .into_iter()
        .map(|job| job.state)
        .collect()
}

#[tokio::test]
async fn a_file_becomes_descriptions_people_and_pictures() {
    let Some(settings) = settings() else { return };
    with_settings(settings, async |world| {
        let library = &world.library;
        let (anna, book) = described(&world).await;
        let viewer = Viewer::User(anna.id);
        assert_eq!((book.status, &book.failure), (BookStatus::Ready, &None));
        assert!(book.description_count >= 3, "{}", book.description_count);
        let found = descriptions::list(library, viewer, book.id, &DescriptionQuery::default())
            .await
            .unwrap();
        assert_eq!(found.total as usize, book.description_count);
        for one in &found.items {
            let chapter = chapters::get(library, viewer, book.id, one.chapter)
                .await
                .unwrap();
            let units: Vec<u16> = chapter.text.encode_utf16().collect();
            assert_eq!(String::from_utf16(&units[one.start..one.end]).unwrap(), one.text);
            assert!(!one.prompt.is_empty() && (0.0..=1.0).contains(&one.score));
            assert_eq!(&descriptions::get(library, viewer, one.id).await.unwrap(), one);
        }
        let in_second = DescriptionQuery {
            chapter: Some(found.items.last().unwrap().chapter),
            ..Default::default()
        };
        let second = descriptions::list(library, viewer, book.id, &in_second)
            .await
            .unwrap();
        assert!(
            second.total >= 1
                && second
                    .items
                    .iter()
                    .all(|one| Some(one.chapter) == in_second.chapter)
        );
        let places = DescriptionQuery {
            kinds: vec!["location".into()],
            min_score: Some(0.1),
            ..Default::default()
        };
        let places = descriptions::list(library, viewer, book.id, &places)
            .await
            .unwrap();
        assert!(places.total >= 1 && places.items.iter().all(|one| one.kind == "location"));

        let drawn = pictures::list(library, viewer, book.id, 1, 20).await.unwrap();
        assert_eq!((drawn.total, book.picture_count), (2, 2));
        for picture in &drawn.items {
            assert_eq!(
                (picture.width, picture.height, picture.provider.as_str()),
                (640, 480, "painter")
            );
            assert_eq!(picture.widths, [480, 640]);
            let small = pictures::image(library, viewer, picture.id, PictureSize::Width(300))
                .await
                .unwrap();
            let whole = pictures::image(library, viewer, picture.id, PictureSize::Original)
                .await
                .unwrap();
            assert_eq!(image::load_from_memory(&small.bytes).unwrap().width(), 480);
            assert_eq!(
                (
                    image::load_from_memory(&whole.bytes).unwrap().width(),
                    whole.media_type.as_str()
                ),
                (640, "image/jpeg")
            );
        }
        let with_picture = found.items.iter().filter(|one| one.picture.is_some()).count();
        assert_eq!(with_picture, 2);
    })
    .await;
}

#[tokio::test]
async fn a_reader_is_told_no_more_of_people_than_they_have_read() {
    let Some(settings) = settings() else { return };
    with_settings(settings, async |world| {
        let (anna, book) = described(&world).await;
        let viewer = Viewer::User(anna.id);
        let at_start = characters::list(&world.library, viewer, book.id, Some((0, 0)))
            .await
            .unwrap();
        assert!(at_start.is_empty());
        let everybody = characters::list(&world.library, viewer, book.id, None)
            .await
            .unwrap();
        let lady = everybody
            .iter()
            .find(|one| one.name.contains("Анна"))
            .expect("she is named three times");
        let chapters = chapters::list(&world.library, viewer, book.id).await.unwrap();
        let first = chapters.chapters.iter().find(|one| one.length > 100).unwrap();
        let met = characters::list(&world.library, viewer, book.id, Some((first.index, first.length)))
            .await
            .unwrap();
        let met = met
            .iter()
            .find(|one| one.id == lady.id)
            .expect("she is in the first chapter");
        assert!(met.mention_count < lady.mention_count);
        assert!(met.looks.iter().all(|look| look.chapter <= first.index));
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_drawn_once_for_all_and_within_the_quota() {
    let Some(settings) = settings() else { return };
    with_settings(settings, async |world| {
        let library = &world.library;
        let (anna, book) = described(&world).await;
        let viewer = Viewer::User(anna.id);
        let found = descriptions::list(library, viewer, book.id, &DescriptionQuery::default())
            .await
            .unwrap()
            .items;
        let drawn = found.iter().find(|one| one.picture.is_some()).unwrap();
        let ready = pictures::request(library, anna.id, drawn.id, PictureOptions::default())
            .await
            .unwrap();
        assert_eq!(ready, Requested::Ready(Box::new(drawn.picture.clone().unwrap())));

        let other = |seed| PictureOptions {
            seed: Some(seed),
            ..Default::default()
        };
        let Requested::Queued(job) = pictures::request(library, anna.id, drawn.id, other(1))
            .await
            .unwrap()
        else {
            panic!("another seed is another picture")
        };
        let again = pictures::request(library, anna.id, drawn.id, other(1))
            .await
            .unwrap();
        assert_eq!(again, Requested::Queued(job));
        worker::drain(library).await.unwrap();
        let ready = pictures::request(library, anna.id, drawn.id, other(1))
            .await
            .unwrap();
        assert!(matches!(ready, Requested::Ready(_)));
        assert_eq!(get(library, viewer, book.id).await.unwrap().picture_count, 3);

        pictures::request(library, anna.id, drawn.id, other(2))
            .await
            .unwrap();
        let spent = pictures::request(library, anna.id, drawn.id, other(3)).await;
        assert!(matches!(
            spent,
            Err(RequestError::QuotaSpent(Spent { pictures: 2, .. }))
        ));
        world.advance(TimeDelta::days(2));
        pictures::request(library, anna.id, drawn.id, other(3))
            .await
            .unwrap();

        let stranger = world.reader("boris").await;
        let refused = pictures::request(library, stranger.id, drawn.id, other(4)).await;
        assert!(matches!(refused, Err(RequestError::NotFound)));
        let picture = drawn.picture.as_ref().unwrap().id;
        for viewer in [Viewer::Anonymous, Viewer::User(stranger.id)] {
            let image = pictures::image(library, viewer, picture, PictureSize::Original).await;
            assert!(matches!(image, Err(LookupError::NotFound)));
            assert!(matches!(
                descriptions::get(library, viewer, drawn.id).await,
                Err(LookupError::NotFound)
            ));
            assert!(matches!(
                characters::list(library, viewer, book.id, None).await,
                Err(LookupError::NotFound)
            ));
        }
    })
    .await;
}

#[tokio::test]
async fn without_models_a_book_is_read_all_the_same_and_described_when_they_come() {
    let Some(installed) = models_dir() else { return };
    with_settings(LibraryConfig::default(), async |world| {
        let (anna, book) = described(&world).await;
        assert_eq!(book.status, BookStatus::Describing);
        assert!(
            chapters::get(&world.library, Viewer::User(anna.id), book.id, 0)
                .await
                .is_ok()
        );
        let waiting = list(
            &world.library,
            &JobQuery {
                kind: Some(JobKind::Describe),
                ..Default::default()
            },
        )
        .await
        .unwrap();
        let error = waiting[0].error.clone().unwrap();
        assert_eq!(
            (waiting[0].state, waiting[0].failures, error.code.as_str()),
            (JobState::Queued, 0, "models-missing")
        );
        assert!(
            error.detail.contains("bookreader models install"),
            "{}",
            error.detail
        );

        std::os::unix::fs::symlink(&installed, world.config.models_dir.as_ref().unwrap()).unwrap();
        world.advance(TimeDelta::minutes(2));
        worker::drain(&world.library).await.unwrap();
        let book = get(&world.library, Viewer::User(anna.id), book.id).await.unwrap();
        assert_eq!(book.status, BookStatus::Ready);
        assert!(book.description_count > 0);
    })
    .await;
}

#[tokio::test]
async fn a_book_in_another_language_stays_readable_and_says_why() {
    let Some(settings) = settings() else { return };
    with_settings(settings, async |world| {
        let anna = world.reader("anna").await;
        let finnish = String::from_utf8(fb2("Talvi", &[&["Lumi peitti maan."]])).unwrap();
        let finnish = finnish.replace("<lang>ru</lang>", "<lang>fi</lang>");
        let book = world.add(&anna, "talvi.fb2", finnish.as_bytes()).await.book;
        worker::drain(&world.library).await.unwrap();
        let book = get(&world.library, Viewer::User(anna.id), book.id).await.unwrap();
        assert_eq!(
            (book.status, book.failure.unwrap().code.as_str()),
            (BookStatus::Ready, "language")
        );
        assert_eq!(
            jobs_of(&world, book.publication, JobKind::Describe).await,
            [JobState::Failed]
        );
    })
    .await;
}

/// An illustrator that is over its limit.
struct Busy;

#[async_trait::async_trait]
impl ::pictures::Provider for Busy {
    fn name(&self) -> &str {
        "busy"
    }

    async fn probe(&self) -> Result<(), ::pictures::ProviderError> {
        Ok(())
    }

    async fn illustrate(
        &self,
        _: &::pictures::Brief,
    ) -> Result<::pictures::Picture, ::pictures::ProviderError> {
        Err(::pictures::ProviderError::Unavailable {
            provider: "busy".into(),
            status: 429,
            retry_after: None,
        })
    }
}

#[tokio::test]
async fn a_busy_illustrator_leaves_the_work_to_the_next_or_to_later() {
    let Some(settings) = settings() else { return };
    with_settings(settings, async |world| {
        let anna = world.reader("anna").await;
        let book = world.add(&anna, "tale.fb2", &tale()).await.book;
        let busy = world.with_illustrators(vec![Arc::new(Busy)]).await;
        worker::drain(&busy).await.unwrap();
        let states = jobs_of(&world, book.publication, JobKind::Illustrate).await;
        assert_eq!(states, [JobState::Queued, JobState::Queued]);
        world.advance(TimeDelta::hours(2));
        let both = world
            .with_illustrators(vec![Arc::new(Busy), Arc::new(crate::test_world::Painter)])
            .await;
        worker::drain(&both).await.unwrap();
        let book = get(&world.library, Viewer::User(anna.id), book.id).await.unwrap();
        assert_eq!(book.picture_count, 2);
    })
    .await;
}

#[tokio::test]
async fn a_synthetic_account_asks_for_few_pictures() {
    let Some(settings) = settings() else { return };
    with_settings(settings, async |world| {
        let new = NewUser {
            email: "test@example.com".into(),
            password: "test123".into(),
            full_name: "T".into(),
            language: crate::accounts::Language::default(),
        };
        let tester = register(&world.library, new).await.unwrap();
        let book = world.add(&tester, "tale.fb2", &tale()).await.book;
        worker::drain(&world.library).await.unwrap();
        let viewer = Viewer::User(tester.id);
        let found = descriptions::list(&world.library, viewer, book.id, &DescriptionQuery::default())
            .await
            .unwrap();
        let id = found.items[0].id;
        for seed in 1..=2 {
            let options = PictureOptions {
                seed: Some(seed),
                ..Default::default()
            };
            pictures::request(&world.library, tester.id, id, options)
                .await
                .unwrap();
        }
        let options = PictureOptions {
            seed: Some(3),
            ..Default::default()
        };
        let spent = pictures::request(&world.library, tester.id, id, options).await;
        assert!(matches!(spent, Err(RequestError::QuotaSpent(_))));
    })
    .await;
}

#[tokio::test]
async fn an_illustrated_epub_holds_the_text_and_its_pictures() {
    let Some(settings) = settings() else { return };
    with_settings(settings, async |world| {
        let library = &world.library;
        let (anna, book) = described(&world).await;
        assert!(
            matches!(
                exports::file(library, anna.id, book.id).await,
                Err(LookupError::NotFound)
            ),
            "not made yet"
        );
        let job = exports::request(library, anna.id, book.id).await.unwrap();
        assert_eq!(exports::request(library, anna.id, book.id).await.unwrap(), job);
        worker::drain(library).await.unwrap();
        let file = exports::file(library, anna.id, book.id).await.unwrap();
        let read = publication::import(&file.bytes, Some("out.epub")).unwrap();
        assert_eq!(read.metadata.title, "Станция Заречная");
        let text: String = read
            .chapters
            .iter()
            .map(|chapter| chapter.text.as_str())
            .collect();
        assert!(text.contains("густой белый туман") && text.contains("медный компас"));
        assert!(
            read.resources
                .iter()
                .filter(|one| one.media_type == "image/jpeg")
                .count()
                >= 2
        );
        let stranger = world.reader("boris").await;
        assert!(matches!(
            exports::file(library, stranger.id, book.id).await,
            Err(LookupError::NotFound)
        ));
        assert!(matches!(
            exports::request(library, stranger.id, book.id).await,
            Err(LookupError::NotFound)
        ));
    })
    .await;
}

/// An illustrator that never answers.
struct Silent;

#[async_trait::async_trait]
impl ::pictures::Provider for Silent {
    fn name(&self) -> &str {
        "silent"
    }

    async fn probe(&self) -> Result<(), ::pictures::ProviderError> {
        Ok(())
    }

    async fn illustrate(
        &self,
        _: &::pictures::Brief,
    ) -> Result<::pictures::Picture, ::pictures::ProviderError> {
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_worker_that_shuts_down_gives_its_work_back_at_once() {
    let Some(settings) = settings() else { return };
    with_settings(settings, async |world| {
        let anna = world.reader("anna").await;
        let book = world.add(&anna, "tale.fb2", &tale()).await.book;
        let library = world.with_illustrators(vec![Arc::new(Silent)]).await;
        let shutdown = CancellationToken::new();
        let options = worker::WorkerOptions {
            drain: Duration::ZERO,
            ..Default::default()
        };
        let running = tokio::spawn(worker::run(library.clone(), options, shutdown.clone()));
        while jobs_of(&world, book.publication, JobKind::Illustrate).await != [JobState::Running; 2] {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        shutdown.cancel();
        running.await.unwrap();
        let query = JobQuery {
            kind: Some(JobKind::Illustrate),
            ..Default::default()
        };
        for job in list(&world.library, &query).await.unwrap() {
            assert_eq!(
                (job.state, job.failures, job.abandonments),
                (JobState::Queued, 0, 0)
            );
        }
    })
    .await;
}

/// Services of which the only one cannot be reached, so that the offline illustrator draws in its place.
fn unreachable_services() -> ::pictures::provider::Illustrators {
    use ::pictures::provider::{Egress, IllustratorSettings, Illustrators, MonotonicClock, system_look_up};
    let settings: IllustratorSettings = serde_json::from_value(serde_json::json!({
        "order": ["shed"],
        "providers": {"shed": {
            "kind": "automatic1111", "address": "http://127.0.0.1:1",
            "service": {"local": true, "attempts": 1},
        }},
    }))
    .unwrap();
    let egress = Egress::new(system_look_up()).unwrap();
    let clock = Arc::new(MonotonicClock::default());
    Illustrators::new(&settings, &egress, clock, Arc::new(|| 0.5)).unwrap()
}

#[tokio::test]
async fn words_go_to_services_only_for_a_book_whose_reader_allows_it() {
    let Some(settings) = settings() else { return };
    with_settings(settings, async |world| {
        let (anna, book) = described(&world).await;
        let library = world.with_services(unreachable_services()).await;
        let viewer = Viewer::User(anna.id);
        let found = descriptions::list(&library, viewer, book.id, &DescriptionQuery::default())
            .await
            .unwrap();
        let drawn_with_seed = async |seed| {
            let options = PictureOptions {
                seed: Some(seed),
                ..Default::default()
            };
            let id = found.items[0].id;
            pictures::request(&library, anna.id, id, options).await.unwrap();
            worker::drain(&library).await.unwrap();
            match pictures::request(&library, anna.id, id, options).await.unwrap() {
                Requested::Ready(picture) => picture.provider,
                Requested::Queued(job) => panic!("{job} is not done"),
            }
        };
        assert_eq!(drawn_with_seed(1).await, "painter");
        let online = pictures::settings::PictureSettings {
            online: true,
            ..Default::default()
        };
        pictures::settings::put(&library, anna.id, book.id, online)
            .await
            .unwrap();
        assert_eq!(drawn_with_seed(2).await, ::pictures::provider::OFFLINE);
    })
    .await;
}
