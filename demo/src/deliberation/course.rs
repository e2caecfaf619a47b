//! 决议落实: the course of a resolution from its adoption to its completion, step by step.

use domain::ResolutionId;

use super::office::Office;
use super::subjects::Subject;
use crate::dice::Dice;

/// A resolution on its way.
#[derive(Debug)]
pub struct Course {
    /// Which.
    pub id: ResolutionId,
    /// What is to be done.
    pub subject: &'static Subject,
    /// How it goes.
    pub turn: Turn,
    /// Whether it was planted.
    pub planted: bool,
    /// Who is to do it.
    pub executor: Office,
    /// Its own number, for its dice.
    pub number: u64,
}

/// How a resolution goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// As it should.
    Ordinary,
    /// 延期.
    Extended,
    /// An objection is dismissed in time.
    Dismissed,
    /// An objector goes up to the town, which dismisses it too.
    Unsatisfied,
    /// An objection is upheld: corrected, and publicised anew.
    Upheld,
    /// An objection after the period goes up to the town.
    LateObjection,
    /// The village does not answer an objection; the town does.
    AnsweredLate,
    /// Nobody answers an objection.
    Unanswered,
    /// Nobody puts it on the board.
    NotPublicised,
    /// Nobody does it.
    NotExecuted,
    /// The executor would verify it, and nobody else does.
    SelfVerified,
    /// A near relative of the executor would verify it.
    Relative,
    /// Supervision returns it once.
    Returned,
    /// Reopened after its completion, and forgotten.
    Reopened,
    /// Verified three minutes after the claim.
    AtOnce,
    /// Verified from an account that the executor has used too.
    SharedAccount,
    /// 补录公示: its notice is entered from paper.
    FromPaper,
}

/// What is done about a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Step {
    Publicise,
    Object,
    Answer,
    Escalate,
    AnswerAbove,
    Correct,
    Assign,
    Report,
    Extend,
    Claim,
    Return,
    ClaimAgain,
    Verify,
    InformBranch,
    Complete,
    Reopen,
}

/// The village and the month whose meeting is entered from paper; it calls none in that month.
pub const FROM_PAPER: (usize, i8) = (7, 3);

/// The first resolution of a village's meeting in a month, if it was planted.
pub fn staged(village: usize, month: i8) -> Option<Turn> {
    Some(match (village, month) {
        (0, 1) => Turn::Upheld,
        (1, 1) => Turn::Returned,
        (2, 1) => Turn::Reopened,
        (3, 1) => Turn::SelfVerified,
        (4, 1) => Turn::NotPublicised,
        (5, 1) => Turn::NotExecuted,
        (6, 1) => Turn::AnsweredLate,
        (7, 1) => Turn::Unanswered,
        (0, 2) => Turn::LateObjection,
        (1, 2) => Turn::Relative,
        (2, 2) => Turn::Unsatisfied,
        (6, 2) => Turn::AtOnce,
        (7, 2) => Turn::SharedAccount,
        FROM_PAPER => Turn::FromPaper,
        _ => return None,
    })
}

impl Turn {
    /// By a roll below 100; nothing that leaves a step undone.
    pub fn of(roll: u32) -> Self {
        match roll {
            0..10 => Self::Dismissed,
            10..20 => Self::Extended,
            20..24 => Self::Returned,
            24..27 => Self::Upheld,
            27..29 => Self::LateObjection,
            29..30 => Self::Unsatisfied,
            _ => Self::Ordinary,
        }
    }

    /// What the summary calls it.
    pub fn said(self) -> &'static str {
        match self {
            Self::Ordinary => "如期办结 in time",
            Self::Extended => "延期 extended",
            Self::Dismissed => "异议不成立 objection dismissed",
            Self::Unsatisfied => "异议人上报,镇级维持 taken to the town, dismissed",
            Self::Upheld => "异议成立,修正后重新公示 objection upheld, corrected, publicised anew",
            Self::LateObjection => "公示期后异议,镇级答复 late objection, answered by the town",
            Self::AnsweredLate => "村级逾期未答复,镇级答复 village silent, answered by the town",
            Self::Unanswered => "异议一直无人答复 objection never answered",
            Self::NotPublicised => "一直没有公示 never publicised",
            Self::NotExecuted => "逾期未执行 execution overdue, no claim",
            Self::SelfVerified => {
                "执行人自行核实被拒,无人核实 executor refused as verifier, nobody else verifies"
            }
            Self::Relative => "近亲属核实被拒,另由他人核实 near relative refused, another verified",
            Self::Returned => "退回整改后核实 returned, claimed again, verified",
            Self::Reopened => "完成后重新办理,再未明确专人 reopened, never assigned again",
            Self::AtOnce => "报告后三分钟即核实 verified three minutes after the claim",
            Self::SharedAccount => {
                "与执行人共用账号核实 verified from an account shared with the executor"
            }
            Self::FromPaper => "会议和公示凭纸质材料补录 meeting and notice entered from paper",
        }
    }

    /// The finding of an audit of supervision, where every step is taken and the verdict is not independent.
    pub fn oddity(self) -> Option<&'static str> {
        if self == Self::AtOnce {
            Some("supervision.judged_at_once")
        } else if self == Self::SharedAccount {
            Some("supervision.shared_account")
        } else {
            None
        }
    }

    /// Who is to do it.
    pub fn executor(self, dice: &mut Dice) -> Office {
        let offices = [Office::GridWorker, Office::Mediator, Office::Committee];
        let any = dice.pick(&offices).copied().unwrap_or(Office::Committee);
        if self == Self::SelfVerified {
            Office::Volunteer
        } else if self == Self::Relative {
            Office::GridWorker
        } else {
            any
        }
    }
}
