//! What an operation says of itself, stated once, next to its route: who may call it, what refuses it, what it answers.

use std::cell::Cell;
use std::fmt::Write as _;

use axum::http::StatusCode as S;
use domain::permission::{self, Act, Forbidden};
use domain::{BadValue, RefusalCode};
use serde_json::{Value, json};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{PathItem, RefOr};
use utoipa_axum::router::UtoipaMethodRouter;

use super::parameters;
use super::responses::{
    ETAG, POSITION, RETRY, described_header, done, pages, problem, success, tables,
};
use crate::state::AppState;

/// A route with its description.
pub type Routes = UtoipaMethodRouter<AppState>;
/// The reasons that enums of refusals can give.
pub type Refusals = &'static [&'static [RefusalCode]];

/// A command of an account: it changes something, or refuses to.
pub fn command(routes: Routes, act: Act, refusals: Refusals) -> Routes {
    described(routes, |path, operation| {
        parameters::header(operation, parameters::IDEMPOTENCY_KEY);
        parameters::header(operation, parameters::IF_MATCH);
        roles(operation, act);
        let mut codes = Codes::of(path, refusals);
        codes.body();
        codes.account();
        codes.push(S::CONFLICT, "stream.contended", "Others were writing to the same thing.");
        codes.push(S::PRECONDITION_FAILED, "stream.outdated", "It has changed since `If-Match`.");
        codes.push(S::BAD_REQUEST, "if_match.malformed", "`If-Match` is an ETag or `*`.");
        codes.push(
            S::UNPROCESSABLE_ENTITY,
            "idempotency.reused",
            "The key came with another body.",
        );
        codes.answer(operation);
        done(operation);
    })
}

/// A command whose body is a file: it has no version and needs no key, for the same file again adds nothing.
pub fn upload(routes: Routes, act: Act, refusals: Refusals) -> Routes {
    described(routes, |path, operation| {
        roles(operation, act);
        let mut codes = Codes::of(path, refusals);
        codes.account();
        codes.push(S::UNPROCESSABLE_ENTITY, "*.*", "The file is none of those that are taken.");
        codes.push(S::BAD_REQUEST, "*.broken", "The upload is incomplete or malformed.");
        codes.push(S::PAYLOAD_TOO_LARGE, "*.too_large", "The file is longer than is taken.");
        codes.push(S::UNSUPPORTED_MEDIA_TYPE, "import.multipart", "The body is no form.");
        codes.push(S::TOO_MANY_REQUESTS, "evidence.too_much", "Too much from this account.");
        codes.push(S::CONFLICT, "stream.contended", "Others were writing to the same thing.");
        codes.answer(operation);
    })
}

/// A list that an account reads.
pub fn list(routes: Routes, act: Act) -> Routes {
    described(routes, |path, operation| {
        roles(operation, act);
        reads(path, operation);
        pages(operation);
    })
}

/// One thing that an account reads.
pub fn one(routes: Routes, act: Act) -> Routes {
    described(routes, |path, operation| {
        roles(operation, act);
        reads(path, operation);
        success(operation, &[ETAG, POSITION]);
    })
}

/// What any account may read, or an account by a rule of its own that `who` tells.
pub fn of_accounts(routes: Routes, who: &'static str) -> Routes {
    described(routes, |path, operation| {
        say(operation, who);
        token(operation);
        reads(path, operation);
    })
}

/// A list for everybody.
pub fn public_list(routes: Routes) -> Routes {
    described(routes, |path, operation| {
        everybody(operation);
        reads(path, operation);
        pages(operation);
    })
}

/// What everybody may read; the past only with a token.
pub fn public(routes: Routes) -> Routes {
    described(routes, |path, operation| {
        everybody(operation);
        reads(path, operation);
        success(operation, &[ETAG, POSITION]);
    })
}

/// What a resident files without an account.
pub fn filing(routes: Routes, refusals: Refusals) -> Routes {
    described(routes, |path, operation| {
        parameters::header(operation, parameters::RESIDENTS_KEY);
        everybody(operation);
        let mut codes = Codes::of(path, refusals);
        codes.body();
        codes.push(S::NOT_FOUND, "link.unknown", "The link or its code leads nowhere.");
        codes.push(S::CONFLICT, "stream.contended", "Others were writing to the same thing.");
        codes.answer(operation);
        success(operation, &[POSITION]);
    })
}

/// Of which so many an hour are taken from an address.
pub fn counted(routes: Routes) -> Routes {
    also(
        routes,
        &[(S::TOO_MANY_REQUESTS, "public.too_many_filings", "Too much from this address.")],
    )
}

