//! The read models as of any moment.
//!
//! One database keeps every version of a row that a *mark* has seen, with the marks between which it held: see [`versions`].
//! A mark is put down every so many events as the log grows ([`Marker`]). Where somebody asks between two of them, what
//! changed since the one before is folded into a small file beside it ([`since`]), so whoever asks again only reads.
//! Nothing is copied, whatever the size.

mod folder;
mod mark;
mod marker;
mod moments;
mod past;
mod since;
mod tables;
mod versions;

pub use marker::Marker;
pub use past::AsOf;
