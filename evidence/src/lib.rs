//! The evidence store 佐证材料库: photographs and documents that prove facts – of a notice board, of a repaired road, a signed list.
//!
//! They lie outside the log, in a folder or in a bucket of an S3 service, and events refer to them by the SHA-256
//! [`Digest`] of what is kept.
//!
//! What it promises:
//! - what is kept is a JPEG, PNG or WebP picture that decodes, or a PDF: told by the content, never by a name or by what
//!   the sender claims;
//! - a picture is kept without the place, the time, the device and the remarks that it carried ([`Evidence::keep`] says
//!   how), with every pixel as it was; if the camera was held sideways, that alone is still noted;
//! - what is kept is whole, on disk and never changed: the same bytes again are one object, and an interrupted write
//!   leaves nothing under a digest;
//! - bytes that were changed or lost since are noticed when read, and never handed out.
//!
//! What it does not promise:
//! - nothing looks at what a picture shows; faces and number plates stay;
//! - of a PDF the names of all objects are searched for active content, also of those that are packed or encrypted; what
//!   a page draws is not looked at. Author, place and pictures inside a PDF stay as they are, because taking them out
//!   would break a signature. Send PDFs as attachments, never inline;
//! - an object of an upload that was refused later by a rule stays: nothing here knows which digests events mention.

mod audit;
mod digest;
mod error;
mod location;
mod media_type;
mod pdf;
mod picture;
mod refusal;
#[cfg(feature = "s3")]
mod s3;
mod store;
#[cfg(test)]
mod tests;

pub use audit::Check;
pub use digest::{Digest, NotADigest};
pub use error::{BadLocation, KeepError, OpenError, ReadError, StorageError};
pub use location::Location;
pub use media_type::MediaType;
pub use picture::{MAX_PIXELS, MAX_SIDE};
pub use refusal::Refusal;
#[cfg(feature = "s3")]
pub use s3::Bucket;
pub use store::{Evidence, MAX_BYTES, StoredEvidence};
