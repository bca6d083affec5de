//! Every endpoint, one a file. Who may call it stands in `admission/policy.rs`.

mod admin;
mod annotations;
mod auth;
mod books;
mod chapters;
mod characters;
mod content;
mod descriptions;
mod docs;
mod exports;
mod jobs;
mod pictures;
mod position;
mod service;
mod users;

use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{ServerState, openapi};

/// All routes, with the document that describes them.
pub(crate) fn all() -> OpenApiRouter<ServerState> {
    OpenApiRouter::with_openapi(openapi::frame())
        .routes(routes!(service::health::health))
        .routes(routes!(service::ready::ready))
        .routes(routes!(service::metrics::metrics))
        .routes(routes!(docs::document::document))
        .route("/docs", get(docs::page::page))
        .route("/docs/{file}", get(docs::page::file))
        .routes(routes!(users::register::register))
        .routes(routes!(
            users::me::me,
            users::change::change,
            users::remove::remove
        ))
        .routes(routes!(users::password::password))
        .routes(routes!(
            users::sessions::list::list,
            users::sessions::end_others::end_others
        ))
        .routes(routes!(users::sessions::end::end))
        .routes(routes!(admin::users::list::list))
        .routes(routes!(admin::users::show::show))
        .routes(routes!(admin::users::role::role))
        .routes(routes!(
            admin::users::suspend::suspend,
            admin::users::restore::restore
        ))
        .routes(routes!(
            admin::users::grant_plan::grant_plan,
            admin::users::revoke_plan::revoke_plan
        ))
        .routes(routes!(admin::jobs::list::list))
        .routes(routes!(admin::jobs::retry::retry))
        .routes(routes!(admin::jobs::cancel::cancel))
        .routes(routes!(admin::mails::mails))
        .routes(routes!(admin::picture_spending::picture_spending))
        .routes(routes!(admin::audit::audit))
        .routes(routes!(users::plan::plan))
        .routes(routes!(users::email::email))
        .routes(routes!(users::verification::verification))
        .routes(routes!(auth::confirm_email::confirm_email))
        .routes(routes!(auth::forgot_password::forgot_password))
        .routes(routes!(auth::reset_password::reset_password))
        .routes(routes!(auth::login::login))
        .routes(routes!(auth::refresh::refresh))
        .routes(routes!(auth::logout::logout))
        .routes(routes!(books::catalogue::catalogue))
        .routes(routes!(books::list::list, books::add::add))
        .routes(routes!(books::show::show, books::remove::remove))
        .routes(routes!(books::cover::cover))
        .routes(routes!(books::events::events))
        .routes(routes!(chapters::list::list))
        .routes(routes!(chapters::show::show))
        .routes(routes!(descriptions::list::list))
        .routes(routes!(characters::list::list))
        .routes(routes!(pictures::list::list, pictures::best::best))
        .routes(routes!(
            pictures::show_settings::show_settings,
            pictures::put_settings::put_settings
        ))
        .routes(routes!(pictures::variants::variants))
        .routes(routes!(pictures::gallery::gallery))
        .routes(routes!(pictures::discard::discard))
        .routes(routes!(pictures::choose::choose))
        .routes(routes!(pictures::report::report))
        .routes(routes!(pictures::share::share, pictures::unshare::unshare))
        .routes(routes!(pictures::shared::shared))
        .routes(routes!(pictures::request::request))
        .routes(routes!(pictures::image::image))
        .routes(routes!(exports::request::request, exports::file::file))
        .routes(routes!(position::show::show, position::put::put))
        .routes(routes!(annotations::list::list))
        .routes(routes!(annotations::keep::keep, annotations::remove::remove))
        .routes(routes!(jobs::show::show))
        .routes(routes!(jobs::events::events))
        .routes(routes!(content::document::document))
        .routes(routes!(content::resource::resource))
}
