//! 满意度测评: residents say what they think, one reply a household, each once and unnamed.
//!
//! There are as many ballots as households are asked, and no more than the station is known to have. A unit above the village
//! or the county makes their codes, once, and the village does not see them: the surveyed do not hold the ballots. A reply
//! names its ballot, and nobody has written down who holds which.

mod events;
#[cfg(test)]
mod tests;

pub use events::{
    BallotsIssued, Carrier, Closed, Event, HandedOut, Maker, Opened, Reach, Replied, Satisfaction,
};

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::aggregate::once;
use crate::{Aggregate, Given, UnitCode};

/// The most households that one survey may ask.
pub const MOST_BALLOTS: u32 = 20_000;
/// The most days that a survey may run.
const LONGEST_DAYS: i64 = 90;

/// A survey as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    opened: Option<Opened>,
    issued: Option<BallotsIssued>,
    handed_out: bool,
    replied: BTreeSet<u32>,
    reach: Reach,
    recognised: u32,
    satisfied: u32,
    closed: bool,
}

/// What may be asked of a survey.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Command {
    /// 开始测评.
    Open(Opened),
    /// 制作测评码; `maker`: none where the account is of the village, or belongs to somebody in office there.
    IssueBallots { maker: Option<Maker> },
    /// 分发测评码.
    HandOut(HandedOut),
    /// 测评回复; the ballot's code was checked before.
    Reply { ballot: u32, answers: Answers },
    /// 测评结束.
    Close,
}

/// What a resident is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    /// 知晓: whether they know of 援法议事.
    pub aware: bool,
    /// 参与: whether they took part in it.
    pub took_part: bool,
    /// 认可: whether they recognise it.
    pub recognises: bool,
    /// 满意度.
    pub satisfaction: Satisfaction,
}

refusals! {
    /// Why a command about a survey is refused.
    pub enum Rejection {
        Unopened {} "survey.unopened" absent at "survey" =>
            "没有该编号的测评。", "There is no survey with this id.";
        AlreadyOpened {} "survey.already_opened" at "survey" =>
            "该测评已开始。", "The survey is open already.";
        Eligible { most: u32 } "survey.eligible" at "eligible" =>
            "发放户数应为1至{most}。", "A survey asks 1 to {most} households.";
        HouseholdsUnknown {} "survey.households_unknown" at "station" =>
            "该站户数尚未登记;请先登记户数及来源,再开始测评。",
            "How many households the station has is not known; state it with its source first.";
        MoreThanHouseholds { households: u32 } "survey.more_than_households" at "eligible" =>
            "一户一码,该站共{households}户,发放户数不得超过。",
            "Each household has one ballot, and the station has {households} households; ask no more.";
        Days { first: Date, last: Date } "survey.days" at "closes_on" =>
            "截止日应在{first}至{last}之间。", "The last day lies between {first} and {last}.";
        NotIssued {} "survey.not_issued" at "survey" =>
            "测评码尚未制作。", "The ballots are not issued yet.";
        AlreadyIssued {} "survey.already_issued" at "survey" =>
            "测评码只制作一次。", "The ballots are issued once.";
        OwnBallots {} "survey.own_ballots" at "actor" =>
            "测评码由镇(街道)等上级单位或县制作、密封分发,本站账号和在本站任职的人不得制作或查看。",
            "A unit above or the county makes the codes and hands them out sealed; the station's own accounts and whoever is in office there neither make nor see them.";
        AlreadyHandedOut {} "survey.already_handed_out" at "survey" =>
            "测评码已分发。", "The ballots were handed out already.";
        HandedOutInFuture { today: Date } "survey.handed_out_in_future" at "handed_out_on" =>
            "分发日应为{today}或以前。", "The ballots were handed out on {today} or before.";
        HandedOutBefore { issued_on: Date } "survey.handed_out_before" at "handed_out_on" =>
            "测评码于{issued_on}制作,分发日应为该日或以后。",
            "The codes were made on {issued_on}; the ballots were handed out on that day or later.";
        UnknownBallot {} "survey.unknown_ballot" absent at "code" =>
            "测评码无效。", "The code is none of this survey's ballots.";
        AlreadyReplied {} "survey.already_replied" at "code" =>
            "该测评码已使用,每码只能回复一次。", "The ballot was used; each counts once.";
        Over { closes_on: Date } "survey.over" at "survey" =>
            "测评已于{closes_on}截止。", "The survey took replies until {closes_on}.";
        TooEarly { closes_on: Date } "survey.too_early" at "survey" =>
            "测评到{closes_on}截止,不得提前结束。",
            "The survey runs until the end of {closes_on}; it does not end early.";
    }
}

impl Answers {
    fn on(self, ballot: u32) -> Replied {
        let Self { aware, took_part, recognises, satisfaction } = self;
        let (aware, took_part) = (Some(aware), Some(took_part));
        Replied { ballot, aware, took_part, recognises, satisfaction }
    }
}

impl Survey {
    /// What is asked of whom.
    #[must_use]
    pub fn opened(&self) -> Option<&Opened> {
        self.opened.as_ref()
    }

