//! 权限: the one table that says which role may do what, and where.

use crate::{Actor, Directory, PersonId, Role, UnitCode};

/// What an account may want to do. One for every kind of command and of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Act {
    AdoptRulebook,
    AdoptHolidays,
    ManageCampaign,
    RegisterUnit,
    DeclareHeadcount,
    AssignQuota,
    AttributeUnit,
    ReportAdministrator,
    SucceedUnit,
    CorrectUnit,
    ApplyForSquad,
    ApproveSquad,
    ManageMembers,
    CompleteSquad,
    RegisterVolunteer,
    MatchRealName,
    ChangeTier,
    DeclareSkills,
    ChangeDeclaration,
    CorrectPersonalData,
    RequestIdentityCorrection,
    DecideIdentityCorrection,
    MoveVolunteer,
    SuspendVolunteer,
    WithdrawVolunteer,
    ErasePersonalData,
    ReadPersonalData,
    SearchPeople,
    ReadReadings,
    ChoosePurpose,
    ManageActivity,
    SignUp,
    CheckIn,
    RecordService,
    ApproveBackfill,
    AttestService,
    DisputeService,
    SettleDispute,
    RedeemPoints,
    CancelRedemption,
    PublishNotice,
    FileObjection,
    AnswerObjection,
    CloseNotice,
    OpenStation,
    ManageStation,
    AppointMember,
    DeclareRelatives,
    RegisterIssue,
    RegisterIssueOnline,
    AnswerIssue,
    TriageIssue,
    ConveneMeeting,
    RecordMeeting,
    GiveOpinion,
    ManageResolution,
    FileResolutionObjection,
    EscalateObjection,
    AnswerResolutionObjection,
    ExecuteResolution,
    VerifyCompletion,
    InformBranch,
    InformMeeting,
    ReopenResolution,
    ManageSurvey,
    IssueBallots,
    ReplySurvey,
    KeepEvidence,
    ReadEvidence,
    ReadDeliberation,
    ReadAsker,
    ReadObjector,
    Import,
    RotateLedgerKey,
    StateOperation,
    ReadUnits,
    ReadVolunteers,
    ReadAccessLog,
}

/// Where a role may do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Anywhere in the county.
    County,
    /// In the account's unit and what lies below it.
    Subtree,
    /// Only what concerns the person behind the account.
    Own,
}

/// What a command or a reading is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Target<'a> {
    /// The unit it belongs to.
    pub unit: Option<&'a UnitCode>,
    /// The person it concerns.
    pub person: Option<PersonId>,
}

