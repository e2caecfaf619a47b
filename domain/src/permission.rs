//! 权限: the one table that says which role may do what, and where.

mod act;
mod check;

use serde::Serialize;

use crate::Role;
pub use act::Act;
pub use check::{Forbidden, Target, check, check_role, of, roles, scope};

/// Where a role may do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Anywhere in the county.
    County,
    /// In the account's unit and what lies below it.
    Subtree,
    /// Only what concerns the person behind the account.
    Own,
}

use Act as A;
use Role::{
    Attester, Auditor, Councillor, CountyLeader, CountyOffice, GridWorker, LeadingGroup,
    LegalAdviser, PartyBranch, Recorder, Resident, Supervisor, UnitAdministrator, Volunteer,
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
        | A::StatePopulation
        | A::CorrectUnit
        | A::ApproveSquad
        | A::ErasePersonalData
        | A::MatchRealName
        | A::PublishBulletin
        | A::PublishNotice
        | A::CloseNotice => &[(CountyOffice, County)],
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
        | A::AnswerObjection
        | A::StateHouseholds
        // The surveyed do not hold the ballots; neither does whoever supervises in the village.
        | A::IssueBallots
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
            (Resident, County),
        ],
        // Accounts file objections as residents do, because their number would show in the log who objected.
        A::RegisterIssueOnline
        | A::FileResolutionObjection
        | A::EscalateObjection
        | A::ReplySurvey => &[(Resident, County)],
        A::ReadUnits => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (Recorder, Subtree),
            (Attester, Subtree),
            (Supervisor, County),
            (Auditor, County),
            (CountyLeader, County),
            (Volunteer, County),
            (LeadingGroup, County),
            (Councillor, County),
            (PartyBranch, County),
            (GridWorker, County),
        ],
        // Everybody who is told of in it may read all of it.
        A::ReadBulletins => &[
            (CountyOffice, County),
            (UnitAdministrator, County),
            (Recorder, County),
            (Attester, County),
            (Supervisor, County),
            (Auditor, County),
            (CountyLeader, County),
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
        // After 村民委员会组织法 §32: who is supervised keeps no record of who was elected to supervise.
        A::RecordElection => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (Recorder, Subtree),
        ],
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
        | A::PostNotice
        | A::TriageIssue
        | A::ReplyRouting
        | A::ConveneMeeting
        | A::ManageResolution
        | A::AnswerResolutionObjection => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree), (LeadingGroup, Subtree)]
        }
        // 四议两公开: it is the branch that proposes.
        A::TakeStep => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (LeadingGroup, Subtree),
            (PartyBranch, Subtree),
        ],
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
        A::GiveOpinion => {
            &[(LeadingGroup, Subtree), (Councillor, Subtree), (LegalAdviser, Subtree)]
        }
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
        A::KeepEvidence => &[
            (CountyOffice, County),
            (UnitAdministrator, County),
            (LeadingGroup, County),
            (Councillor, County),
            (GridWorker, County),
            (Supervisor, County),
            (PartyBranch, County),
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
            (LegalAdviser, Subtree),
            (GridWorker, Subtree),
            (Supervisor, Subtree),
            (PartyBranch, Subtree),
            (Recorder, Subtree),
            (Auditor, County),
        ],
        A::ReadReports => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (LeadingGroup, Subtree),
            (Councillor, Subtree),
            (GridWorker, Subtree),
            (Supervisor, Subtree),
            (PartyBranch, Subtree),
            (Recorder, Subtree),
            (Auditor, County),
            (CountyLeader, County),
        ],
        A::ReadAsker => &[
            (CountyOffice, County),
            (UnitAdministrator, Subtree),
            (LeadingGroup, Subtree),
            (GridWorker, Subtree),
        ],
        A::ReadObjector => &[(CountyOffice, County), (UnitAdministrator, Subtree)],
        A::ReadAccessLog | A::ReadComparisons => &[(CountyOffice, County), (Auditor, County)],
        A::ReadAccounts => {
            &[(CountyOffice, County), (UnitAdministrator, Subtree), (Auditor, County)]
        }
        A::RevokeAccount => &[(CountyOffice, County), (UnitAdministrator, Subtree)],
    }
}

#[cfg(test)]
mod tests;
