//! Books that are described: these tests need the language models of this machine.

use std::path::PathBuf;

use serde_json::Value;

use super::{Client, Settings, TestApp, TestBook, readable, with_settings};

/// Runs a test on a book with descriptions and one picture, on each engine. Without models on this machine it is skipped
/// loudly, which is a failure where `CI` is `true`.
pub(crate) async fn with_described_book(test: impl AsyncFn(&TestApp, &Client, &Value)) {
    let Some(models) = installed() else {
        assert_ne!(
            std::env::var("CI").as_deref(),
            Ok("true"),
            "install the language models where CI=true"
        );
        eprintln!("SKIPPED: the language models are not installed");
        return;
    };
    let mut settings = Settings::default();
    settings.library.models_dir = Some(models);
    settings.library.illustrations.pictures_per_book = 1;
    with_settings(settings, async |app| {
        let anna = app.reader("anna").await;
        let book = readable(&app, &anna, &manor()).await;
        assert_eq!(book["status"], "ready", "{book}");
        test(&app, &anna, &book).await;
    })
    .await;
}

fn installed() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let data =
        || variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")));
    let folder =
        variable("BOOKREADER_MODELS_DIR").or_else(|| data().map(|data| data.join("bookreader/models")))?;
    folder.join("manifest.json").exists().then_some(folder)
}

fn manor() -> TestBook {
    TestBook::new("Усадьба")
        .chapter(&[
            "Старый деревянный дом стоял на высоком берегу реки, окружённый тёмным еловым лесом; узкие окна его были \
             заколочены, а над крышей поднималась чёрная кирпичная труба.",
            "— Ты поедешь? — спросил он.",
            "Анна Сергеевна была высокая, бледная женщина лет сорока, с густыми тёмными волосами, в длинном чёрном платье \
             с белым кружевным воротником.",
            "Анна Сергеевна подошла к окну. — Поеду, — ответила Анна Сергеевна, и старый князь поклонился Анне Сергеевне.",
        ])
        .chapter(&[
            "Наступил вечер. Над озером висел густой белый туман, и в тусклом свете луны едва виднелись голые берёзы \
             и покосившаяся мельница.",
        ])
}
