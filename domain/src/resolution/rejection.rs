use jiff::civil::Date;

use super::Stage;
use crate::backfill;
use crate::objection::Fault;
use crate::values::Flaw;
use crate::{MeetingId, PersonId, SealedDigest};

refusals! {
    /// Why a command about a resolution is refused.
    pub enum Rejection {
        Unadopted {} "resolution.unadopted" absent at "resolution" =>
            "没有该编号的决议;决议由封存的会议记录产生。",
            "There is no resolution with this id; one comes from a meeting's sealed minutes.";
        AlreadyAdopted {} "resolution.already_adopted" at "resolution" =>
            "该决议已通过。", "The resolution is adopted already.";
        Withdrawn {} "resolution.withdrawn" at "resolution" =>
            "该决议已撤销,不再办理;需要再议的,请在会议上另行议定。",
            "The resolution was withdrawn, nothing follows from it any more; a meeting may adopt another.";
        AlreadyPublicised { stage: Stage } "resolution.already_publicised" at "resolution" =>
            "只有刚通过的决议需要公示,目前{stage};修正后即自动重新公示。",
            "A resolution is publicised after its adoption, and by a correction anew; it is {stage:#} already.";
        PostedOn { first: Date, last: Date } "resolution.posted_on" at "posted_on" =>
            "补录公示的张贴日应在议定日{first}至{last}之间;今天张贴的请直接公示。",
            "A notice that is entered from paper hung on the board from a day between {first}, when it was decided, and {last}; publicise what hangs there from today.";
        NoPhotograph {} "resolution.no_photograph" at "evidence" =>
            "补录公示须至少附一张公示栏照片。",
            "Show the notice on paper by at least one photograph of the board.";
        AwaitsApproval {} "resolution.awaits_approval" at "resolution" =>
            "补录的公示待核准;请由另一人核准或不予补录。",
            "A notice that was entered from paper waits for a second person to approve or refuse it.";
        NotRequested {} "resolution.not_requested" at "resolution" =>
            "该决议没有待核准的补录公示。", "No notice of this resolution waits for approval.";
        BackfillSelfApproved {} "resolution.backfill_self_approved" at "actor" =>
            "补录须由录入人以外的人核准。",
            "What was entered from paper is approved or refused by somebody other than who entered it.";
        NotPublicised {} "resolution.not_publicised" at "resolution" =>
            "决议尚未公示;异议自公示之日起提出。",
            "The resolution is not publicised yet; objections are filed from that day on.";
        NotOpen { stage: Stage } "resolution.not_open" at "resolution" =>
            "只有公示中的决议可以期满,目前{stage}。",
            "Only the period of a publicised resolution closes; it is {stage:#} now.";
        TooEarly { closes_on: Date } "resolution.too_early" at "resolution" =>
            "公示期到{closes_on}止,不得提前结束。",
            "The notice stands until the end of {closes_on}; it cannot close early.";
        AwaitingCorrection {} "resolution.awaiting_correction" at "resolution" =>
            "已有异议成立;请先修正并重新公示,或者撤销。",
            "An objection was upheld; correct the resolution, which opens a new period, or withdraw it.";
        NotAwaitingCorrection { stage: Stage } "resolution.not_awaiting_correction" at "resolution" =>
            "异议成立后才能修正,目前{stage}。",
            "A resolution is corrected after an upheld objection; it is {stage:#} now.";
        Stands { stage: Stage } "resolution.stands" at "resolution" =>
            "村(社区)只能撤销异议成立、待修正的决议,目前{stage};其他情形,完成前由上级单位撤销。",
            "The village withdraws a resolution only after an upheld objection; it is {stage:#} now. A unit above the village withdraws it at any time before its completion.";
        Completed {} "resolution.completed" at "resolution" =>
            "已完成的决议不得撤销;发现问题的,请重新办理。",
            "A completed resolution cannot be withdrawn; reopen it if it is not done.";

        OpenObjection { objection: u32 } "resolution.open_objection" at "resolution" =>
            "第{objection}号异议尚未答复;请先答复。",
            "Objection {objection} is open; answer it first.";
        TooManyObjections { limit: usize } "resolution.too_many_objections" at "ground" =>
            "待答复的异议已达{limit}件;请在答复后再提出。",
            "{limit} objections wait for an answer; file again when some have theirs.";
        UnknownObjection { objection: u32 } "resolution.unknown_objection" absent at "objection" =>
            "没有第{objection}号异议。", "There is no objection {objection}.";
        AlreadyAnswered { objection: u32 } "resolution.already_answered" at "objection" =>
            "第{objection}号异议已答复。", "Objection {objection} was answered already.";
        WithTheTown { objection: u32 } "resolution.with_the_town" at "objection" =>
            "第{objection}号异议已上报,由上级单位答复。",
            "Objection {objection} went up; a unit above the village answers it.";
        AnswerInTime { objection: u32, due: Date } "resolution.answer_in_time" at "objection" =>
            "第{objection}号异议的答复期限到{due}止,尚未逾期。",
            "Objection {objection} may be answered until the end of {due}.";
        NotDismissed { objection: u32 } "resolution.not_dismissed" at "objection" =>
            "村里答复不成立的异议才能上报,第{objection}号不是。",
            "An objection goes up after the village dismissed it; objection {objection} was not dismissed.";
        FinalAnswer { objection: u32 } "resolution.final_answer" at "objection" =>
            "第{objection}号异议已由上级单位答复,不再上报;有新的理由请另行提出。",
            "The town's answer to objection {objection} is final; file another on a new ground.";
        OwnObjection { objection: u32 } "resolution.own_objection" at "actor" =>
            "第{objection}号异议由本人提出,应由他人答复。",
            "Objection {objection} is the account's own; somebody else answers it.";
        OwnVote { objection: u32 } "resolution.own_vote" at "actor" =>
            "决定该决议的人不得认定第{objection}号异议不成立;请由其他人或上级单位答复,或采纳异议。",
            "Who decided the resolution does not dismiss objection {objection}; somebody else or a unit above answers it, or it is upheld.";

        NotClosed { stage: Stage } "resolution.not_closed" at "resolution" =>
            "公示期满且无异议的决议才能明确专人,执行中可以换人,目前{stage}。",
            "A resolution is assigned when its notice has closed, and anew while it is executed; it is {stage:#} now.";
        DueInPast { today: Date } "resolution.due_in_past" at "due" =>
            "期限应为{today}或以后。", "The last day must be {today} or later.";
        DueTooFar { latest: Date } "resolution.due_too_far" at "due" =>
            "期限最晚为{latest}。", "The last day must be {latest} or earlier.";
        PassedOn {} "resolution.passed_on" at "actor" =>
            "执行人不能自行换人;请由领导小组的其他成员办理。",
            "The executor does not pass the execution on; another of the leading group does.";
        SameExecutor { executor: PersonId } "resolution.same_executor" at "executor" =>
            "{executor}已是执行人;换人须明确他人,需要更多时间请办理延期。",
            "{executor} executes it already; name somebody else, or extend the time.";
        MoreTime { due: Date } "resolution.more_time" at "due" =>
            "换人不延长期限,应为{due}或以前;需要更多时间请办理延期。",
            "Who goes on has until {due} at the latest; more time is an extension.";
        NotExecuting { stage: Stage } "resolution.not_executing" at "resolution" =>
            "只对执行中的决议办理,目前{stage}。",
            "This is for a resolution that is being executed; it is {stage:#} now.";
        NotTheExecutor { executor: PersonId } "resolution.not_the_executor" at "actor" =>
            "由执行人({executor})以本人账号报告。",
            "The executor, {executor}, reports with an account of their own.";
        NoEvidence {} "resolution.no_evidence" at "evidence" =>
            "报告完成须附至少一件佐证材料。", "A claim of completion shows at least one piece of evidence.";
        TooMuchEvidence { limit: usize } "resolution.too_much_evidence" at "evidence" =>
            "佐证材料最多{limit}件。", "At most {limit} pieces of evidence.";
        SameEvidence { digest: SealedDigest } "resolution.same_evidence" at "evidence" =>
            "佐证材料{digest}重复;每件只列一次。", "The evidence {digest} is listed twice; list each piece once.";
        SelfExtended {} "resolution.self_extended" at "actor" =>
            "执行人不能给自己延期;请由领导小组办理。",
            "The executor does not extend their own time; the leading group does.";
        NotLater { due: Date } "resolution.not_later" at "to" =>
            "延期应晚于现有期限{due}。", "An extension goes beyond the present last day, {due}.";
        InTime { due: Date } "resolution.in_time" at "resolution" =>
            "执行期限到{due}止,尚未逾期。", "The execution is in time until the end of {due}.";

        NotClaimed { stage: Stage } "resolution.not_claimed" at "resolution" =>
            "执行人报告完成后才能核实或退回,目前{stage}。",
            "A completion is verified or returned when the executor has claimed it; it is {stage:#} now.";
        VerifierUnknown {} "resolution.verifier_unknown" at "verifier" =>
            "核实人须用登记了本人编号的账号。",
            "Who verifies does so with an account that is tied to their own person.";
        NotInSupervision {} "resolution.not_in_supervision" at "verifier" =>
            "核实人须为本站监督小组的在任成员。",
            "Who verifies is in office in the station's supervision group.";
        VerifierGoverned {} "resolution.verifier_governed" at "verifier" =>
            "决议议定当日或以后曾在领导小组或任两委成员的人不得核实(参照村民委员会组织法§32);请由监督小组其他成员核实。",
            "Who sat in the leading group or on a committee on the day of the decision or later does not verify it (after 村民委员会组织法 §32); let another of the supervision group do it.";
        VerifierExecutes {} "resolution.verifier_executes" at "verifier" =>
            "执行人不得核实自己报告的完成情况;请由监督小组其他成员核实。",
            "The executor does not verify their own claim; let another of the supervision group do it.";
        VerifierExecuted {} "resolution.verifier_executed" at "verifier" =>
            "曾执行该决议的人不得核实;请由监督小组其他成员核实。",
            "Who executed the resolution before does not verify it; let another of the supervision group do it.";
        VerifierDecided {} "resolution.verifier_voted" at "verifier" =>
            "决定该决议的人(议事会投赞成票的人,无记名表决的全体表决人)不得核实;请由监督小组其他成员核实。",
            "Who decided the resolution – voted for it in the council, or voted at all in secret – does not verify it; let another of the supervision group do it.";
        RelatedToExecutor {} "resolution.related_to_executor" at "verifier" =>
            "执行人的近亲属不得核实(参照村民委员会组织法§32);请由监督小组其他成员核实。",
            "A near relative of an executor does not verify (after 村民委员会组织法 §32); let another of the supervision group do it.";
        RelatedToDecider {} "resolution.related_to_voter" at "verifier" =>
            "决定该决议的人的近亲属不得核实(参照村民委员会组织法§32);请由监督小组其他成员核实。",
            "A near relative of somebody who decided the resolution does not verify it (after 村民委员会组织法 §32); let another of the supervision group do it.";
        RelatedToGoverning {} "resolution.related_to_governing" at "verifier" =>
            "决议议定当日或以后领导小组成员、两委成员的近亲属不得核实(参照村民委员会组织法§32);请由监督小组其他成员核实。",
            "A near relative of somebody who sat in the leading group or on a committee on the day of the decision or later does not verify it (after 村民委员会组织法 §32); let another of the supervision group do it.";

        NotVerified { stage: Stage } "resolution.not_verified" at "resolution" =>
            "监督小组核实后才能反馈、通报和公示完成情况,目前{stage}。",
            "Branch, meeting and residents are told what supervision verified; the resolution is {stage:#} now.";
        NothingFound {} "resolution.nothing_found" at "resolution" =>
            "执行中的决议没有逾期,也没有退回;发现问题、报告完成或核实后再反馈党支部。",
            "The execution is neither overdue nor returned; inform the branch of a problem, a claim or a verification.";
        BranchKnows {} "resolution.branch_knows" at "resolution" =>
            "已反馈党支部。", "The party branch was informed already.";
        BranchNotInformed {} "resolution.branch_not_informed" at "resolution" =>
            "请先反馈党支部,再在会议上通报,最后公示。",
            "Inform the party branch first, then a meeting, then the residents.";
        MeetingKnows {} "resolution.meeting_knows" at "resolution" =>
            "已在会议上通报。", "A meeting was informed already.";
        MeetingNotInformed {} "resolution.meeting_not_informed" at "resolution" =>
            "请先在会议上通报落实情况,再公示。",
            "Inform a meeting first, then the residents.";
        NotReported { meeting: MeetingId } "resolution.not_reported" at "meeting" =>
            "会议{meeting}封存的会议记录没有通报该决议;请在记有落实情况的会议封存后办理。",
            "The sealed minutes of meeting {meeting} hold no report on the resolution; name a meeting whose minutes do.";
        HeldBefore { meeting: MeetingId, held_on: Date, verified_on: Date } "resolution.held_before" at "meeting" =>
            "会议{meeting}于{held_on}举行,早于核实日{verified_on};请在核实当日或以后举行的会议上通报。",
            "Meeting {meeting} was held on {held_on}, before the verification on {verified_on}; name one held on that day or later.";
        NotDone { stage: Stage } "resolution.not_done" at "resolution" =>
            "已核实或已完成的决议才能重新办理,目前{stage}。",
            "A verified or completed resolution is reopened; it is {stage:#} now.";
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
            Fault::TooMany { limit } => Self::TooManyObjections { limit },
            Fault::Unknown { objection } => Self::UnknownObjection { objection },
            Fault::Open { objection } => Self::OpenObjection { objection },
            Fault::Answered { objection } => Self::AlreadyAnswered { objection },
            Fault::WithAbove { objection } => Self::WithTheTown { objection },
            Fault::InTime { objection, due } => Self::AnswerInTime { objection, due },
            Fault::NotDismissed { objection } => Self::NotDismissed { objection },
            Fault::Final { objection } => Self::FinalAnswer { objection },
        }
    }
}

impl From<backfill::Fault> for Rejection {
    fn from(fault: backfill::Fault) -> Self {
        use backfill::Fault;
        match fault {
            Fault::NoPhotograph => Self::NoPhotograph {},
            Fault::Flawed(flaw) => flaw.into(),
            Fault::SelfApproved => Self::BackfillSelfApproved {},
        }
    }
}
