//! 召集.

use super::*;

/// Asked at noon of 2021-11-30.
fn asked(convened: Convened) -> crate::testing::Outcome<Meeting> {
    given::<Meeting>([]).when(convene(convened))
}

#[test]
fn a_meeting_is_convened_once_for_a_known_unit() {
    let one = || council(5, agenda());
    let convened = given::<Meeting>([])
        .when(convene(Convened { station: code("NONE"), ..one() }))
        .refused("meeting.unknown_unit")
        .when(convene(Convened { station: code("OLD"), ..one() }))
        .refused("meeting.ended_unit")
        .when(convene(one()))
        .then([Event::Convened(Box::new(one()))])
        .when(convene(one()))
        .refused("meeting.already_convened");
    assert_eq!(convened.state().station(), Some(&code("V1")));
    assert_eq!(convened.state().convened(), Some(&one()));
}

#[test]
fn notice_is_given_as_long_before_as_the_body_wants_it() {
    let owners = || electorate(Body::Owners, 30, 300_000, Matter::Major);
    let villagers = || electorate(Body::Villagers, 30, 0, Matter::Ordinary);
    let representatives = || Convened { body: Body::Representatives, ..council(5, agenda()) };
    for (convened, starts_at, refusal) in [
        (council(5, agenda()), "2021-11-30T11:59:59+08:00", Some("meeting.in_past")),
        (council(5, agenda()), "2021-11-30T12:00:00+08:00", None),
        (representatives(), "2021-11-30T12:00:00+08:00", None),
        (villagers(), "2021-12-09T23:59:59+08:00", Some("meeting.short_notice")),
        (villagers(), "2021-12-10T00:00:00+08:00", None),
        (owners(), "2021-12-14T23:59:59+08:00", Some("meeting.short_notice")),
        (owners(), "2021-12-15T00:00:00+08:00", None),
        (owners(), "2022-05-29T23:59:59+08:00", None),
        (owners(), "2022-05-30T00:00:00+08:00", Some("meeting.far_off")),
    ] {
        let outcome = asked(Convened { starts_at: time(starts_at), ..convened });
        match refusal {
            Some(code) => drop(outcome.refused(code)),
            None => drop(outcome.granted()),
        }
    }
}

#[test]
fn an_agenda_has_one_to_ten_topics_and_each_issue_once() {
    let issues = |count: u64| {
        (1..=count).map(|issue| item(Some(issue), false, Matter::Ordinary)).collect::<Vec<_>>()
    };
    asked(council(5, issues(11))).refused("meeting.agenda");
    asked(council(5, issues(10))).granted();
    asked(council(5, [issues(2), issues(1)].concat())).refused("meeting.issue_twice");
    asked(council(5, [ordinary(), ordinary()].concat())).granted();
    let nothing = item(None, true, Matter::Ordinary);
    asked(council(5, vec![nothing])).refused("meeting.ratifies_nothing");
}

#[test]
fn a_resolution_is_reported_once_and_fifty_are_enough() {
    let with = |reports| Convened { reports, ..council(5, agenda()) };
    asked(with((1..=50).map(resolution).collect())).granted();
    asked(with((1..=51).map(resolution).collect())).refused("meeting.too_many_reports");
    asked(with(vec![resolution(1), resolution(1)])).refused("meeting.report_twice");
}

#[test]
fn councils_count_by_members_and_owners_and_villagers_by_how_many_there_are() {
    for body in [Body::Council, Body::Representatives] {
        let with =
            |members, electorate| Convened { body, electorate, ..council(members, agenda()) };
        asked(with(0, None)).refused("meeting.no_members");
        asked(with(5, Some(Electorate { heads: 5, area: Area(0) })))
            .refused("meeting.electorate_unasked");
        asked(with(5, None)).granted();
    }
    let in_time = time("2021-12-20T14:00:00+08:00");
    for (body, area) in [(Body::Villagers, 0), (Body::Owners, 300_000)] {
        let of = |heads| Convened {
            starts_at: in_time,
            ..electorate(body, heads, area, Matter::Ordinary)
        };
        asked(Convened { members: vec![person(1)], ..of(9) }).refused("meeting.members_unasked");
        asked(Convened { electorate: None, ..of(9) }).refused("meeting.no_electorate");
        asked(of(0)).refused("meeting.no_electorate");
        // 民法典 §278 counts all owners, however many there are.
        for heads in [1, 3_001, u32::MAX] {
            asked(of(heads)).granted();
        }
    }
    let without = electorate(Body::Owners, 9, 0, Matter::Ordinary);
    asked(Convened { starts_at: in_time, ..without }).refused("meeting.no_area");
}

