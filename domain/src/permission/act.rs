//! What accounts may want to do.

use serde::Serialize;

/// Declares the acts and the list of them all.
macro_rules! acts {
    ($(#[$meta:meta])* pub enum Act { $($act:ident,)+ }) => {
        $(#[$meta])*
        pub enum Act { $($act,)+ }

        impl Act {
            /// Every act.
            pub const ALL: &'static [Self] = &[$(Self::$act,)+];
        }
    };
}

acts! {
/// What an account may want to do. One for every kind of command and of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
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
    StatePopulation,
    CorrectUnit,
    ApplyForSquad,
    ApproveSquad,
    ManageMembers,
    CompleteSquad,
    RegisterVolunteer,
    MatchRealName,
    PublishBulletin,
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
    PostNotice,
    FileObjection,
    AnswerObjection,
    CloseNotice,
    OpenStation,
    StateHouseholds,
    ManageStation,
    RecordElection,
    AppointMember,
    DeclareRelatives,
    RegisterIssue,
    RegisterIssueOnline,
    AnswerIssue,
    TriageIssue,
    TakeStep,
    ReplyRouting,
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
    ReadBulletins,
    ReadComparisons,
    ReadVolunteers,
    ReadReports,
    ReadAccessLog,
    ReadAccounts,
    RevokeAccount,
}
}