    /// 工作站: the village whose residents are asked.
    #[must_use]
    pub fn station(&self) -> Option<&UnitCode> {
        self.opened.as_ref().map(|opened| &opened.station)
    }

    /// Last day for replies.
    #[must_use]
    pub fn closes_on(&self) -> Option<Date> {
        self.opened.as_ref().map(|opened| opened.closes_on)
    }

    /// How many ballots there are.
    #[must_use]
    pub fn ballots(&self) -> u32 {
        self.opened.as_ref().map_or(0, |opened| opened.eligible)
    }

    /// Whether the ballot came back.
    #[must_use]
    pub fn has_replied(&self, ballot: u32) -> bool {
        self.replied.contains(&ballot)
    }

    /// How many ballots came back.
    #[must_use]
    pub fn replies(&self) -> u32 {
        u32::try_from(self.replied.len()).unwrap_or(u32::MAX)
    }

    fn running(&self) -> Result<&Opened, Rejection> {
        let opened = self.opened.as_ref().ok_or(Rejection::Unopened {})?;
        if self.closed { Err(Rejection::Over { closes_on: opened.closes_on }) } else { Ok(opened) }
    }

    fn open(&self, opened: Opened, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        if self.opened.is_some() {
            return Err(Rejection::AlreadyOpened {});
        }
        if !(1..=MOST_BALLOTS).contains(&opened.eligible) {
            return Err(Rejection::Eligible { most: MOST_BALLOTS });
        }
        let households = opened.households.ok_or(Rejection::HouseholdsUnknown {})?;
        if opened.eligible > households {
            return Err(Rejection::MoreThanHouseholds { households });
        }
        let first = given.today().saturating_add(1.day());
        let last = given.today().saturating_add(LONGEST_DAYS.days());
        if !(first..=last).contains(&opened.closes_on) {
            return Err(Rejection::Days { first, last });
        }
        Ok(vec![Event::Opened(opened)])
    }

    fn issue_ballots(
        &self,
        maker: Option<Maker>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let ballots = self.running()?.eligible;
        if self.issued.is_some() {
            return Err(Rejection::AlreadyIssued {});
        }
        let maker = Some(maker.ok_or(Rejection::OwnBallots {})?);
        let issued_on = Some(given.today());
        Ok(vec![Event::BallotsIssued(BallotsIssued { ballots, maker, issued_on })])
    }

    fn hand_out(&self, handed: HandedOut, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        self.running()?;
        let issued = self.issued.as_ref().ok_or(Rejection::NotIssued {})?;
        if self.handed_out {
            return Err(Rejection::AlreadyHandedOut {});
        }
        let today = given.today();
        if handed.handed_out_on > today {
            return Err(Rejection::HandedOutInFuture { today });
        }
        if let Some(issued_on) = issued.issued_on.filter(|it| handed.handed_out_on < *it) {
            return Err(Rejection::HandedOutBefore { issued_on });
        }
        Ok(vec![Event::HandedOut(handed)])
    }

    fn reply(&self, replied: Replied, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let opened = self.running()?;
        if given.today() > opened.closes_on {
            return Err(Rejection::Over { closes_on: opened.closes_on });
        }
        if self.issued.is_none() {
            return Err(Rejection::NotIssued {});
        }
        if !(1..=opened.eligible).contains(&replied.ballot) {
            return Err(Rejection::UnknownBallot {});
        }
        if self.has_replied(replied.ballot) {
            return Err(Rejection::AlreadyReplied {});
        }
        Ok(vec![Event::Replied(replied)])
    }

    fn close(&self, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let opened = self.opened.as_ref().ok_or(Rejection::Unopened {})?;
        let replies = self.replies();
        if given.today() <= opened.closes_on {
            return Err(Rejection::TooEarly { closes_on: opened.closes_on });
        }
        Ok(once(!self.closed, || {
            Event::Closed(Closed {
                eligible: opened.eligible,
                replies,
                recognised: self.recognised,
                satisfied: self.satisfied,
                reach: (self.reach.asked > 0).then_some(self.reach),
            })
        }))
    }
}

impl Aggregate for Survey {
    const CATEGORY: &'static str = "survey";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Open(opened) => self.open(opened, given),
            Command::IssueBallots { maker } => self.issue_ballots(maker, given),
            Command::HandOut(handed) => self.hand_out(handed, given),
            Command::Reply { ballot, answers } => self.reply(answers.on(ballot), given),
            Command::Close => self.close(given),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Opened(opened) => self.opened = Some(opened.clone()),
            Event::BallotsIssued(issued) => self.issued = Some(issued.clone()),
            Event::HandedOut(_) => self.handed_out = true,
            Event::Replied(replied) => {
                if self.replied.insert(replied.ballot) {
                    self.reach.count(replied);
                    self.recognised += u32::from(replied.recognises);
                    self.satisfied += u32::from(replied.satisfaction.is_satisfied());
                }
            }
            Event::Closed(_) => self.closed = true,
        }
    }
}
