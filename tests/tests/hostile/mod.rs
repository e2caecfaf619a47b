//! What a clever neighbour tries: the service must neither stop for others nor tell them what is not theirs.

mod existence;
mod widening;
