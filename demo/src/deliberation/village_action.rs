//! What somebody does in or about a village.

use std::sync::Arc;

use domain::{IssueId, SurveyId};
use jiff::civil::Date;

use super::concern::Concern;
use super::course::{Course, Step};
use super::plans::Plan;
use super::sitting::{Called, Held, Sitting};
use super::village::Village;

/// What somebody does in or about a village.
#[derive(Debug)]
pub enum VillageAction {
    /// 设站.
    Found(Box<Plan>),
    /// 登记议题.
    Raise(Arc<Village>, Concern),
    /// 答复.
    Answer(Arc<Village>, IssueId),
    /// 对照清单.
    Triage(Arc<Village>, IssueId, Concern),
    /// 转办签收.
    Receive(Arc<Village>, IssueId),
    /// 转办回复.
    ReplyRouting(Arc<Village>, IssueId, Concern),
    /// 办结 what another authority dealt with.
    SettleRouted(Arc<Village>, IssueId),
    /// 急事急议.
    Expedite(Arc<Village>, IssueId, Concern),
    /// 办结 what a meeting ratified.
    Settle(Arc<Village>, IssueId),
    /// 召集.
    Convene(Arc<Village>, Sitting),
    /// 补录会议.
    EnterMeeting(Arc<Village>),
    /// 开会.
    Meet(Arc<Village>, Box<Called>),
    /// 会议记录封存.
    Seal(Arc<Village>, Box<Held>),
    /// 决议落实.
    Follow(Arc<Village>, Arc<Course>, Step),
    /// 测评.
    Survey(Arc<Village>, Date),
    /// 测评回复.
    Reply(Arc<Village>, SurveyId, Vec<String>),
}

impl VillageAction {
    /// The village's number; two actions of one village never happen at the same moment.
    #[must_use]
    pub fn village(&self) -> usize {
        match self {
            Self::Found(plan) => plan.number,
            Self::Raise(village, _)
            | Self::Answer(village, _)
            | Self::Triage(village, ..)
            | Self::Receive(village, _)
            | Self::ReplyRouting(village, ..)
            | Self::SettleRouted(village, _)
            | Self::Expedite(village, ..)
            | Self::Settle(village, _)
            | Self::Convene(village, _)
            | Self::EnterMeeting(village)
            | Self::Meet(village, _)
            | Self::Follow(village, ..)
            | Self::Seal(village, _)
            | Self::Survey(village, _)
            | Self::Reply(village, ..) => village.number,
        }
    }
}
