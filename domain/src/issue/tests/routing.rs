//! 转办: what is another authority's matter comes back.

use super::*;

/// Routed out on 30 November 2021 to somebody who is no unit of the county.
pub(super) fn routed(due: &str) -> Event {
    Event::RoutedOut(RoutedOut {
        to: text("镇综合执法队"),
        reason: text("属执法事项"),
        receiver: None,
        on: Some(day("2021-11-30")),
        due: Some(day(due)),
    })
}

fn to(receiver: &str, due: Option<&str>) -> Command {
    Command::RouteOut {
        to: text("县司法局"),
        receiver: Some(code(receiver)),
        reason: text("属执法事项"),
        due: due.map(day),
    }
}

fn received(on: &str) -> Event {
    Event::RoutingReceived(RoutingReceived { on: day(on) })
}

fn replied(outcome: RoutingOutcome) -> Event {
    Event::RoutingReplied(RoutingReplied { outcome, reply: text("已清运并立牌") })
}

fn reply(outcome: RoutingOutcome) -> Command {
    Command::ReplyRouting { outcome, reply: text("已清运并立牌") }
}

fn receive(on: Option<&str>) -> Command {
    Command::ReceiveRouting { on: on.map(day) }
}

#[test]
fn the_reply_is_due_on_a_day_of_the_near_future() {
    having([]).when(route_out()).then([routed("2021-12-15")]);
    let three = |rules: &mut crate::rulebook::Rules| {
        let mut figures = rules.deliberation().clone();
        figures.routing_days.as_mut().unwrap().value = 3;
        rules.deliberation = Some(Box::new(figures));
    };
    having([]).rules(three).when(route_out()).then([routed("2021-12-03")]);
    for (due, refused) in
        [("2021-11-30", true), ("2021-12-01", false), ("2022-05-29", false), ("2022-05-30", true)]
    {
        let answer = having([]).when(to("LAW", Some(due)));
        if refused {
            answer.refused("issue.routing_due");
        } else {
            answer.granted();
        }
    }
}

#[test]
fn a_receiver_is_a_unit_that_acts() {
    having([]).when(to("NONE", None)).refused("issue.unknown_receiver");
    having([]).when(to("OLD", None)).refused("issue.ended_receiver");
    let issue = having([]).when(to("LAW", None)).granted();
    assert_eq!(issue.state().receiver(), Some(&code("LAW")));
}

#[test]
fn the_receipt_names_a_day_since_the_routing() {
    let issue = having([routed("2021-12-15")]).at("2021-12-05T09:00:00+08:00");
    for on in ["2021-11-29", "2021-12-06"] {
        issue.clone().when(receive(Some(on))).refused("issue.receipt_day");
    }
    issue
        .clone()
        .when(receive(Some("2021-12-02")))
        .then([received("2021-12-02")])
        .when(receive(None))
        .then([]);
    issue.when(receive(None)).then([received("2021-12-05")]);
    having([]).when(receive(None)).refused("issue.not_routed");
}

#[test]
fn what_was_dealt_with_elsewhere_is_settled_after_the_reply() {
    let issue = having([routed("2021-12-15")])
        .when(deliberating::settle(None))
        .refused("issue.ended")
        .when(reply(RoutingOutcome::Handled))
        .then([received("2021-11-30"), replied(RoutingOutcome::Handled)])
        .when(reply(RoutingOutcome::Handled))
        .refused("issue.not_routed");
    assert_eq!(issue.state().stage(), Some(Stage::RoutedOut));
    let settled = issue.clone().when(deliberating::settle(None)).granted();
    assert_eq!(settled.state().stage(), Some(Stage::Settled));
    // Whoever is not satisfied passes it on once more.
    let again = issue.when(route_out()).then([routed("2021-12-15")]);
    again.when(deliberating::settle(None)).refused("issue.ended");
}

#[test]
fn what_an_authority_declines_is_the_station_s_as_before() {
    for (history, stage) in [(vec![], Stage::Registered), (accepted().to_vec(), Stage::Accepted)] {
        let issue = having(history)
            .when(route_out())
            .granted()
            .when(reply(RoutingOutcome::Declined))
            .then([received("2021-11-30"), replied(RoutingOutcome::Declined)]);
        assert_eq!(issue.state().stage(), Some(stage));
        assert!(issue.state().is_open());
        issue.when(route_out()).granted();
    }
}

#[test]
fn a_reply_that_is_not_there_after_the_last_day_is_overdue_once() {
    let overdue = Event::RoutingOverdue(RoutingOverdue { due: day("2021-12-15") });
    let issue = || having([routed("2021-12-15")]);
    issue()
        .at("2021-12-15T23:59:59+08:00")
        .when(Command::MissRouting)
        .refused("issue.routing_not_due");
    issue()
        .at("2021-12-16T00:00:00+08:00")
        .when(Command::MissRouting)
        .then([overdue])
        .when(Command::MissRouting)
        .then([])
        .when(reply(RoutingOutcome::Handled))
        .granted()
        .when(Command::MissRouting)
        .refused("issue.not_routed");
}

/// What was routed before a reply was asked for is never overdue, and may be replied to all the same.
#[test]
fn a_routing_of_earlier_days_has_no_last_day() {
    let (to, reason) = (text("镇综合执法队"), text("属执法事项"));
    let earlier = RoutedOut { to, reason, receiver: None, on: None, due: None };
    having([Event::RoutedOut(earlier)])
        .at("2022-11-30T09:00:00+08:00")
        .when(Command::MissRouting)
        .refused("issue.not_routed")
        .when(receive(Some("2021-11-29")))
        .granted()
        .when(reply(RoutingOutcome::Handled))
        .granted();
}
