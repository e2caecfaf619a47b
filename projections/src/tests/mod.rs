//! Tests of the machinery, over all read models or over a small one of their own.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod as_of;
mod batches;
mod comparing;
mod deciding;
mod deliberations;
mod describing;
mod moving;
mod reading;
mod running;
mod swapping;
