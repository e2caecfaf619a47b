//! 个人信息分段: which sealed section of whom an event vouches for. Name, number and telephone lie in the vault; the event has
//! their digest.

use std::borrow::Cow;
use std::str::FromStr as _;

use crate::station::SealedMember;
use crate::{
    Event, PersonId, SealedDigest, UnitCode, issue, notice, resolution, station, unit, volunteer,
};

/// Section of a volunteer's registration.
pub const REGISTRATION: &str = "registration";
/// Section of an administrator's contact.
pub const CONTACT: &str = "contact";
/// Section of a group's member as stations shared it once. Each has its own now: see [`member_at`].
pub const SHARED_MEMBER: &str = "member";
/// Section of an asker.
pub const ASKER: &str = "asker";
/// Section of an objector.
pub const OBJECTOR: &str = "objector";

/// Section of what a member told a station: it is read there and nowhere else, whoever else appoints the same person.
#[must_use]
pub fn member_at(station: &UnitCode) -> String {
    format!("member-{station}")
}

/// A section in the vault, as an event names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Whose it is.
    pub person: PersonId,
    /// Which of their sections.
    pub section: Cow<'static, str>,
    /// Of its sealed bytes.
    pub digest: SealedDigest,
}

impl Event {
    /// The sections that the event vouches for. `key` is the stream's: a volunteer's events do not repeat whose they are.
    #[must_use]
    pub fn sealed(&self, key: &str) -> Vec<Sealed> {
        if let Self::Station(station::Event::SupervisorsElected(elected)) = self {
            let Ok(station) = UnitCode::from_str(key) else { return Vec::new() };
            let of = |one: &SealedMember| {
                let &SealedMember { member: person, digest } = one;
                Sealed { person, section: member_at(&station).into(), digest }
            };
            return elected.sealed_here.iter().map(of).collect();
        }
        self.sealed_one(key).into_iter().collect()
    }

    fn sealed_one(&self, key: &str) -> Option<Sealed> {
        let (person, section, digest): (_, Cow<'static, str>, _) =
            if let Self::Volunteer(event) = self {
                (PersonId::from_str(key).ok()?, REGISTRATION.into(), registration(event)?)
            } else if let Self::Unit(unit::Event::AdministratorReported(reported)) = self {
                (reported.administrator, CONTACT.into(), reported.sealed)
            } else if let Self::Station(station::Event::MemberAppointed(appointed)) = self {
                let shared = || Some((SHARED_MEMBER.into(), appointed.sealed?));
                let here = appointed.sealed_here.zip(UnitCode::from_str(key).ok());
                let here = here.map(|(digest, station)| (member_at(&station).into(), digest));
                let (section, digest) = here.or_else(shared)?;
                (appointed.member, section, digest)
            } else if let Self::Issue(issue::Event::Registered(registered)) = self {
                let asker = registered.asker?;
                (asker.person, ASKER.into(), asker.sealed)
            } else if let Self::Resolution(resolution::Event::ObjectionFiled(filed)) = self {
                let objector = filed.objector?;
                (objector.person, OBJECTOR.into(), objector.sealed)
            } else if let Self::Notice(notice::Event::ObjectionFiled(filed)) = self {
                let objector = filed.objector?;
                (objector.person, OBJECTOR.into(), objector.sealed)
            } else {
                return None;
            };
        Some(Sealed { person, section, digest })
    }
}

/// What stands in the vault of a volunteer after this event. A correction that is only asked for lies ready, no more.
fn registration(event: &volunteer::Event) -> Option<SealedDigest> {
    use volunteer::Event;
    match event {
        Event::Registered(registered) | Event::Returned(registered) => Some(registered.sealed),
        Event::PersonalDataCorrected(corrected) => Some(corrected.sealed),
        Event::IdentityCorrected(corrected) => Some(corrected.sealed),
        Event::RealNameMatched(_)
        | Event::RealNameRefused(_)
        | Event::TierChanged(_)
        | Event::SkillsDeclared(_)
        | Event::Moved(_)
        | Event::StarProposed(_)
        | Event::StarProposalEnded(_)
        | Event::StarChanged(_)
        | Event::Suspended(_)
        | Event::Resumed(_)
        | Event::Withdrawn(_)
        | Event::PoliticalStatusChanged(_)
        | Event::CategoriesChanged(_)
        | Event::IdentityCorrectionRequested(_)
        | Event::IdentityCorrectionRefused(_)
        | Event::PersonalDataErased(_) => None,
    }
}
