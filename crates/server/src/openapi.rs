//! The OpenAPI 3.1 document, generated from the handlers and completed from the table of policies.

use axum::http::StatusCode;
use utoipa::OpenApi as _;
use utoipa::ToSchema as _;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder};

use crate::admission::{Access, POLICIES, Payload, Policy, Quota};
use crate::cookies::ACCESS;
use crate::problem::ProblemBody;
use crate::routes;
use crate::wire::WorkState;

const PROBLEM_JSON: &str = "application/problem+json";
const BEARER: &str = "bearer";
const COOKIE: &str = "cookie";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "BookReader AI",
        description = "Books, the passages in them that describe something, and their pictures.\n\n\
            Places in a text are UTF-16 code units of a chapter's text, as a browser counts. Long work answers 202 with \
            a job whose progress is a stream of events. Every error is a problem (RFC 9457) with a stable `code`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(ProblemBody, WorkState)),
    tags(
        (name = "auth", description = "Signing in, staying so, signing out"),
        (name = "users", description = "Accounts"),
        (name = "books", description = "Shelves, the public catalogue and what is in a book"),
        (name = "pictures", description = "Illustrations"),
        (name = "jobs", description = "Long work and its progress"),
        (name = "admin", description = "Looking after accounts and work"),
        (name = "service", description = "Health, metrics and this document"),
    ),
)]
struct Frame;

/// The document before the routes are added.
pub(crate) fn frame() -> OpenApi {
    Frame::openapi()
}

/// The whole document.
pub fn document() -> OpenApi {
    let mut document = routes::all().into_openapi();
    add_security_schemes(&mut document);
    for (path, item) in &mut document.paths.paths {
        for policy in POLICIES.iter().filter(|policy| policy.path == path.as_str()) {
            if let Some(operation) = operation_of(item, policy.method) {
                operation.operation_id = Some(name_of(policy));
                complete(operation, policy);
            }
        }
    }
    document
}

fn operation_of<'a>(item: &'a mut PathItem, method: &str) -> Option<&'a mut Operation> {
    match method {
        "GET" => item.get.as_mut(),
        "POST" => item.post.as_mut(),
        "PUT" => item.put.as_mut(),
        "PATCH" => item.patch.as_mut(),
        "DELETE" => item.delete.as_mut(),
        _ => None,
    }
}

/// Like `get_books_by_book_id_chapters`: the handlers' own names are too short to be unique.
fn name_of(policy: &Policy) -> String {
    let nouns = policy
        .path
        .trim_start_matches("/api/v1")
        .split('/')
        .filter(|part| !part.is_empty());
    let nouns = nouns.map(|part| match part.strip_prefix('{') {
        Some(parameter) => format!("by_{}", parameter.trim_end_matches('}')),
        None => part.replace(['.', '-'], "_"),
    });
    std::iter::once(policy.method.to_lowercase())
        .chain(nouns)
        .collect::<Vec<_>>()
        .join("_")
}

/// Adds what follows from the policy: credentials, and the problems that admission and the extractors answer with.
fn complete(operation: &mut Operation, policy: &Policy) {
    operation.security = security(policy.access);
    let responses = &mut operation.responses.responses;
    for status in problems(operation.parameters.is_some(), policy) {
        responses
            .entry(status.as_str().to_owned())
            .or_insert_with(|| RefOr::T(ResponseBuilder::new().build()));
    }
    for (status, response) in responses {
        let RefOr::T(response) = response else { continue };
        let is_problem = status.starts_with(['4', '5']) && response.content.is_empty();
        if is_problem {
            let schema = Ref::from_schema_name(ProblemBody::name());
            let content = ContentBuilder::new().schema(Some(schema)).build();
            response
                .content
                .insert(PROBLEM_JSON.to_owned(), RefOr::T(content));
        }
        if response.description.is_empty() {
            response.description = reason(status);
        }
    }
}

fn security(access: Access) -> Option<Vec<SecurityRequirement>> {
    let scheme = |name: &str| SecurityRequirement::new::<&str, [&str; 0], &str>(name, []);
    match access {
        Access::Public | Access::Operator => Some(Vec::new()),
        Access::SignedIn | Access::Holder | Access::Owner | Access::Moderator | Access::Administrator => {
            Some(vec![scheme(BEARER), scheme(COOKIE)])
        }
        Access::Visitor | Access::Reader => Some(vec![
            SecurityRequirement::default(),
            scheme(BEARER),
            scheme(COOKIE),
        ]),
    }
}

