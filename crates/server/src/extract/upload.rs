//! A file sent as `multipart/form-data`.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use library::books::Upload;

use crate::ServerState;
use crate::admission::is_over_limit;
use crate::problem::Problem;

const FIELD: &str = "file";

/// The one file of an upload, received into a temporary file.
pub(crate) struct UploadedFile(pub(crate) Upload);

impl FromRequest<ServerState> for UploadedFile {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &ServerState) -> Result<Self, Problem> {
        if !is_form(&request) {
            return Err(Problem::unsupported_media_type(
                "multipart/form-data with the book in the field `file`",
            ));
        }
        let mut form = Multipart::from_request(request, state)
            .await
            .map_err(|rejection| Problem::malformed("malformed-form", rejection.body_text()))?;
        let mut file = None;
        while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
            match field.name() {
                Some(FIELD) if file.is_none() => file = Some(receive(field, state).await?),
                Some(FIELD) => return Err(Problem::invalid_field(FIELD, "send one file at a time")),
                other => {
                    return Err(Problem::invalid_field(
                        other.unwrap_or_default(),
                        "this field is not known",
                    ));
                }
            }
        }
        file.map(Self)
            .ok_or_else(|| Problem::invalid_field(FIELD, "send the book in this field"))
    }
}

fn is_form(request: &Request) -> bool {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    kind.to_ascii_lowercase().starts_with("multipart/form-data")
}

async fn receive(field: Field<'_>, state: &ServerState) -> Result<Upload, Problem> {
    let name = field.file_name().map(ToOwned::to_owned);
    Ok(Upload::receive(state.library(), name, field).await?)
}

fn unreadable(error: &MultipartError) -> Problem {
    if is_over_limit(error) {
        return Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE);
    }
    Problem::malformed(
        "malformed-form",
        format!("The form cannot be read: {}.", error.body_text()),
    )
}
