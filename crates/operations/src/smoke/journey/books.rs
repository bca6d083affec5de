//! `GET /api/v1/books` lists books to everybody: the catalogue without a token, own books too with one.

use reqwest::{Method, StatusCode};
use serde::Deserialize;

use super::{Trouble, Visit};

const PATH: &str = "/api/v1/books";

#[derive(Deserialize)]
struct Page {
    items: Vec<Book>,
    total: u64,
    page: u64,
}

#[derive(Deserialize)]
struct Book {
    #[serde(rename = "id")]
    _id: uuid::Uuid,
    title: String,
}

pub(super) async fn walk(visit: &mut Visit<'_>) -> Result<String, Trouble> {
    let anonymous = list(visit, None).await?;
    let own = list(visit, visit.token.as_deref()).await?;
    Ok(format!(
        "{} in the catalogue, {} when signed in",
        anonymous.total, own.total
    ))
}

async fn list(visit: &Visit<'_>, token: Option<&str>) -> Result<Page, Trouble> {
    let page: Page = visit
        .exchange
        .send(Method::GET, PATH, token, None)
        .await?
        .json(StatusCode::OK)?;
    let sound = page.page == 1
        && u64::try_from(page.items.len()).is_ok_and(|count| count <= page.total)
        && page.items.iter().all(|book| !book.title.is_empty());
    if !sound {
        return Err(Trouble::fail(
            format!(
                "page {} of {} books holds {}",
                page.page,
                page.total,
                page.items.len()
            ),
            "the list contradicts itself: compare with the database",
        ));
    }
    Ok(page)
}