/// With answers of its own besides.
pub fn also(routes: Routes, answers: &[(S, &'static str, &'static str)]) -> Routes {
    described_again(routes, |operation| {
        for (status, code, en) in answers {
            let said = format!("- `{code}`: {en}");
            let responses = &mut operation.responses.responses;
            match responses.get_mut(status.as_str()) {
                Some(RefOr::T(response)) => response.description.push_str(&format!("\n{said}")),
                Some(RefOr::Ref(_)) | None => {
                    let title = status.canonical_reason().unwrap_or("Problem");
                    let problem = problem(&format!("{title}.\n\n{said}"));
                    responses.insert(status.as_str().to_owned(), RefOr::T(problem));
                }
            }
            let listed = json!({ "status": status.as_u16(), "code": code, "field": null });
            let extended = operation.extensions.get_or_insert_default();
            if let Some(Value::Array(all)) = extended.get_mut("x-refusals") {
                all.push(listed);
            }
        }
    })
}

/// What the vault may say: there is nothing of this person, or no longer.
pub fn vaulted(routes: Routes) -> Routes {
    also(
        routes,
        &[
            (S::NOT_FOUND, "vault.*", "The vault holds nothing of this person."),
            (S::GONE, "vault.erased", "The personal data was erased as the law provides."),
            (S::UNPROCESSABLE_ENTITY, "vault.*", "The vault takes no such personal data."),
        ],
    )
}

/// What personal data is read for is said with the reading or chosen before.
pub fn purposed(routes: Routes) -> Routes {
    also(
        routes,
        &[(S::UNPROCESSABLE_ENTITY, "reading.no_purpose", "No purpose is said or chosen.")],
    )
}

/// What the evidence store may say of itself, where a piece of evidence is looked at.
pub fn evidenced(routes: Routes) -> Routes {
    also(
        routes,
        &[
            (S::BAD_GATEWAY, "evidence.damaged", "What is stored is not what was kept."),
            (S::SERVICE_UNAVAILABLE, "evidence.unavailable", "The evidence store fails."),
        ],
    )
}

/// What a resident follows by a secret link, or its code.
pub fn linked(routes: Routes) -> Routes {
    also(
        routes,
        &[
            (S::NOT_FOUND, "link.unknown", "The link or its code leads nowhere."),
            (S::TOO_MANY_REQUESTS, "link.too_many_attempts", "Too many codes that lead nowhere."),
        ],
    )
}

fn described_again(mut routes: Routes, describe: impl Fn(&mut Operation)) -> Routes {
    if !DESCRIBING.get() {
        return routes;
    }
    for PathItem { get, post, delete, .. } in routes.1.paths.values_mut() {
        [get, post, delete].into_iter().flatten().for_each(&describe);
    }
    routes
}

thread_local! {
    /// Whether routes are made to be described, not to be served.
    static DESCRIBING: Cell<bool> = const { Cell::new(false) };
}

/// Makes routes whose operations say all that they can. Those that are only served do not: it is long.
pub fn describing<T>(make: impl FnOnce() -> T) -> T {
    DESCRIBING.set(true);
    let made = make();
    DESCRIBING.set(false);
    made
}

pub(super) fn described(mut routes: Routes, describe: impl Fn(&str, &mut Operation)) -> Routes {
    if !DESCRIBING.get() {
        return routes;
    }
    for (path, PathItem { get, post, delete, .. }) in &mut routes.1.paths {
        for operation in [get, post, delete].into_iter().flatten() {
            parameters::of_path(path, operation);
            describe(path, operation);
        }
    }
    routes
}

/// Adds a paragraph to the description.
fn say(operation: &mut Operation, more: &str) {
    let said = operation.description.get_or_insert_default();
    if said.is_empty() {
        said.push_str(operation.summary.as_deref().unwrap_or_default());
    }
    // Writing to a text never fails.
    let _ = write!(said, "\n\n{more}");
}

pub(super) fn roles(operation: &mut Operation, act: Act) {
    let roles: Vec<&str> = permission::roles(act).map(domain::Role::as_str).collect();
    say(operation, &format!("可办理的角色 Roles: {}.", roles.join(", ")));
    extend(operation, "x-roles", json!(roles));
    token(operation);
}

fn token(operation: &mut Operation) {
    let token = SecurityRequirement::new::<_, [&str; 0], &str>("token", []);
    operation.security = Some(vec![token]);
}

pub(super) fn everybody(operation: &mut Operation) {
    say(operation, "任何人可用，不需要令牌。Anybody may call it, without a token.");
    operation.security = Some(vec![SecurityRequirement::default()]);
}

fn extend(operation: &mut Operation, name: &str, value: Value) {
    operation.extensions.get_or_insert_default().insert(name.to_owned(), value);
}

/// The refusals of everything that has an address: among them, that there is no such thing.
const THINGS: Refusals = &[
    domain::activity::Rejection::CODES,
    domain::bulletin::Rejection::CODES,
    domain::comparison::Rejection::CODES,
    domain::issue::Rejection::CODES,
    domain::meeting::Rejection::CODES,
    domain::notice::Rejection::CODES,
    domain::resolution::Rejection::CODES,
    domain::station::Rejection::CODES,
    domain::survey::Rejection::CODES,
    domain::unit::Rejection::CODES,
    domain::volunteer::Rejection::CODES,
];