fn problems(has_parameters: bool, policy: &Policy) -> Vec<StatusCode> {
    let mut statuses = vec![StatusCode::BAD_REQUEST];
    let needs_rank = matches!(policy.access, Access::Moderator | Access::Administrator);
    let needs_account =
        needs_rank || matches!(policy.access, Access::SignedIn | Access::Holder | Access::Owner);
    if needs_account || matches!(policy.access, Access::Visitor | Access::Reader) {
        statuses.push(StatusCode::UNAUTHORIZED);
    }
    if policy.method != "GET" || needs_rank {
        statuses.push(StatusCode::FORBIDDEN);
    }
    if policy.path.contains('{') {
        statuses.push(StatusCode::NOT_FOUND);
    }
    if has_parameters || policy.payload != Payload::Empty {
        statuses.push(StatusCode::UNPROCESSABLE_ENTITY);
    }
    if policy.payload != Payload::Empty {
        statuses.push(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        statuses.push(StatusCode::REQUEST_TIMEOUT);
    }
    if policy.quota != Quota::Unlimited {
        statuses.push(StatusCode::TOO_MANY_REQUESTS);
    }
    statuses.extend([
        StatusCode::PAYLOAD_TOO_LARGE,
        StatusCode::INTERNAL_SERVER_ERROR,
        StatusCode::SERVICE_UNAVAILABLE,
    ]);
    statuses
}

fn reason(status: &str) -> String {
    let code = status.parse::<StatusCode>().ok();
    code.and_then(|code| code.canonical_reason())
        .unwrap_or("Answer")
        .to_owned()
}

fn add_security_schemes(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(BEARER, SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    components.add_security_scheme(
        COOKIE,
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(ACCESS))),
    );
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::Value;

    use super::document;

    fn operations(document: &Value) -> Vec<(String, &Value)> {
        let paths = document["paths"].as_object().unwrap();
        let of_path = |(path, item): (&String, &'_ Value)| -> Vec<String> {
            item.as_object()
                .unwrap()
                .keys()
                .map(|method| format!("{method} {path}"))
                .collect()
        };
        let names = paths.iter().flat_map(of_path);
        names
            .map(|name| {
                let (method, path) = name.split_once(' ').unwrap();
                let operation = &document["paths"][path][method];
                (name, operation)
            })
            .collect()
    }

    #[test]
    fn each_operation_has_a_name_of_its_own() {
        let document = serde_json::to_value(document()).unwrap();
        let names: Vec<_> = operations(&document)
            .iter()
            .map(|(_, operation)| operation["operationId"].clone())
            .collect();
        assert_eq!(
            names.len(),
            names.iter().map(Value::to_string).collect::<HashSet<_>>().len(),
            "{names:?}"
        );
    }

    #[test]
    fn each_operation_says_what_can_go_wrong_and_how() {
        let document = serde_json::to_value(document()).unwrap();
        for (name, operation) in operations(&document) {
            let responses = operation["responses"].as_object().unwrap();
            assert!(
                responses.contains_key("400") && responses.contains_key("500"),
                "{name}"
            );
            for (status, response) in responses.iter().filter(|(status, _)| status.starts_with('4')) {
                let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/Problem", "{name} {status}");
            }
        }
    }

    #[test]
    fn whatever_is_referred_to_is_there() {
        let text = document().to_json().unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        for name in text
            .split("#/components/schemas/")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
        {
            assert!(document["components"]["schemas"][name].is_object(), "{name}");
        }
    }

    #[test]
    fn what_is_open_to_all_asks_for_no_credentials_and_what_is_not_does() {
        let document = serde_json::to_value(document()).unwrap();
        let security = |path: &str| document["paths"][path]["get"]["security"].to_string();
        assert_eq!(security("/health"), "[]");
        assert_eq!(security("/api/v1/books"), r#"[{},{"bearer":[]},{"cookie":[]}]"#);
        assert_eq!(security("/api/v1/users/me"), r#"[{"bearer":[]},{"cookie":[]}]"#);
    }
}
