//! 个人信息分段: which sealed section of whom an event vouches for. Name, number and telephone lie in the vault; the event has
//! their digest.

use std::str::FromStr as _;

use crate::{Event, PersonId, SealedDigest, issue, resolution, station, unit, volunteer};

/// Section of a volunteer's registration.
pub const REGISTRATION: &str = "registration";
/// Section of an administrator's contact.
pub const CONTACT: &str = "contact";
/// Section of a group's member.
pub const MEMBER: &str = "member";
/// Section of an asker.
pub const ASKER: &str = "asker";
/// Section of an objector.
pub const OBJECTOR: &str = "objector";

/// A section in the vault, as an event names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// Whose it is.
    pub person: PersonId,
    /// Which of their sections.
    pub section: &'static str,
    /// Of its sealed bytes.
    pub digest: SealedDigest,
}

impl Event {
    /// The section that the event vouches for, if any. `key` is the stream's: a volunteer's events do not repeat whose they
    /// are.
    #[must_use]
    pub fn sealed(&self, key: &str) -> Option<Sealed> {
        let (person, section, digest) =
            if let Self::Volunteer(volunteer::Event::Registered(registered)) = self {
                (PersonId::from_str(key).ok()?, REGISTRATION, registered.sealed)
            } else if let Self::Unit(unit::Event::AdministratorReported(reported)) = self {
                (reported.administrator, CONTACT, reported.sealed)
            } else if let Self::Station(station::Event::MemberAppointed(appointed)) = self {
                (appointed.member, MEMBER, appointed.sealed?)
            } else if let Self::Issue(issue::Event::Registered(registered)) = self {
                let asker = registered.asker?;
                (asker.person, ASKER, asker.sealed)
            } else if let Self::Resolution(resolution::Event::ObjectionFiled(filed)) = self {
                let objector = filed.objector?;
                (objector.person, OBJECTOR, objector.sealed)
            } else {
                return None;
            };
        Some(Sealed { person, section, digest })
    }
}
