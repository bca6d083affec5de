//! The API explained: the OpenAPI document and a page to try it.

pub(crate) mod document;
pub(crate) mod page;
