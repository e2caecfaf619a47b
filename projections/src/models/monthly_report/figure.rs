use crate::engine::column::words;

/// Declares the figures, each with its word and its Chinese name.
macro_rules! figures {
    ($( $name:ident $word:literal $zh:literal ),+ $(,)?) => {
        words! {
            /// What a monthly report counts.
            Figure { $( #[doc = $zh] $name $word ),+ }
        }
    };
}

figures! {
    IssuesRegistered "issues_registered" "登记议题",
    IssuesExpedited "issues_expedited" "急事特事先议",
    IssuesAnswered "issues_answered" "答复议题",
    AnswersInTime "answers_in_time" "按时答复",
    AnswersOverdue "answers_overdue" "逾期未答复",
    IssuesRejected "issues_rejected" "不予列入",
    IssuesRoutedOut "issues_routed_out" "转办",
    RoutingsReplied "routings_replied" "转办回复",
    RoutingsOverdue "routings_overdue" "转办逾期",
    IssuesSettled "issues_settled" "办结议题",
    IssuesReopened "issues_reopened" "重新办理议题",
    Ratified "ratified" "追认",
    RatificationsMissed "ratifications_missed" "逾期未追认",
    MeetingsHeld "meetings_held" "召开会议",
    MonthsHeld "months_held" "已议事月份",
    MeetingsMissed "meetings_missed" "未议事月份",
    BackfillsApproved "backfills_approved" "核准补录",
    ResolutionsAdopted "resolutions_adopted" "通过决议",
    ObjectionsFiled "objections_filed" "提出异议",
    ObjectionsLate "objections_late" "公示期满后提出异议",
    ObjectionsUpheld "objections_upheld" "异议成立",
    ObjectionsOverdue "objections_overdue" "异议答复逾期",
    Corrected "corrected" "修正决议",
    Withdrawn "withdrawn" "撤销决议",
    Assigned "assigned" "明确专人",
    Extended "extended" "延期",
    ExecutionsOverdue "executions_overdue" "执行逾期",
    CompletionsClaimed "completions_claimed" "报告完成",
    CompletionsReturned "completions_returned" "退回",
    CompletionsVerified "completions_verified" "核实完成",
    CompletionsPublicised "completions_publicised" "公示完成情况",
    ResolutionsReopened "resolutions_reopened" "重新办理决议",
    SurveysClosed "surveys_closed" "结束测评",
    SurveyEligible "survey_eligible" "测评发放数(此前为可参加人数)",
    SurveyReplies "survey_replies" "测评回复",
    SurveyCounted "survey_counted" "计入比率的测评回复",
    SurveyReachCounted "survey_reach_counted" "计入知晓参与的测评回复",
    SurveyAware "survey_aware" "知晓",
    SurveyTookPart "survey_took_part" "参与",
    SurveyRecognised "survey_recognised" "认可",
    SurveySatisfied "survey_satisfied" "满意",
}

impl Figure {
    /// How many figures there are.
    pub const COUNT: usize = Self::ALL.len();
}
