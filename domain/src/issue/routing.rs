//! 转办: another authority's matter has a receiver, a receipt, a last day and a reply.

use jiff::ToSpan;
use jiff::civil::Date;

use super::stage::Phase;
use super::{
    Event, Issue, Rejection, RoutedOut, RoutingOutcome, RoutingOverdue, RoutingReceived,
    RoutingReplied,
};
use crate::aggregate::once;
use crate::time::days_after;
use crate::{Given, Text, UnitCode, county_date};

const MOST_DAYS: i32 = 180;

/// How far it has come with the authority.
#[derive(Debug, Clone)]
pub(super) struct Routing {
    asked: RoutedOut,
    /// What the issue was before; it is that again once the authority declines.
    before: Phase,
    pub(super) received: bool,
    pub(super) missed: bool,
    replied: bool,
}

impl Issue {
    /// 承办单位, where it was passed on to a unit of the county.
    #[must_use]
    pub fn receiver(&self) -> Option<&UnitCode> {
        self.routing.as_ref().and_then(|routing| routing.asked.receiver.as_ref())
    }

    /// Whether the authority it was passed on to says that it has dealt with it.
    pub(super) fn is_handled(&self) -> bool {
        self.phase == Phase::RoutedOut && self.routing.as_ref().is_some_and(|known| known.replied)
    }

    /// Passes it on, also once more where the reply does not satisfy.
    pub(super) fn route_out(
        &self,
        asked: RoutedOut,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if !self.is_handled() {
            self.dismissible()?;
        }
        if let Some(receiver) = &asked.receiver {
            let unit = given.units.get(receiver);
            let unit = unit.ok_or_else(|| Rejection::UnknownReceiver { unit: receiver.clone() })?;
            if let Some(successor) = &unit.succeeded_by {
                return Err(Rejection::EndedReceiver { successor: successor.clone() });
            }
        }
        let days = **given.rulebook.rules.deliberation().routing_days();
        let due = asked.due.unwrap_or_else(|| days_after(given.today(), days));
        let earliest = days_after(given.today(), 1);
        let latest = given.today().saturating_add(MOST_DAYS.days());
        if !(earliest..=latest).contains(&due) {
            return Err(Rejection::RoutingDue { earliest, latest });
        }
        Ok(vec![Event::RoutedOut(RoutedOut { on: Some(given.today()), due: Some(due), ..asked })])
    }

    /// The routing whose reply is still owed.
    fn routed(&self) -> Result<&Routing, Rejection> {
        self.registered()?;
        let open = self.routing.as_ref().filter(|routing| !routing.replied);
        open.ok_or(Rejection::NotRouted {})
    }

    pub(super) fn receive_routing(
        &self,
        on: Option<Date>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let routing = self.routed()?;
        let raised = self.registered().map(|registered| county_date(registered.raised_at))?;
        let (from, today) = (routing.asked.on.unwrap_or(raised), given.today());
        let on = on.unwrap_or(today);
        if !(from..=today).contains(&on) {
            return Err(Rejection::ReceiptDay { from, today });
        }
        Ok(once(!routing.received, || Event::RoutingReceived(RoutingReceived { on })))
    }

    /// A reply shows that it was received.
    pub(super) fn reply_routing(
        &self,
        outcome: RoutingOutcome,
        reply: Text<1000>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let mut events = self.receive_routing(None, given)?;
        events.push(Event::RoutingReplied(RoutingReplied { outcome, reply }));
        Ok(events)
    }

    pub(super) fn miss_routing(&self, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let routing = self.routed()?;
        let due = routing.asked.due.ok_or(Rejection::NotRouted {})?;
        if given.today() <= due {
            return Err(Rejection::RoutingNotDue { due });
        }
        Ok(once(!routing.missed, || Event::RoutingOverdue(RoutingOverdue { due })))
    }

    /// It lies with the authority from now on.
    pub(super) fn hand_over(&mut self, asked: &RoutedOut) {
        let before = match (self.phase, &self.routing) {
            (Phase::RoutedOut, Some(routing)) => routing.before,
            (phase, _) => phase,
        };
        let asked = asked.clone();
        self.routing =
            Some(Routing { asked, before, received: false, missed: false, replied: false });
        self.phase = Phase::RoutedOut;
    }

    pub(super) fn take_reply(&mut self, replied: &RoutingReplied) {
        let Some(routing) = &mut self.routing else { return };
        routing.replied = true;
        match replied.outcome {
            RoutingOutcome::Handled => {}
            RoutingOutcome::Declined => self.phase = routing.before,
        }
    }
}
