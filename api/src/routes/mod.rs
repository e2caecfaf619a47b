//! The routes, a file an aggregate: parse, call, answer.

mod accounts;
mod activities;
mod backfills;
mod bulletins;
mod campaigns;
mod comparisons;
mod counting_lists;
mod deliberation;
mod health;
mod holidays;
mod import_register;
mod imports;
mod ledger;
mod notices;
mod people;
mod points;
mod proofs;
mod public;
mod read;
mod rulebook;
mod services;
mod sign_in;
mod squads;
mod streams;
mod units;
mod volunteers;

pub use health::figures;
use utoipa_axum::router::OpenApiRouter;

use super::state::AppState;

/// All routes under `/api/v1`.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(units::router())
        .merge(squads::router())
        .merge(volunteers::router())
        .merge(people::router())
        .merge(activities::router())
        .merge(backfills::router())
        .merge(services::router())
        .merge(points::router())
        .merge(notices::router())
        .merge(rulebook::router())
        .merge(holidays::router())
        .merge(campaigns::router())
        .merge(deliberation::router())
        .merge(public::router())
        .merge(imports::router())
        .merge(import_register::router())
        .merge(comparisons::router())
        .merge(bulletins::router())
        .merge(sign_in::router())
        .merge(counting_lists::router())
        .merge(accounts::router())
        .merge(streams::router())
        .merge(read::router())
        .merge(proofs::router())
}

/// All other routes: pages, the ledger, and what operators watch.
pub fn at_root() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().merge(health::router()).merge(ledger::router()).merge(proofs::pages())
}