refusals! {
    /// Why an account may not.
    pub enum Forbidden {
        Role { role: &'static str, roles: String } "permission.role" =>
            "{role}不能办理此事;可办理的角色:{roles}。",
            "The role {role} may not do this; roles that may: {roles}.";
        Elsewhere { unit: String } "permission.elsewhere" =>
            "本单位({unit})及其下级单位没有此事项;只能办理本单位及其下级单位的事项。",
            "There is no such thing in the account's own unit ({unit}) or below it; only what is there can be dealt with.";
        NotOwn {} "permission.not_own" =>
            "只能办理与本人有关的事项。", "Only what concerns the person behind the account.";
    }
}

use Act as A;
use Role::{
    Attester, Auditor, Councillor, CountyOffice, GridWorker, LeadingGroup, PartyBranch, Recorder,
    Resident, Supervisor, System, UnitAdministrator, Volunteer,
};
use Scope::{County, Own, Subtree};

/// Every act and who may do it. The county office and the system may act everywhere, but nobody
/// escapes the rules of an aggregate: also the office cannot attest what it recorded.
const fn table(act: Act) -> &'static [(Role, Scope)] {
    match act {
        A::AdoptRulebook
        | A::AdoptHolidays
        | A::ManageCampaign
        | A::RotateLedgerKey
        | A::StateOperation
        | A::RegisterUnit
        | A::AssignQuota
        | A::AttributeUnit
        | A::SucceedUnit
        | A::CorrectUnit
        | A::ApproveSquad
        | A::ErasePersonalData
        | A::PublishNotice => &[(CountyOffice, County)],
        A::MatchRealName => &[(CountyOffice, County)],
        A::CloseNotice => &[(CountyOffice, County)],
        A::DeclareHeadcount
        | A::ReportAdministrator
        | A::ApplyForSquad
        | A::ManageMembers
        | A::CompleteSquad
        | A::RegisterVolunteer
        | A::ChangeTier
        | A::ChangeDeclaration
        | A::DecideIdentityCorrection
        | A::MoveVolunteer
        | A::SuspendVolunteer
        | A::Import => &[(CountyOffice, County), (UnitAdministrator, Subtree)],
        A::DeclareSkills
        | A::CorrectPersonalData
        | A::RequestIdentityCorrection
        | A::WithdrawVolunteer
        | A::ReadPersonalData => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree), (Volunteer, Own)]
        }
        // Whoever looks for people sees names: only where they may also read all that is sealed of them.
        A::SearchPeople => &[(CountyOffice, County), (UnitAdministrator, Subtree)],
        // 个人信息保护法 §44: everybody knows who read what is known of them.
        A::ReadReadings => &[(CountyOffice, County), (Auditor, County), (Volunteer, Own)],
        // Everybody who may read something that the vault holds.
        A::ChoosePurpose => &[
            (CountyOffice, County),
            (UnitAdministrator, County),
            (LeadingGroup, County),
            (GridWorker, County),
            (Volunteer, County),
        ],
        A::ManageActivity => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree), (Attester, Subtree)]
        }
        A::SignUp | A::CheckIn => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (Recorder, Subtree),
            (Attester, Subtree),
            (Volunteer, Own),
        ],
        A::RecordService => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree), (Recorder, Subtree)]
        }
        A::ApproveBackfill => &[(CountyOffice, County), (UnitAdministrator, Subtree)],
        A::AttestService => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree), (Attester, Subtree)]
        }
        A::DisputeService => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (Recorder, Subtree),
            (Attester, Subtree),
            (Supervisor, Subtree),
            (Volunteer, Own),
        ],
        A::SettleDispute => &[(CountyOffice, County), (UnitAdministrator, Subtree)],
        A::RedeemPoints => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree), (Volunteer, Own)]
        }
        A::CancelRedemption => &[(CountyOffice, County), (UnitAdministrator, Subtree)],
        A::FileObjection => &[
            (CountyOffice, County),
            (UnitAdministrator, County),
            (Recorder, County),
            (Attester, County),
            (Supervisor, County),
            (Volunteer, County),
            (LeadingGroup, County),
            (Councillor, County),
            (PartyBranch, County),
            (GridWorker, County),
        ],
        // Accounts file objections as residents do, because their number would show in the log who objected.
        A::RegisterIssueOnline
        | A::FileResolutionObjection
        | A::EscalateObjection
        | A::ReplySurvey => &[(Resident, County)],
        A::AnswerObjection => &[(CountyOffice, County)],
        A::ReadUnits => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (Recorder, Subtree),
            (Attester, Subtree),
            (Supervisor, County),
            (Auditor, County),
            (Volunteer, County),
            (LeadingGroup, County),
            (Councillor, County),
            (PartyBranch, County),
            (GridWorker, County),
        ],
        A::ReadVolunteers => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (Recorder, Subtree),
            (Attester, Subtree),
            (Supervisor, Subtree),
            (Auditor, County),
            (Volunteer, Own),
        ],
        A::OpenStation | A::AppointMember => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree)]
        }
        A::DeclareRelatives => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (LeadingGroup, Own),
            (Councillor, Own),
            (GridWorker, Own),
            (Supervisor, Own),
            (PartyBranch, Own),
            (Volunteer, Own),
        ],
        A::ManageStation
        | A::TriageIssue
        | A::ConveneMeeting
        | A::ManageResolution
        | A::AnswerResolutionObjection => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree), (LeadingGroup, Subtree)]
        }
        A::RegisterIssue => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (LeadingGroup, Subtree),
            (Councillor, Subtree),
            (GridWorker, Subtree),
            (Supervisor, Subtree),
            (Volunteer, County),
        ],
        A::AnswerIssue => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (LeadingGroup, Subtree),
            (Councillor, Subtree),
            (GridWorker, Subtree),
        ],
        A::RecordMeeting => &[(LeadingGroup, Subtree), (Councillor, Subtree), (Recorder, Subtree)],
        A::GiveOpinion => &[(LeadingGroup, Subtree), (Councillor, Subtree)],
        A::ExecuteResolution => &[
            (UnitAdministrator, Subtree),
            (LeadingGroup, Subtree),
            (Councillor, Subtree),
            (GridWorker, Subtree),
            (Volunteer, County),
        ],
        A::VerifyCompletion => &[(Supervisor, Subtree)],
        A::InformBranch => &[(Supervisor, Subtree), (PartyBranch, Subtree)],
        A::InformMeeting => &[(LeadingGroup, Subtree), (Supervisor, Subtree)],
        A::ReopenResolution => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (LeadingGroup, Subtree),
            (Supervisor, Subtree),
            (PartyBranch, Subtree),
        ],
        A::ManageSurvey => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree), (Supervisor, Subtree)]
        }
        A::IssueBallots => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree), (Supervisor, Subtree)]
        }
        A::KeepEvidence => &[
            (CountyOffice, County),
            (UnitAdministrator, County),
            (LeadingGroup, County),
            (Councillor, County),
            (GridWorker, County),
            (Supervisor, County),
            (Recorder, County),
            (Volunteer, County),
        ],
        A::ReadEvidence => &[
            (CountyOffice, County),
            (UnitAdministrator, County),
            (LeadingGroup, County),
            (Councillor, County),
            (GridWorker, County),
            (Supervisor, County),
            (PartyBranch, County),
            (Auditor, County),
        ],
        A::ReadDeliberation => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (LeadingGroup, Subtree),
            (Councillor, Subtree),
            (GridWorker, Subtree),
            (Supervisor, Subtree),
            (PartyBranch, Subtree),
            (Recorder, Subtree),
            (Auditor, County),
        ],
        A::ReadAsker => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (LeadingGroup, Subtree),
            (GridWorker, Subtree),
        ],
        A::ReadObjector => &[(CountyOffice, County), (UnitAdministrator, Subtree)],
        A::ReadAccessLog => &[(CountyOffice, County), (Auditor, County)],
    }
}

