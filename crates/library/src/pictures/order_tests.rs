//! Whatever becomes of an order, it is counted exactly: in the reader's plan, in the installation's money, and in the manner
//! the reader wants.

use std::sync::{Arc, Mutex};

use ::pictures::provider::{Egress, IllustratorSettings, Illustrators, MonotonicClock, system_look_up};
use ::pictures::{Brief, Picture, Provider, ProviderError, Style};
use chrono::TimeDelta;
use futures::future::join_all;

use crate::accounts::User;
use crate::books::Book;
use crate::configuration::LibraryConfig;
use crate::ids::{DescriptionId, JobId};
use crate::jobs::{self, JobState, worker};
use crate::pictures::best::{BestWish, request_best};
use crate::pictures::settings::{self, PictureSettings};
use crate::pictures::words::StyleWords;
use crate::pictures::{
    self as of_library, PictureOptions, PictureSize, RequestError, Requested, gallery, request, share,
    variants,
};
use crate::plans::{spending, standing};
use crate::test_world::{Painter, PaintingService, World, fb2, passages, with_settings};
use crate::{Library, LookupError, Viewer};

/// Says no, every time.
struct Unwilling;

#[async_trait::async_trait]
impl Provider for Unwilling {
    fn name(&self) -> &str {
        "unwilling"
    }

    async fn probe(&self) -> Result<(), ProviderError> {
        Ok(())
    }

    async fn illustrate(&self, _: &Brief) -> Result<Picture, ProviderError> {
        Err(ProviderError::Refused {
            provider: "unwilling".into(),
            status: 400,
        })
    }
}

/// Paints, and keeps the orders it was given.
#[derive(Default)]
struct Recorder(Mutex<Vec<Brief>>);

#[async_trait::async_trait]
impl Provider for Recorder {
    fn name(&self) -> &str {
        "recorder"
    }

    async fn probe(&self) -> Result<(), ProviderError> {
        Ok(())
    }

    async fn illustrate(&self, brief: &Brief) -> Result<Picture, ProviderError> {
        self.0.lock().unwrap().push(brief.clone());
        Painter.illustrate(brief).await
    }
}

fn small() -> LibraryConfig {
    let mut config = LibraryConfig::default();
    config.illustrations.width = 128;
    config.illustrations.height = 96;
    config
}

/// A reader with a book of so many passages.
async fn reader_with_book(world: &World, name: &str, count: usize) -> (User, Book, Vec<DescriptionId>) {
    let reader = world.reader(name).await;
    let file = fb2("Капитан", &[&["Мороз и солнце; день чудесный."]]);
    let book = world.add(&reader, "book.fb2", &file).await.book;
    let found = passages(&world.library, book.publication, count).await;
    (reader, book, found)
}

async fn order(library: &Library, reader: &User, id: DescriptionId) -> Result<Requested, RequestError> {
    request(library, reader.id, id, PictureOptions::default()).await
}

async fn queued(library: &Library, reader: &User, id: DescriptionId) -> JobId {
    match order(library, reader, id).await.unwrap() {
        Requested::Queued(job) => job,
        Requested::Ready(picture) => panic!("{} is there already", picture.id),
    }
}

async fn counted(library: &Library, reader: &User) -> (u64, u64) {
    let used = standing(library, reader.id).await.unwrap().used;
    (used.pictures_today, used.pictures_this_month)
}

#[tokio::test]
async fn a_picture_that_comes_to_nothing_is_given_back_once() {
    with_settings(small(), async |world| {
        let library = world.with_illustrators(vec![Arc::new(Unwilling)]).await;
        let (anna, book, found) = reader_with_book(&world, "anna", 3).await;
        let job = queued(&library, &anna, found[0]).await;
        assert_eq!(counted(&library, &anna).await, (1, 1));
        worker::drain(&library).await.unwrap();
        assert_eq!(counted(&library, &anna).await, (0, 0));
        let failed = jobs::get(&library, Viewer::User(anna.id), job).await.unwrap();
        assert_eq!(
            (failed.state, failed.error.unwrap().code),
            (JobState::Failed, "refused".into())
        );

        jobs::retry(&library, job).await.unwrap();
        assert_eq!(
            counted(&library, &anna).await,
            (1, 1),
            "what is tried again is counted again"
        );
        jobs::retry(&library, job).await.unwrap();
        assert_eq!(counted(&library, &anna).await, (1, 1), "but only once");
        worker::drain(&library).await.unwrap();
        assert_eq!(counted(&library, &anna).await, (0, 0));

        let waiting = queued(&library, &anna, found[1]).await;
        jobs::cancel(&library, waiting).await.unwrap();
        assert!(matches!(
            jobs::cancel(&library, waiting).await,
            Err(LookupError::NotFound)
        ));
        assert_eq!(counted(&library, &anna).await, (0, 0));

        let wish = BestWish {
            chapter: None,
            count: 3,
            style: None,
        };
        request_best(&library, anna.id, book.id, wish).await.unwrap();
        assert_eq!(counted(&library, &anna).await, (3, 3));
        worker::drain(&library).await.unwrap();
        assert_eq!(counted(&library, &anna).await, (0, 0));
    })
    .await;
}

