use jiff::civil::Date;

use crate::objection::Fault;
use crate::values::Flaw;
use crate::{SealedDigest, UnitCode};

refusals! {
    /// Why a notice's command is refused.
    pub enum Rejection {
        Unpublished {} "notice.unpublished" absent at "notice" =>
            "没有该编号的公示。", "There is no notice with this id.";
        AlreadyPublished {} "notice.already_published" at "notice" =>
            "该公示已发布。", "The notice is published already.";
        UnknownUnit { unit: UnitCode } "notice.unknown_unit" absent at "unit" =>
            "单位代码{unit}不存在。", "There is no unit {unit}.";
        Ended {} "notice.ended" at "notice" =>
            "公示已结束或撤回。", "The notice has ended or was withdrawn.";
        PeriodOver { closes_on: Date } "notice.period_over" at "ground" =>
            "异议应在公示期内({closes_on}及以前)提出。",
            "Objections are filed within the period, until {closes_on}.";
        TooEarly { closes_on: Date } "notice.too_early" at "notice" =>
            "公示期到{closes_on}止,不得提前结束。",
            "The notice stands until the end of {closes_on}; it cannot close early.";
        OpenObjection { objection: u32 } "notice.open_objection" at "notice" =>
            "第{objection}号异议尚未答复;请先答复。",
            "Objection {objection} is open; answer it first.";
        MayGoUp { objection: u32, until: Date } "notice.may_go_up" at "notice" =>
            "第{objection}号异议的异议人在{until}及以前可以上报;公示在其后结束。",
            "Who filed objection {objection} may take the answer further until the end of {until}; the notice closes after that.";
        StarFollows {} "notice.star_follows" at "notice" =>
            "星级公示随时长变化自动撤回,不由人撤回;对星级有异议的请按异议答复。",
            "A star's notice is withdrawn by itself when the hours change, and not by hand; answer what speaks against the star as an objection.";
        TooManyObjections { limit: usize } "notice.too_many_objections" at "ground" =>
            "待答复的异议已达{limit}件;请在答复后再提出。",
            "{limit} objections wait for an answer; file again when some have theirs.";
        UnknownObjection { objection: u32 } "notice.unknown_objection" absent at "objection" =>
            "没有第{objection}号异议。", "There is no objection {objection}.";
        AlreadyAnswered { objection: u32 } "notice.already_answered" at "objection" =>
            "第{objection}号异议已答复。", "Objection {objection} was answered already.";
        WithAbove { objection: u32 } "notice.with_above" at "objection" =>
            "第{objection}号异议已上报,由上级单位答复。",
            "Objection {objection} went up; a unit above answers it.";
        AnswerInTime { objection: u32, due: Date } "notice.answer_in_time" at "objection" =>
            "第{objection}号异议的答复期限到{due}止,尚未逾期。",
            "Objection {objection} may be answered until the end of {due}.";
        NotDismissed { objection: u32 } "notice.not_dismissed" at "objection" =>
            "公示单位答复不成立的异议才能上报,第{objection}号不是。",
            "An objection goes up after the unit that publishes dismissed it; objection {objection} was not dismissed.";
        FinalAnswer { objection: u32 } "notice.final_answer" at "objection" =>
            "第{objection}号异议已由上级单位答复,不再上报;有新的理由请另行提出。",
            "The answer from above to objection {objection} is final; file another on a new ground.";
        OwnObjection { objection: u32 } "notice.own_objection" at "actor" =>
            "提出人不得答复第{objection}号异议,公示对象和发布人不得认定其不成立;请由他人答复。",
            "Who filed objection {objection} does not answer it, and whom the notice is about or who published it does not dismiss it; somebody else answers.";
        PostedOn { first: Date, last: Date } "notice.posted_on" at "posted_on" =>
            "张贴日应在{first}至{last}之间。", "A notice hung on a day from {first} to {last}.";
        NoEvidence {} "notice.no_evidence" at "evidence" =>
            "请至少附一张公示栏照片。", "Show it by at least one photograph of the board.";
        TooMuchEvidence { limit: usize } "notice.too_much_evidence" at "evidence" =>
            "照片最多{limit}张。", "At most {limit} photographs.";
        SameEvidence { digest: SealedDigest } "notice.same_evidence" at "evidence" =>
            "照片{digest}重复;每张只列一次。", "The photograph {digest} is listed twice; list each once.";
    }
}

impl From<Fault> for Rejection {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::TooMany { limit } => Self::TooManyObjections { limit },
            Fault::Unknown { objection } => Self::UnknownObjection { objection },
            Fault::Open { objection } => Self::OpenObjection { objection },
            Fault::Answered { objection } => Self::AlreadyAnswered { objection },
            Fault::WithAbove { objection } => Self::WithAbove { objection },
            Fault::InTime { objection, due } => Self::AnswerInTime { objection, due },
            Fault::NotDismissed { objection } => Self::NotDismissed { objection },
            Fault::Final { objection } => Self::FinalAnswer { objection },
        }
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