#[test]
fn a_meeting_may_only_hear_reports() {
    asked(Convened { reports: vec![], ..council(5, vec![]) }).refused("meeting.agenda");
    let hears = given::<Meeting>([])
        .when(convene(Convened { advisers: vec![], ..council(5, vec![]) }))
        .granted()
        .at("2021-11-30T14:00:00+08:00")
        .by(recorder());
    let report = ReportMinutes { resolution: resolution(7), findings: text("已完成八成") };
    let seal = || Command::SealMinutes { topics: vec![], reports: vec![report.clone()] };
    let nothing = || Command::SealMinutes { topics: vec![], reports: vec![] };
    hears
        .when(attend([1, 2]))
        .granted()
        .when(seal())
        .refused("meeting.no_quorum")
        .when(attend([3]))
        .granted()
        // 003 三(五)3: a meeting has topics, a process and a result; a month is not met by calling one.
        .when(nothing())
        .refused("meeting.no_report")
        .when(seal())
        .granted();
}

/// Some item of the list, for a call that does not tell yet what it requires.
fn listed(code: &str, issue: Option<u64>, matter: Matter) -> Vec<AgendaItem> {
    let listed = Some(code.parse().unwrap());
    vec![AgendaItem { listed, required: None, ..item(issue, false, matter) }]
}

fn opened(asked: Convened) -> Scene<Meeting> {
    let scene = given::<Meeting>([]).when(convene(asked)).granted();
    scene.at("2021-11-30T14:00:00+08:00").by(recorder())
}

/// The rulebook's list: contracts, money and land (G4, G6, E3, E5), rules of the village (G1) and disputes need a legal
/// opinion, a choir's programme (G5) does not.
#[test]
fn a_legal_opinion_is_asked_for_where_the_rulebook_says_so() {
    let without = |agenda| Convened { advisers: vec![], ..council(5, agenda) };
    for (code, matter, needed) in [
        ("G7", Matter::Ordinary, true),
        ("G4", Matter::Ordinary, true),
        ("G6", Matter::Ordinary, true),
        ("E3", Matter::Ordinary, true),
        ("E5", Matter::Ordinary, true),
        ("G5", Matter::Ordinary, false),
        ("G5", Matter::Major, true),
        ("OWN-1", Matter::Ordinary, false),
    ] {
        let of = || listed(code, None, matter);
        if needed {
            asked(without(of())).refused("meeting.no_adviser");
            let scene = opened(council(5, of())).when(attend(1..=5)).granted();
            scene.when(vote(1, Choice::Agree, 1..=5)).refused("meeting.no_opinion");
        } else {
            let scene = opened(without(of())).when(attend(1..=5)).granted();
            let voted = scene.when(vote(1, Choice::Agree, 1..=5)).granted();
            voted.when(decide(1)).granted();
        }
    }
    let representatives = |rules: &mut Deliberation| {
        let mut procedure = rules.procedure().clone();
        procedure.legal_bodies.value = vec![Body::Representatives];
        rules.procedure = Some(Box::new(procedure));
    };
    given::<Meeting>([])
        .rules(bodies(representatives))
        .when(convene(without(listed("G7", None, Matter::Ordinary))))
        .granted();
}

/// What comes before a vote is settled when the meeting is called, whatever version is adopted until then.
#[test]
fn a_call_tells_what_its_topics_require() {
    let required = |scene: &Scene<Meeting>| scene.state().convened().unwrap().agenda[0].required;
    let free = opened(council(5, listed("G5", None, Matter::Ordinary)));
    assert_eq!(required(&free), Some(Required { opinion: false, steps: false }));
    let stricter = |rules: &mut Deliberation| {
        let mut procedure = rules.procedure().clone();
        procedure.legal_topics.value = vec!["G5".parse().unwrap()];
        rules.procedure = Some(Box::new(procedure));
    };
    let free = free.rules(bodies(stricter)).when(attend(1..=5)).granted();
    free.when(vote(1, Choice::Agree, 1..=5)).granted();
    let bound = opened(council(5, listed("G7", None, Matter::Ordinary)));
    let bound = bound.rules(bodies(stricter)).when(attend(1..=5)).granted();
    bound.when(vote(1, Choice::Agree, 1..=5)).refused("meeting.no_opinion");
}

