use super::{Attendee, Convened, ReportMinutes, Vote};
use crate::{PersonId, Text};

/// What may be asked of a meeting.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Command {
    /// 召集; members and advisers are those in office at the station on the day.
    Convene(Box<Convened>),
    /// 签到.
    TakeAttendance { present: Vec<Attendee> },
    /// 法律意见.
    GiveOpinion { topic: u8, adviser: Option<PersonId>, lawful: bool, opinion: Text<1000> },
    /// 表决.
    CastVotes { topic: u8, votes: Vec<Vote> },
    /// 计票议定, by quorum and majority of the body; `defer` puts the topic off instead.
    DecideTopic { topic: u8, defer: bool },
    /// 会议记录封存.
    SealMinutes { topics: Vec<Minute>, reports: Vec<ReportMinutes> },
    /// 会议记录更正.
    CorrectMinutes { topic: u8, correction: Text<500>, reason: Text<200> },
    /// 会议取消.
    Cancel { reason: Text<200> },
}

/// What the recorder writes of a topic; either text may be missing, which is refused by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minute {
    /// Which topic.
    pub topic: u8,
    /// 过程.
    pub process: Option<Text<1000>>,
    /// 结果、处理意见.
    pub result: Option<Text<500>>,
}
