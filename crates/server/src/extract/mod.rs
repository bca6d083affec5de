//! What handlers take from a request; each says as a problem what is wrong with it.

mod json;
mod parameters;
mod text;
mod upload;

pub(crate) use json::{Json, OptionalJson};
pub(crate) use parameters::{Path, Query};
pub(crate) use text::no_control_characters;
pub(crate) use upload::UploadedFile;