/// Where a role may do something; none where it may not.
#[must_use]
pub fn scope(role: Role, act: Act) -> Option<Scope> {
    if role == System {
        return Some(County);
    }
    table(act).iter().find(|(allowed, _)| *allowed == role).map(|(_, scope)| *scope)
}

/// The roles of accounts that may do something, somewhere.
pub fn roles(act: Act) -> impl Iterator<Item = Role> {
    table(act).iter().map(|(role, _)| *role)
}

/// Where a role may do something.
///
/// # Errors
/// When it may nowhere.
pub fn check_role(role: Role, act: Act) -> Result<Scope, Forbidden> {
    scope(role, act).ok_or_else(|| {
        let roles: Vec<&str> = roles(act).map(Role::as_str).collect();
        Forbidden::Role { role: role.as_str(), roles: roles.join(", ") }
    })
}

/// Checks an account against the table.
///
/// # Errors
/// When the role may not do it at all, or not there.
pub fn check(
    actor: &Actor,
    act: Act,
    target: Target<'_>,
    units: &Directory,
) -> Result<(), Forbidden> {
    match (check_role(actor.role, act)?, &actor.unit) {
        (County, _) | (Subtree, None) => Ok(()),
        (Subtree, Some(root)) => match target.unit {
            Some(unit) if units.is_within(unit, root) => Ok(()),
            Some(_) | None => Err(Forbidden::Elsewhere { unit: root.to_string() }),
        },
        (Own, _) if actor.person.is_some() && actor.person == target.person => Ok(()),
        (Own, _) => Err(Forbidden::NotOwn {}),
    }
}

#[cfg(test)]
mod tests;
