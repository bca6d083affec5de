//! Lists, a page at a time.

use library::books;
use serde::Serialize;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Items of all pages.
    pub(crate) total: u64,
    /// This page, counted from 1.
    pub(crate) page: u64,
    /// Items that a page may have.
    pub(crate) per_page: u64,
}

impl<T> Page<T> {
    /// The library's page, each item as it goes over the wire.
    pub(crate) fn of<S: Into<T>>(page: books::Page<S>) -> Self {
        let books::Page {
            items,
            total,
            page,
            per_page,
        } = page;
        Self {
            items: items.into_iter().map(Into::into).collect(),
            total,
            page,
            per_page,
        }
    }
}
