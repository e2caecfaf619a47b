//! 援法议事 as a village lives it, over HTTP.

mod backfilling;
mod bad_input;
mod counting;
mod damaged;
mod electing;
mod executing;
mod links;
mod meeting;
mod noticing;
mod objecting;
mod printing;
mod roles;
mod routing;
mod story;
mod surveys;
pub mod village;