/// The shipped list grew; who had been called before votes as was asked then.
#[test]
fn a_call_that_does_not_tell_is_under_the_list_of_its_time() {
    for (code, matter, needed) in [
        ("G4", Matter::Ordinary, false),
        ("G4", Matter::Major, true),
        ("G7", Matter::Ordinary, true),
    ] {
        let scene = convened(council(5, listed(code, None, matter))).when(attend(1..=5)).granted();
        let outcome = scene.when(vote(1, Choice::Agree, 1..=5));
        if needed {
            outcome.refused("meeting.no_opinion");
        } else {
            outcome.granted();
        }
    }
    let own = |rules: &mut Deliberation| {
        let mut procedure = rules.procedure().clone();
        procedure.legal_topics.value = vec!["G4".parse().unwrap()];
        rules.procedure = Some(Box::new(procedure));
    };
    let scene = convened(council(5, listed("G4", None, Matter::Ordinary))).rules(bodies(own));
    let scene = scene.when(attend(1..=5)).granted();
    scene.when(vote(1, Choice::Agree, 1..=5)).refused("meeting.no_opinion");
}

/// 003 附件1: without its item nobody knows whether a topic is a great matter. A topic that ratifies is no exception.
#[test]
fn a_topic_falls_under_an_item_of_the_list() {
    for (issue, ratifies) in [(None, false), (Some(1), false), (Some(1), true)] {
        let unlisted = AgendaItem { listed: None, ..item(issue, ratifies, Matter::Ordinary) };
        for body in [Body::Council, Body::Representatives] {
            let agenda = [ordinary(), vec![unlisted.clone()]].concat();
            asked(Convened { body, ..council(5, agenda) }).refused("meeting.unlisted");
        }
    }
}

/// 四议两公开: G1, the rules of the village.
#[test]
fn a_great_matter_is_prepared_and_comes_before_all() {
    let issue = IssueId::from_bits(1);
    let agenda = |issue| listed("G1", issue, Matter::Ordinary);
    let of = |body, issue| Convened { body, ..council(5, agenda(issue)) };
    let convene = |asked: Convened, prepared: &[IssueId]| {
        let prepared = prepared.iter().copied().collect();
        given::<Meeting>([]).when(Command::Convene { asked: Box::new(asked), prepared })
    };
    let done_ahead = {
        let ratifying = AgendaItem { ratifies: true, ..agenda(Some(1)).remove(0) };
        council(5, vec![ratifying])
    };
    for council in [of(Body::Council, Some(1)), done_ahead] {
        convene(council, &[issue]).refused("meeting.great_matter");
    }
    convene(of(Body::Representatives, Some(1)), &[]).refused("meeting.unprepared");
    convene(of(Body::Representatives, None), &[issue]).refused("meeting.unprepared");
    convene(of(Body::Representatives, Some(1)), &[issue]).granted();
    let all = |body, area| Convened {
        starts_at: time("2021-12-20T14:00:00+08:00"),
        agenda: agenda(Some(1)),
        ..electorate(body, 30, area, Matter::Ordinary)
    };
    let village = convene(all(Body::Villagers, 0), &[issue]).granted();
    let required = |scene: &Scene<Meeting>| scene.state().convened().unwrap().agenda[0].required;
    assert!(required(&village).unwrap().steps);
    // 民法典 §278: the owners make the rules of their estate (管理规约) themselves.
    let estate = convene(all(Body::Owners, 300_000), &[]).granted();
    assert_eq!(required(&estate), Some(Required { opinion: true, steps: false }));
}

#[test]
fn a_legal_adviser_is_in_office_and_nobody_is_named_twice() {
    let with = |advisers| Convened { advisers, ..council(5, agenda()) };
    asked(with(vec![])).refused("meeting.no_adviser");
    asked(with(vec![person(ADVISER), person(ADVISER)])).refused("meeting.named_twice");
    let mut twice = council(5, agenda());
    twice.members.push(person(1));
    asked(twice).refused("meeting.named_twice");
    asked(council(1_001, agenda())).refused("meeting.too_many_named");
    asked(council(1_000, agenda())).granted();
}

#[test]
fn a_body_without_a_rule_is_not_convened() {
    given::<Meeting>([])
        .rules(bodies(|figures| figures.bodies.value.retain(|rule| rule.body != Body::Council)))
        .when(convene(council(5, agenda())))
        .refused("meeting.no_rule");
}
