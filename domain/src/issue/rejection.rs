use jiff::civil::Date;

use super::{Stage, Step};
use crate::backfill::Fault;
use crate::values::Flaw;
use crate::{MeetingId, Moment, ResolutionId, SealedDigest, TopicCode, UnitCode};

refusals! {
    /// Why an issue's command is refused.
    pub enum Rejection {
        Unregistered {} "issue.unregistered" absent at "issue" =>
            "没有该编号的议题。", "There is no issue with this number.";
        AlreadyRegistered {} "issue.already_registered" at "issue" =>
            "该议题已登记。", "The issue is registered already.";
        UnknownUnit { unit: UnitCode } "issue.unknown_unit" absent at "station" =>
            "单位代码{unit}不存在。", "There is no unit {unit}.";
        EndedUnit { successor: UnitCode } "issue.ended_unit" at "station" =>
            "该单位已由{successor}承接;请在承接单位登记。",
            "The unit was succeeded by {successor}; register the issue there.";
        Ahead { now: Moment } "issue.in_future" at "raised_at" =>
            "提出时间不能晚于现在({now})。", "It cannot have been raised after now ({now}).";
        LongAgo { earliest: Date } "issue.long_ago" at "raised_at" =>
            "只登记一年以内提出的问题({earliest}及以后);更早的请凭纸质登记簿补录。",
            "Only what was raised within a year, on {earliest} or later, is registered; enter what is older from the register on paper.";
        NoPhotograph {} "issue.no_photograph" at "evidence" =>
            "补录须至少附一张纸质登记簿的照片。",
            "Show the paper by at least one photograph of the register.";
        AwaitsApproval {} "issue.awaits_approval" at "issue" =>
            "补录待核准,核准前只能答复;请由另一人核准。",
            "The issue was entered from paper and waits for approval by a second person; until then it can only be answered.";
        NotRequested {} "issue.not_requested" at "issue" =>
            "该议题不是待核准的补录。", "The issue is no backfill that waits for approval.";
        BackfillSelfApproved {} "issue.backfill_self_approved" at "actor" =>
            "补录须由录入人以外的人核准。",
            "What was entered from paper is approved or refused by somebody other than who entered it.";
        EnoughAnswers { limit: usize } "issue.enough_answers" at "answer" =>
            "一个议题最多答复{limit}次。", "An issue is answered at most {limit} times.";
        NoAnswerDue {} "issue.no_answer_due" at "issue" =>
            "没有应答期限,或已答复;不计逾期。",
            "No answer is due: it did not come in online, or was answered.";
        AnswerNotDue { due: Date } "issue.answer_not_due" at "issue" =>
            "答复期限到{due}止,此日以后才计逾期。",
            "The answer is due until the end of {due}; it is overdue only after that day.";
        InRoom {} "issue.in_room" at "form" =>
            "会议室议事请召集会议;此处只记录广场议事、楼栋议事和现场议事。",
            "Call a meeting for the room; here opinions of the square, of a building or on site are taken down.";
        NobodyThere {} "issue.nobody_there" at "people" =>
            "请填写参加人数,至少1人。", "Say how many were there, one at least.";
        EnoughOpinions { limit: usize } "issue.enough_opinions" at "issue" =>
            "一个议题最多征集意见{limit}次。", "Opinions on an issue are collected at most {limit} times.";
        NotHeldYet { today: Date } "issue.not_held_yet" at "held_on" =>
            "日期不能晚于今天({today})。", "The day cannot be after today ({today}).";
        NotGreat { topic: TopicCode } "issue.not_great" at "issue" =>
            "清单事项{topic}不是规则簿所列的重大事项,无须四议两公开。",
            "The item {topic} is no great matter of the rulebook, so it needs none of the steps.";
        StepsTaken {} "issue.steps_taken" at "step" =>
            "支部提议、两委商议、党员大会审议均已登记;请列入村民会议或村民代表会议议程。",
            "All steps have been recorded; put the issue on an agenda of the villagers or their representatives.";
        StepOutOfTurn { step: Step } "issue.step_out_of_turn" at "step" =>
            "四议两公开逐项进行,不得跳过;请先登记{step}。",
            "No step is skipped; record the {step:#} first.";
        StepTooEarly { earliest: Date } "issue.step_too_early" at "held_on" =>
            "日期不能早于议题提出和前一环节({earliest})。",
            "The day cannot be before the issue was raised, nor before the step before it ({earliest}).";
        StepUnproven {} "issue.step_unproven" at "evidence" =>
            "请至少附一件佐证材料(会议记录、签到或照片)。",
            "Name at least one piece of evidence: minutes, attendance or a photograph.";
        TooMuchEvidence { limit: usize } "issue.too_much_evidence" at "evidence" =>
            "佐证材料最多{limit}件。", "At most {limit} pieces of evidence.";
        SameEvidence { digest: SealedDigest } "issue.same_evidence" at "evidence" =>
            "佐证材料{digest}重复;每件只列一次。", "The evidence {digest} is listed twice; list each piece once.";
        NotListed { topic: TopicCode } "issue.not_listed" at "topic" =>
            "{topic}不在本工作站议事清单内;请选用清单事项,或先增列。",
            "{topic} is on no list of this station; choose an item that is, or list it first.";
        Accepted {} "issue.accepted" at "issue" =>
            "议题已列入,不再改换清单事项。", "The issue was accepted; the item it falls under stays.";
        NotTriaged {} "issue.not_triaged" at "issue" =>
            "请先对照议事清单。", "Hold it against the lists of topics first.";
        NotAccepted {} "issue.not_accepted" at "issue" =>
            "议题尚未列入,也不是待追认事项,不能列入会议议程。",
            "Only an accepted issue, or one that waits for ratification, goes on an agenda; accept it first.";
        IntoItself {} "issue.into_itself" at "into" =>
            "议题不能并入自身。", "An issue cannot be merged into itself.";
        TargetClosed {} "issue.target_closed" at "into" =>
            "只能并入同一工作站尚未议定的议题。",
            "It can be merged only into an issue of the same station that is still open.";
        Ended { stage: Stage } "issue.ended" at "issue" =>
            "议题处于“{stage}”,不能再办理此项。", "The issue is {stage:#}; this cannot be done with it any more.";
        OnAgenda { meeting: MeetingId } "issue.on_agenda" at "issue" =>
            "议题已列入会议{meeting}议程;请等会议议定或暂缓。",
            "The issue is on the agenda of meeting {meeting}; the meeting decides on it or puts it off first.";
        NotOnAgenda {} "issue.not_on_agenda" at "meeting" =>
            "议题不在该会议的该项议程上。", "The issue is not this topic of this meeting's agenda.";
        UnknownReceiver { unit: UnitCode } "issue.unknown_receiver" at "receiver" =>
            "单位代码{unit}不存在;承办单位不在本县登记的,只写名称。",
            "There is no unit {unit}; an authority that is not registered here goes by its name alone.";
        EndedReceiver { successor: UnitCode } "issue.ended_receiver" at "receiver" =>
            "该单位已由{successor}承接;请转办给承接单位。",
            "The unit was succeeded by {successor}; pass the issue on to the successor.";
        RoutingDue { earliest: Date, latest: Date } "issue.routing_due" at "due" =>
            "转办期限应在{earliest}至{latest}之间。", "The reply is due on a day from {earliest} to {latest}.";
        NotRouted {} "issue.not_routed" at "issue" =>
            "该议题没有转办,或已回复。", "The issue was passed on to nobody, or the reply is there.";
        ReceiptDay { from: Date, today: Date } "issue.receipt_day" at "on" =>
            "签收日期应在{from}至{today}之间。", "It was received on a day from {from} to {today}.";
        RoutingNotDue { due: Date } "issue.routing_not_due" at "issue" =>
            "转办期限到{due}止,此日以后才计逾期。",
            "The reply is due until the end of {due}; it is overdue only after that day.";
        NoApprover {} "issue.no_approver" at "approver" =>
            "急事急议、特事特议须有领导小组成员批准;请写明批准人。",
            "What cannot wait needs the approval of a member of the leading group; name who approved.";
        ApproverNotLeading {} "issue.approver_not_leading" at "approver" =>
            "批准人现不在领导小组任职。", "The approver is not in office in the leading group today.";
        SelfApproved {} "issue.self_approved" at "approver" =>
            "登记人不得批准自己登记的议题;请由领导小组其他成员批准。",
            "Who registered the issue does not approve it; another member of the leading group does.";
        AlreadyExpedited {} "issue.already_expedited" at "issue" =>
            "该议题已按急事急议或特事特议办理。", "The issue was dealt with ahead of the meeting already.";
        NotExpedited {} "issue.not_expedited" at "issue" =>
            "该议题没有先行办理,无须追认。", "Nothing was done ahead of a meeting, so nothing is ratified.";
        Ratified {} "issue.ratified" at "issue" =>
            "先行办理的事项已追认。", "What was done ahead of the meeting is ratified already.";
        Unratified {} "issue.unratified" at "issue" =>
            "先行办理的事项尚待会议追认;请先作为追认事项列入会议议程。",
            "What was done ahead of the meeting waits for ratification; put it on a meeting's agenda as a topic that ratifies.";
        Unanswered {} "issue.unanswered" at "issue" =>
            "无决议办结须先有答复;现场议事当场解决的,须先登记征集的意见。",
            "Without a resolution, an issue is settled only after an answer, or on the spot where opinions were collected.";
        AwaitsMeeting {} "issue.awaits_meeting" at "issue" =>
            "议题已列入,须经会议议定,不能以答复办结;请列入会议议程。",
            "The issue was accepted, so a meeting decides on it and no answer settles it; put it on an agenda.";
        AwaitsResolution {} "issue.awaits_resolution" at "resolution" =>
            "会议已通过,须待决议完成情况公示后办结。",
            "The meeting adopted it; it is settled when the completion of its resolution is publicised.";
        OtherResolution { resolution: ResolutionId } "issue.other_resolution" at "resolution" =>
            "决议{resolution}不是该议题的决议。", "{resolution} is not the resolution on this issue.";
        NotSettledBy { resolution: ResolutionId } "issue.not_settled_by" at "resolution" =>
            "该议题没有以决议{resolution}办结,不能据此重新办理。",
            "The issue was not settled by {resolution}, so it is not reopened with it.";
    }
}

impl From<Flaw> for Rejection {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::TooMuch { limit } => Self::TooMuchEvidence { limit },
            Flaw::Twice { digest } => Self::SameEvidence { digest },
        }
    }
}

impl From<Fault> for Rejection {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoPhotograph => Self::NoPhotograph {},
            Fault::Flawed(flaw) => flaw.into(),
            Fault::SelfApproved => Self::BackfillSelfApproved {},
        }
    }
}
