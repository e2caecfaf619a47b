//! 转办: passed on to the town, which receives it, deals with it or declines it, and replies.

use std::sync::Arc;

use application::Clock as _;
use domain::issue::RoutingOutcome;
use domain::{IssueId, county_date};

use super::concern::{Concern, Fate};
use super::office::Office;
use super::village::Village;
use super::village_action::VillageAction;
use crate::action::{Action, Next};
use crate::agenda::{at, days_after};
use crate::dice::Dice;
use crate::error::DemoError;
use crate::stage::{Desk, text};
use crate::story::Story;

/// The rulebook's days for a reply.
const DAYS: u32 = 15;

impl Story {
    pub(super) async fn route_out(
        &self,
        village: Arc<Village>,
        issue: IssueId,
        concern: Concern,
    ) -> Result<Next, DemoError> {
        let mut dice = Dice::new(self.stage.seed, "routing", village.number as u64);
        let (to, reason) = (text("镇综合执法队")?, text("涉及行政执法权限,村级议事不能决定")?);
        let (receiver, caller) =
            (Some(village.town.clone()), self.of(&village, Office::Secretary)?);
        self.stage.app.route_out_issue(issue, to, receiver, reason, None, &caller).await?;
        let today = county_date(self.stage.clock.now());
        let late = concern.fate == Fate::RoutedLate;
        let days = if late { DAYS + 3 } else { dice.between(4, DAYS - 1) };
        let receive = VillageAction::Receive(Arc::clone(&village), issue);
        let reply = VillageAction::ReplyRouting(village, issue, concern);
        Ok(vec![
            (at(days_after(today, 2), 10, 0), Action::Deliberate(receive)),
            (at(days_after(today, days), 15, 0), Action::Deliberate(reply)),
        ])
    }

    pub(super) async fn receive_routing(
        &self,
        village: &Village,
        issue: IssueId,
    ) -> Result<Next, DemoError> {
        let caller = self.stage.desk(Desk::Administrator, &village.town)?;
        self.stage.app.receive_routing(issue, None, &caller).await?;
        Ok(vec![])
    }

    /// What the town declines is the village's again, and goes to its next meeting.
    pub(super) async fn reply_routing(
        &self,
        village: Arc<Village>,
        issue: IssueId,
        concern: Concern,
    ) -> Result<Next, DemoError> {
        let caller = self.stage.desk(Desk::Administrator, &village.town)?;
        let declines = concern.fate == Fate::RoutedOut && village.number % 4 == 1;
        let (outcome, reply) = if declines {
            (RoutingOutcome::Declined, text("经查属村内自治事项,不涉及行政执法")?)
        } else {
            (RoutingOutcome::Handled, text("已派员到场处理,并告知当事人")?)
        };
        self.stage.app.reply_routing(issue, outcome, reply, &caller).await?;
        let tomorrow = days_after(county_date(self.stage.clock.now()), 1);
        let next = if declines {
            VillageAction::Triage(village, issue, Concern { fate: Fate::Accepted, ..concern })
        } else {
            VillageAction::SettleRouted(village, issue)
        };
        Ok(vec![(at(tomorrow, 14, 0), Action::Deliberate(next))])
    }

    pub(super) async fn settle_routed(
        &self,
        village: &Village,
        issue: IssueId,
    ) -> Result<Next, DemoError> {
        let caller = self.of(village, Office::Secretary)?;
        self.stage.app.settle_issue(issue, text("承办单位已办理,经回访属实")?, &caller).await?;
        Ok(vec![])
    }
}