pub(super) fn reads(path: &str, operation: &mut Operation) {
    let mut codes = Codes::of(path, &[]);
    codes.account();
    if path.contains('{') {
        let absent = THINGS.iter().copied().flatten().filter(|code| is_absence(path, code));
        codes.0.extend(absent.map(|code| (S::NOT_FOUND, *code)));
        codes.push(S::NOT_FOUND, "read.absent", "There is no such thing, or was not yet then.");
    }
    tables(operation);
    codes.push(S::BAD_REQUEST, "query.*", "A parameter is unknown, repeated or malformed.");
    codes.push(S::UNPROCESSABLE_ENTITY, "value.*", "A parameter names what nothing is called.");
    codes.push(S::BAD_REQUEST, "read.beyond", "`after_position` is not in the log.");
    codes.push(S::SERVICE_UNAVAILABLE, "read.behind", "`after_position` is not reached yet.");
    codes.answer(operation);
}

/// Whether a refusal says that what the path names is not there.
fn is_absence(path: &str, code: &RefusalCode) -> bool {
    code.absent && code.field.is_some_and(|field| path.contains(&format!("{{{field}}}")))
}

/// Why an operation answers otherwise: status, code, field, in English and Chinese.
pub(super) struct Codes(Vec<(S, RefusalCode)>);

impl Codes {
    /// What its rules refuse, and what can happen to every request.
    pub(super) fn of(path: &str, refusals: Refusals) -> Self {
        let values = if refusals.is_empty() { &[] } else { BadValue::CODES };
        let rules = refusals.iter().copied().flatten().chain(values);
        let of_rule = |code: &RefusalCode| {
            let absent = is_absence(path, code);
            (if absent { S::NOT_FOUND } else { S::UNPROCESSABLE_ENTITY }, *code)
        };
        let mut codes = Self(rules.map(of_rule).collect());
        if path.contains('{') {
            codes.push(S::NOT_FOUND, "value.*", "Nothing can be called what the path says.");
            codes.push(S::BAD_REQUEST, "path.not_utf8", "The path is not UTF-8.");
        }
        codes.push(
            S::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "request.headers_too_large",
            "All headers together are too long.",
        );
        codes.push(S::INTERNAL_SERVER_ERROR, "internal", "Something failed inside the service.");
        codes.push(
            S::SERVICE_UNAVAILABLE,
            "server.busy",
            "The service, its log or its store is busy, full or closing.",
        );
        codes.push(
            S::GATEWAY_TIMEOUT,
            "request.timed_out",
            "It took too long; the same key again does nothing twice.",
        );
        codes
    }

    pub(super) fn push(&mut self, status: S, code: &'static str, en: &'static str) {
        self.0.push((status, RefusalCode { code, field: None, absent: false, zh: "", en }));
    }

    pub(super) fn body(&mut self) {
        self.push(
            S::BAD_REQUEST,
            "json.*",
            "The body is malformed, or a field is unknown, missing or of another kind.",
        );
        self.push(S::BAD_REQUEST, "idempotency.*", "The `Idempotency-Key` is malformed.");
        self.push(S::PAYLOAD_TOO_LARGE, "json.too_large", "The body is longer than 1 MiB.");
        self.push(
            S::UNSUPPORTED_MEDIA_TYPE,
            "json.content_type",
            "The body is not said to be JSON.",
        );
    }

    pub(super) fn account(&mut self) {
        self.push(S::UNAUTHORIZED, "token.*", "There is no good token.");
        self.push(
            S::TOO_MANY_REQUESTS,
            "token.too_many_attempts",
            "Too many bad tokens from this address.",
        );
        let forbidden = Forbidden::CODES.iter().map(|code| (S::FORBIDDEN, *code));
        self.0.extend(forbidden);
    }

    /// Writes a response for each status, and the list for programs.
    pub(super) fn answer(mut self, operation: &mut Operation) {
        self.0.sort_by_key(|(status, code)| (status.as_u16(), code.code));
        self.0.dedup_by_key(|(status, code)| (*status, code.code));
        for of_status in self.0.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((status, _)) = of_status.first() else { continue };
            let reasons =
                of_status.iter().map(|(_, code)| format!("- `{}`: {}", code.code, code.en));
            let reasons = reasons.collect::<Vec<_>>().join("\n");
            let title = status.canonical_reason().unwrap_or("Problem");
            let mut problem = problem(&format!("{title}.\n\n{reasons}"));
            if matches!(
                *status,
                S::TOO_MANY_REQUESTS | S::SERVICE_UNAVAILABLE | S::GATEWAY_TIMEOUT | S::CONFLICT
            ) {
                problem.headers.insert(RETRY.0.to_owned(), described_header(RETRY));
            }
            let responses = &mut operation.responses.responses;
            responses.entry(status.as_str().to_owned()).or_insert(RefOr::T(problem));
        }
        let listed = self.0.iter().map(|(status, code)| {
            json!({ "status": status.as_u16(), "code": code.code, "field": code.field })
        });
        let listed: Vec<_> = listed.collect();
        extend(operation, "x-refusals", json!(listed));
    }
}
