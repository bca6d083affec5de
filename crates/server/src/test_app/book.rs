//! Books made by code.

use publication::{Creator, Publication, Role};
use serde_json::Value;

use super::{Client, TestApp};

/// A small FB2 in the making.
pub(crate) struct TestBook {
    title: String,
    text: String,
}

impl TestBook {
    pub(crate) fn new(title: &str) -> Self {
        Self {
            title: title.into(),
            text: String::new(),
        }
    }

    /// One more chapter of these paragraphs.
    pub(crate) fn chapter(mut self, paragraphs: &[&str]) -> Self {
        let number = self.text.matches("# ").count() + 1;
        self.text
            .push_str(&format!("# Глава {number}\n\n{}\n\n", paragraphs.join("\n\n")));
        self
    }

    /// The file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        publication::fb2::write::write(&self.publication())
    }

    fn publication(&self) -> Publication {
        let mut publication = publication::import(self.text.as_bytes(), Some("book.md")).unwrap();
        publication.metadata.title = self.title.clone();
        publication.metadata.creators = vec![Creator {
            name: "Анна Тестова".into(),
            role: Role::Author,
        }];
        publication.metadata.language = Some("ru".into());
        publication
    }
}

/// A book on the client's shelf with all work done; as the API shows it.
pub(crate) async fn readable(app: &TestApp, client: &Client, book: &TestBook) -> Value {
    let added = client.upload("book.fb2", &book.bytes()).await.expect(202);
    app.work().await;
    client
        .get(&format!(
            "/api/v1/books/{}",
            added["book"]["id"].as_str().unwrap()
        ))
        .await
        .expect(200)
}
