//! The vault 保险库: personal data, sealed per person and erasable (个人信息保护法 §47).
//!
//! The log names a person only by a random [`PersonId`] and each personal section by the SHA-256
//! [`Digest`] of its sealed bytes; the sealed bytes lie here, in one SQLite file of their own. Erasing a
//! person destroys the key and the bytes, and every hash and tally in the log still holds.
//!
//! What it promises:
//! - one person per identity number, without storing the number ([`Vault::enrol`]);
//! - a repeated command answers as the first time and seals nothing twice;
//! - no plaintext leaves without a record of who read it and why ([`Vault::unseal`]);
//! - a reading that shows several people is one record, and each of them finds it ([`Vault::reads`]);
//! - what people can be found by lies there as keyed hashes only ([`Vault::holders`]);
//! - after [`Vault::erase`] no byte of key, section, identity hash or lookup is left in any of its files;
//! - the code of a secret link is the same for ever, and stands nowhere ([`Vault::code`]);
//! - bytes changed by anybody without the master key are noticed ([`VaultError::Tampered`]).
//!
//! What it does not know: what a section means, who may read it, or anything of the domain. Commands, section
//! names, actors and purposes are stored in clear, so they must not carry personal data themselves.
//!
//! Every call is synchronous and may wait for the disk; asynchronous callers use a blocking task.

mod code;
mod digest;
mod error;
mod keyring;
mod limits;
mod master_key;
mod person;
mod schema;
mod sealing;
mod store;

pub use code::Code;
pub use digest::{Digest, NotADigest};
pub use error::{KeyError, Refusal, VaultError};
pub use keyring::Finder;
pub use limits::{
    MAX_BATCH, MAX_IDENTITY_BYTES, MAX_PLAIN_BYTES, MAX_READER_BYTES, MAX_SECTION_NAME, MAX_SHOWN,
};
pub use master_key::MasterKey;
pub use person::{NotAPersonId, PersonId};
pub use store::{
    Check, Clock, Enrol, Enrolled, Erased, IDENTITY, KeylessVault, Means, Occasion, Plain,
    ReadRecord, Reader, Reading, Sealed, Selected, Sought, Stretch, Vault,
};