#[tokio::test]
async fn what_was_counted_yesterday_is_given_back_to_yesterday() {
    with_settings(small(), async |world| {
        let (anna, _, found) = reader_with_book(&world, "anna", 2).await;
        let library = world.with_illustrators(vec![Arc::new(Unwilling)]).await;
        queued(&library, &anna, found[0]).await;
        world.advance(TimeDelta::days(1));
        let kept = queued(&world.library, &anna, found[1]).await;
        assert_eq!(counted(&library, &anna).await, (1, 2));
        jobs::cancel(&library, kept).await.unwrap();
        assert_eq!(counted(&library, &anna).await, (0, 1));
        worker::drain(&library).await.unwrap();
        assert_eq!(counted(&library, &anna).await, (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_reader_who_joins_an_order_is_not_counted() {
    with_settings(small(), async |world| {
        let library = &world.library;
        let (anna, _, found) = reader_with_book(&world, "anna", 1).await;
        let (boris, ..) = reader_with_book(&world, "boris", 0).await;
        let job = queued(library, &anna, found[0]).await;
        assert_eq!(queued(library, &boris, found[0]).await, job);
        assert_eq!(
            (counted(library, &anna).await.0, counted(library, &boris).await.0),
            (1, 0)
        );
        worker::drain(library).await.unwrap();
        assert!(matches!(
            order(library, &boris, found[0]).await,
            Ok(Requested::Ready(_))
        ));
        assert_eq!(
            (counted(library, &anna).await.0, counted(library, &boris).await.0),
            (1, 0)
        );
    })
    .await;
}

/// The services of a configuration: one, at this address and price.
fn services(address: &str, cost_micros: u64) -> Illustrators {
    let settings: IllustratorSettings = serde_json::from_value(serde_json::json!({
        "order": ["shed"],
        "providers": {"shed": {
            "kind": "automatic1111", "address": address,
            "service": {"local": true, "attempts": 1, "cost_micros": cost_micros, "per_minute": 6000, "rest_after": 100},
        }},
    }))
    .unwrap();
    let egress = Egress::new(system_look_up()).unwrap();
    Illustrators::new(
        &settings,
        &egress,
        Arc::new(MonotonicClock::default()),
        Arc::new(|| 0.5),
    )
    .unwrap()
}

async fn allow_services(library: &Library, reader: &User, book: &Book) {
    let online = PictureSettings {
        online: true,
        ..Default::default()
    };
    settings::put(library, reader.id, book.id, online).await.unwrap();
}

#[tokio::test]
async fn the_installation_never_spends_more_than_its_budget_however_many_ask_at_once() {
    let mut config = small();
    config.illustrations.budget_micros_per_month = Some(1_050);
    with_settings(config, async |world| {
        let service = PaintingService::start().await;
        let library = world.with_services(services(&service.address, 100)).await;
        let (anna, book, found) = reader_with_book(&world, "anna", 24).await;
        allow_services(&library, &anna, &book).await;
        let asked = join_all(found.iter().map(async |id| order(&library, &anna, *id).await)).await;
        let taken = asked.iter().filter(|one| one.is_ok()).count();
        let refused = asked
            .iter()
            .filter(|one| matches!(one, Err(RequestError::BudgetSpent(_))));
        assert_eq!((taken, refused.count()), (10, 14));
        assert_eq!(
            counted(&library, &anna).await,
            (10, 10),
            "what was refused is not counted"
        );
        worker::drain(&library).await.unwrap();
        assert_eq!(service.drawn(), 10);
        let spent = spending(&library).await.unwrap();
        assert_eq!((spent.month.as_str(), spent.spent_micros), ("2024-10", 1_000));

        // The house draws for nothing, and the next month has money of its own.
        let options = PictureOptions {
            style: Some(Style::Woodcut),
            ..Default::default()
        };
        assert!(request(&library, anna.id, found[0], options).await.is_err());
        settings::put(&library, anna.id, book.id, PictureSettings::default())
            .await
            .unwrap();
        request(&library, anna.id, found[0], options).await.unwrap();
        allow_services(&library, &anna, &book).await;
        world.advance(TimeDelta::days(40));
        assert!(order(&library, &anna, found[23]).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn money_that_was_set_aside_for_nothing_is_given_back() {
    let mut config = small();
    config.illustrations.budget_micros_per_month = Some(100);
    with_settings(config, async |world| {
        // Nobody listens there: the house draws in its place.
        let library = world.with_services(services("http://127.0.0.1:1", 100)).await;
        let (anna, book, found) = reader_with_book(&world, "anna", 3).await;
        allow_services(&library, &anna, &book).await;
        let spent = async || spending(&library).await.unwrap().spent_micros;
        queued(&library, &anna, found[0]).await;
        assert_eq!(spent().await, 100);
        assert!(matches!(
            order(&library, &anna, found[1]).await,
            Err(RequestError::BudgetSpent(_))
        ));
        worker::drain(&library).await.unwrap();
        assert_eq!(spent().await, 0);
        let job = queued(&library, &anna, found[1]).await;
        jobs::cancel(&library, job).await.unwrap();
        assert_eq!(spent().await, 0);
        let other = queued(&library, &anna, found[2]).await;
        // The money went elsewhere meanwhile: an operator who tries again gets a picture of the house.
        let again = jobs::retry(&library, job).await.unwrap();
        assert_eq!((again.state, spent().await), (JobState::Queued, 100));
        worker::drain(&library).await.unwrap();
        assert_eq!(spent().await, 0);
        let states = [job, other].map(async |id| {
            jobs::get(&library, Viewer::User(anna.id), id)
                .await
                .unwrap()
                .state
        });
        assert_eq!(join_all(states).await, [JobState::Done, JobState::Done]);
    })
    .await;
}

#[tokio::test]
async fn two_readers_of_a_book_have_styles_of_their_own() {
    with_settings(small(), async |world| {
        let recorder = Arc::new(Recorder::default());
        let library = world.with_illustrators(vec![recorder.clone()]).await;
        let (anna, annas, found) = reader_with_book(&world, "anna", 1).await;
        let (boris, boriss, _) = reader_with_book(&world, "boris", 0).await;
        let wish = |style, words: &str| PictureSettings {
            online: false,
            style: Some(style),
            words: StyleWords::new(words).ok(),
        };
        let manner = wish(Style::Woodcut, "как у Билибина");
        settings::put(&library, anna.id, annas.id, manner.clone()).await.unwrap();
        assert_eq!(settings::get(&library, anna.id, annas.id).await.unwrap(), manner);
        settings::put(&library, boris.id, boriss.id, wish(Style::Watercolour, "")).await.unwrap();

        for reader in [&anna, &boris] {
            queued(&library, reader, found[0]).await;
            worker::drain(&library).await.unwrap();
        }
        let told: Vec<_> = recorder.0.lock().unwrap().iter().map(|brief| (brief.style, brief.words.clone())).collect();
        assert_eq!(told, [(Style::Woodcut, "как у Билибина".into()), (Style::Watercolour, String::new())]);
        let seeds: Vec<u64> = recorder.0.lock().unwrap().iter().map(|brief| brief.seed).collect();
        assert_eq!(seeds[0], seeds[1], "the look does not depend on the style");

        let seen = async |reader: &User| {
            let pictures = variants::of_description(&library, Viewer::User(reader.id), found[0]).await.unwrap();
            pictures.into_iter().map(|one| one.style).collect::<Vec<_>>()
        };
        assert_eq!(seen(&anna).await, ["watercolour", "woodcut"], "in her own style comes last");
        assert_eq!(seen(&boris).await, ["watercolour"], "her words are not his");

        let Requested::Ready(own) = order(&library, &anna, found[0]).await.unwrap() else { panic!("it is drawn") };
        let image = async |reader: &User| {
            of_library::image(&library, Viewer::User(reader.id), own.id, PictureSize::Original).await
        };
        assert!(image(&anna).await.is_ok() && matches!(image(&boris).await, Err(LookupError::NotFound)));
        assert!(share::share(&library, boris.id, own.id).await.is_err());
        let token = share::share(&library, anna.id, own.id).await.unwrap();
        share::shared(&library, &token, PictureSize::Original).await.unwrap();
        let hung = gallery::of_shelf(&library, boris.id, &gallery::GalleryQuery::default()).await.unwrap();
        assert_eq!(hung.total, 1);

        settings::put(&library, anna.id, annas.id, PictureSettings::default()).await.unwrap();
        assert_eq!(seen(&anna).await.len(), 2, "what she had drawn stays hers");
        settings::put(&library, boris.id, boriss.id, wish(Style::Woodcut, "как у  Билибина")).await.unwrap();
        assert!(matches!(order(&library, &boris, found[0]).await.unwrap(), Requested::Ready(same) if same.id == own.id));
    })
    .await;
}
