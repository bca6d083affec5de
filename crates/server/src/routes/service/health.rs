//! Is the process alive?

use axum::Json;

use crate::wire::Health;

/// Is the process alive?
#[utoipa::path(get, path = "/health", tag = "service", responses((status = OK, body = Health)))]
pub(crate) async fn health() -> Json<Health> {
    Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
    })
}

#[cfg(test)]
mod tests {
    use crate::test_app::on_each_engine;

    #[tokio::test]
    async fn the_process_says_that_it_is_alive() {
        on_each_engine(async |app| {
            let answer = app.anonymous().get("/health").await;
            assert_eq!(answer.expect(200)["status"], "ok");
            assert_eq!(answer.header("content-type"), "application/json");
        })
        .await;
    }

    #[tokio::test]
    async fn a_slash_too_many_is_no_redirect() {
        on_each_engine(async |app| {
            app.anonymous().get("/health/").await.expect(200);
            app.anonymous().get("/api/v1/books/?page=1").await.expect(200);
        })
        .await;
    }
}
