//! May anybody list the public catalogue?

use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use crate::checks::{Finding, Subject};
use crate::exchange::Trouble;

#[derive(Deserialize)]
struct Page {
    items: Vec<Value>,
    total: u64,
}

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    ask(subject).await.into()
}

async fn ask(subject: &Subject<'_>) -> Result<String, Trouble> {
    let page: Page = subject
        .exchange()
        .send(Method::GET, "/api/v1/books", None, None)
        .await?
        .json(StatusCode::OK)?;
    if page.items.len() as u64 > page.total {
        return Err(Trouble::fail(
            format!("a page of {} books out of {}", page.items.len(), page.total),
            "the list contradicts itself: compare with the database",
        ));
    }
    Ok(format!("{} books in the catalogue", page.total))
}
