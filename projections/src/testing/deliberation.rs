//! Events of stations, issues, meetings and surveys.

use domain::backfill::{BackfillApproved, FromPaper};
use domain::meeting::{self, AgendaItem, Outcome, Share, Tally};
use domain::service::Recorder;
use domain::survey::{self, Satisfaction};
use domain::{
    ActorId, Event, Evidence, IssueId, MediaType, MeetingId, ResolutionId, SealedDigest, SurveyId,
    activity, issue, station,
};
use uuid::Uuid;

use super::{code, day, noon, person, text};

pub(crate) fn issue_id(n: u64) -> IssueId {
    IssueId::from_bits(n)
}

pub(crate) fn meeting_id(n: u128) -> MeetingId {
    MeetingId(Uuid::from_u128(n))
}

pub(crate) fn survey_id(n: u128) -> SurveyId {
    SurveyId(Uuid::from_u128(n))
}

pub(crate) fn resolution_id(meeting: u128, topic: u8) -> ResolutionId {
    ResolutionId { meeting: meeting_id(meeting), topic }
}

pub(crate) fn photo(n: u8) -> Evidence {
    Evidence { digest: SealedDigest([n; 32]), media_type: MediaType::Jpeg, bytes: 1_000 }
}

/// Opened in the middle of December 2021.
pub(crate) fn opened(unit: &str) -> Event {
    let (unit, level, opened_on) = (code(unit), station::Level::Village, day("2021-12-15"));
    station::Event::Opened(station::Opened { unit, level, estate: false, opened_on }).into()
}

/// A town's, opened then too.
pub(crate) fn town_opened(unit: &str) -> Event {
    let (unit, level, opened_on) = (code(unit), station::Level::Town, day("2021-12-15"));
    station::Event::Opened(station::Opened { unit, level, estate: false, opened_on }).into()
}

pub(crate) fn evidenced(item: station::Item) -> Event {
    let (note, evidence) = (text("已到位"), vec![photo(1), photo(2)]);
    station::Event::ItemEvidenced(station::ItemEvidenced { item, note, evidence }).into()
}

pub(crate) fn item_lost(item: station::Item) -> Event {
    station::Event::ItemLost(station::ItemLost { item, reason: text("已拆除") }).into()
}

pub(crate) fn appointed(group: station::Group, member: u64, from: &str, until: &str) -> Event {
    station::Event::MemberAppointed(Box::new(station::MemberAppointed {
        group,
        member: person(member),
        capacity: station::Capacity::Representative,
        from: day(from),
        until: day(until),
        election: None,
        relatives: vec![person(99)],
        sealed: None,
        sealed_here: None,
    }))
    .into()
}

pub(crate) fn supervisors_elected(member: u64) -> Event {
    station::Event::SupervisorsElected(Box::new(station::SupervisorsElected {
        election: 1,
        held_on: day("2021-12-20"),
        body: meeting::Body::Representatives,
        way: station::Way::Election,
        elected: vec![person(member)],
        result: text("到会28人,过半数赞成"),
        recorder: domain::service::Recorder {
            account: domain::ActorId::new("recorder").unwrap(),
            person: None,
        },
        evidence: vec![photo(1)],
        sealed_here: vec![],
    }))
    .into()
}

pub(crate) fn member_left(group: station::Group, member: u64) -> Event {
    let (member, reason) = (person(member), text("调离"));
    station::Event::MemberLeft(station::MemberLeft { group, member, reason, left_on: None }).into()
}

pub(crate) fn topic_listed(topic: &str) -> Event {
    let (list, title) = (station::List::General, text("村内广告牌设置"));
    let code = topic.parse().unwrap();
    station::Event::TopicListed(station::TopicListed { code, list, title, responsible: None })
        .into()
}

pub(crate) fn held(meeting: u128, held_on: &str) -> Event {
    let (meeting, held_on) = (meeting_id(meeting), day(held_on));
    station::Event::MeetingHeld(station::MeetingHeld { meeting, held_on, backfilled: false }).into()
}

/// The same, entered later from paper.
pub(crate) fn from_paper(mut event: Event) -> Event {
    let recorder = Recorder { account: ActorId::new("clerk-1").unwrap(), person: Some(person(5)) };
    let paper = Some(FromPaper { recorder, evidence: vec![photo(7), photo(8)] });
    if let Event::Meeting(meeting::Event::Convened(convened)) = &mut event {
        convened.paper = paper;
    } else if let Event::Issue(issue::Event::Registered(registered)) = &mut event {
        registered.paper = paper;
    } else if let Event::Activity(activity::Event::Published(published)) = &mut event {
        published.paper = paper;
    } else {
        unreachable!("{event:?} comes from no paper");
    }
    event
}

/// A second person approved it.
pub(crate) fn approval() -> BackfillApproved {
    let approver = Recorder { account: ActorId::new("office-2").unwrap(), person: None };
    BackfillApproved { approver }
}

/// Held on a day, and entered later.
pub(crate) fn held_on_paper(meeting: u128, held_on: &str) -> Event {
    let (meeting, held_on) = (meeting_id(meeting), day(held_on));
    station::Event::MeetingHeld(station::MeetingHeld { meeting, held_on, backfilled: true }).into()
}

pub(crate) fn missed(month: &str) -> Event {
    let month = month.parse().unwrap();
    station::Event::MeetingMissed(station::MeetingMissed { month }).into()
}

/// Entered at noon of 2022-03-01; came in online where an answer is due.
pub(crate) fn issue_registered(station: &str, answer_due: Option<&str>) -> Event {
    let online = answer_due.is_some();
    let asker = issue::Asker { person: person(77), sealed: SealedDigest([9; 32]) };
    issue::Event::Registered(Box::new(issue::Registered {
        station: code(station),
        raised_at: noon("2022-03-01"),
        place: text("东巷"),
        registrar: (!online).then(|| person(5)),
        source: if online { issue::Source::Online } else { issue::Source::GridWorker },
        channel: if online { issue::Channel::Web } else { issue::Channel::Door },
        asker: online.then_some(asker),
        problem: text("路灯不亮,夜间出行不便"),
        wish: None,
        remark: None,
        answer_due: answer_due.map(day),
        paper: None,
    }))
    .into()
}

pub(crate) fn issue_answered() -> Event {
    issue::Event::Answered(issue::Answered { answer: text("已列入下次议事") }).into()
}

pub(crate) fn opinions_collected() -> Event {
    let golden = include_str!("../../../domain/catalogue/OpinionsCollected.json");
    Event::decode("OpinionsCollected", golden.trim().as_bytes()).unwrap()
}

pub(crate) fn answer_overdue(due: &str) -> Event {
    issue::Event::AnswerOverdue(issue::AnswerOverdue { due: day(due) }).into()
}

pub(crate) fn triaged() -> Event {
    issue::Event::Triaged(issue::Triaged { topic: "G4".parse().unwrap() }).into()
}

pub(crate) fn accepted() -> Event {
    issue::Event::Accepted(issue::Accepted { topic: "G4".parse().unwrap() }).into()
}

pub(crate) fn merged(into: u64) -> Event {
    issue::Event::Merged(issue::Merged { into: issue_id(into) }).into()
}

pub(crate) fn rejected() -> Event {
    issue::Event::Rejected(issue::Rejected { reason: text("不属于议事范围") }).into()
}

pub(crate) fn routed_out() -> Event {
    let (to, reason) = (text("县供电公司"), text("产权属供电公司"));
    let (receiver, on, due) = (None, None, None);
    issue::Event::RoutedOut(issue::RoutedOut { to, reason, receiver, on, due }).into()
}

/// Passed on to a unit of the county, on the day of the log.
pub(crate) fn routed_to(receiver: &str, due: &str) -> Event {
    let (to, reason) = (text("镇综合执法队"), text("属执法事项"));
    let (receiver, due) = (Some(code(receiver)), Some(day(due)));
    issue::Event::RoutedOut(issue::RoutedOut { to, reason, receiver, on: None, due }).into()
}

pub(crate) fn routing_received(on: &str) -> Event {
    issue::Event::RoutingReceived(issue::RoutingReceived { on: day(on) }).into()
}

pub(crate) fn routing_replied(outcome: issue::RoutingOutcome) -> Event {
    let reply = text("已责令拆除");
    issue::Event::RoutingReplied(issue::RoutingReplied { outcome, reply }).into()
}

pub(crate) fn routing_overdue(due: &str) -> Event {
    issue::Event::RoutingOverdue(issue::RoutingOverdue { due: day(due) }).into()
}

pub(crate) fn expedited(approver: u64) -> Event {
    issue::Event::Expedited(issue::Expedited {
        kind: issue::Expedition::Urgent,
        approver: person(approver),
        reason: text("有触电危险"),
        measure: text("先行断电并围挡"),
    })
    .into()
}

pub(crate) fn ratified(meeting: u128, topic: u8) -> Event {
    issue::Event::Ratified(issue::Ratified { meeting: meeting_id(meeting), topic }).into()
}

pub(crate) fn ratification_missed(meeting: u128) -> Event {
    issue::Event::RatificationMissed(issue::RatificationMissed { meeting: meeting_id(meeting) })
        .into()
}

pub(crate) fn scheduled(meeting: u128, topic: u8) -> Event {
    issue::Event::Scheduled(issue::Scheduled { meeting: meeting_id(meeting), topic }).into()
}

pub(crate) fn decided(meeting: u128, topic: u8, outcome: Outcome) -> Event {
    issue::Event::Decided(issue::Decided { meeting: meeting_id(meeting), topic, outcome }).into()
}

pub(crate) fn settled(resolution: Option<ResolutionId>) -> Event {
    issue::Event::Settled(issue::Settled { resolution, result: text("路灯已修复") }).into()
}

pub(crate) fn issue_reopened(resolution: ResolutionId) -> Event {
    issue::Event::Reopened(issue::Reopened { resolution }).into()
}

/// An agenda item that comes from an issue.
pub(crate) fn item(issue: u64, ratifies: bool) -> AgendaItem {
    let (title, issue) = (text("路灯维修"), Some(issue_id(issue)));
    let matter = meeting::Matter::Ordinary;
    AgendaItem { title, issue, ratifies, matter, listed: None, secret: false, required: None }
}

/// A council of five, at noon of a day.
pub(crate) fn convened(station: &str, on: &str, agenda: Vec<AgendaItem>) -> Event {
    meeting::Event::Convened(Box::new(meeting::Convened {
        station: code(station),
        body: meeting::Body::Council,
        form: meeting::Form::Room,
        starts_at: noon(on),
        place: text("村委会会议室"),
        occasion: None,
        agenda,
        reports: vec![],
        members: (11..16).map(person).collect(),
        advisers: vec![person(20)],
        electorate: None,
        paper: None,
    }))
    .into()
}

pub(crate) fn attended(members: &[u64]) -> Event {
    let here =
        |&member: &u64| meeting::Attendee { member: person(member), area: None, proxy: None };
    let present = members.iter().map(here).collect();
    meeting::Event::AttendanceTaken(meeting::AttendanceTaken { present }).into()
}

pub(crate) fn gone(members: &[u64]) -> Event {
    let members = members.iter().copied().map(person).collect();
    meeting::Event::Departed(meeting::Departed { members }).into()
}

pub(crate) fn back(members: &[u64]) -> Event {
    let members = members.iter().copied().map(person).collect();
    meeting::Event::Returned(meeting::Returned { members }).into()
}

pub(crate) fn count_reopened(topic: u8) -> Event {
    meeting::Event::CountReopened(meeting::CountReopened { topic, reason: text("漏计一票") }).into()
}

/// All owners of these buildings agree, each with an area of 1 m².
pub(crate) fn counting_lists(topic: u8, buildings: &[(&str, u32)]) -> Event {
    let list = |&(building, heads): &(&str, u32)| {
        let agree = Share { heads, area: u64::from(heads) * 100 };
        let count = meeting::Ballots { agree, ..meeting::Ballots::default() };
        meeting::CountingList { building: text(building), count }
    };
    let lists = buildings.iter().map(list).collect();
    let evidence = vec![];
    meeting::Event::CountingListsTaken(meeting::CountingListsTaken {
        topic,
        lists,
        evidence,
        reason: None,
    })
    .into()
}

pub(crate) fn opinion(topic: u8, lawful: bool) -> Event {
    let (adviser, opinion) = (person(20), text("符合法律规定"));
    meeting::Event::OpinionGiven(meeting::OpinionGiven { topic, adviser, lawful, opinion }).into()
}

/// Three of four agree, one is against.
pub(crate) fn topic_decided(topic: u8, outcome: Outcome) -> Event {
    let heads = |heads| Share { heads, area: 0 };
    let (entitled, present) = (heads(5), heads(4));
    let (agree, against, abstain) = (heads(3), heads(1), heads(0));
    let tally = Tally { entitled, present, agree, against, abstain };
    meeting::Event::TopicDecided(meeting::TopicDecided { topic, outcome, tally, unvoted: Some(0) })
        .into()
}

pub(crate) fn sealed(held_on: &str, outcomes: &[Outcome]) -> Event {
    let minutes = |(topic, &outcome)| meeting::TopicMinutes {
        topic,
        process: text("逐项讨论"),
        result: text("由村电工维修"),
        outcome,
    };
    meeting::Event::MinutesSealed(Box::new(meeting::MinutesSealed {
        held_on: day(held_on),
        recorder: Some(person(11)),
        topics: (1..).zip(outcomes).map(minutes).collect(),
        reports: vec![],
    }))
    .into()
}

pub(crate) fn minutes_corrected(topic: u8) -> Event {
    let (correction, reason) = (text("应为东巷三盏"), text("笔误"));
    meeting::Event::MinutesCorrected(meeting::MinutesCorrected { topic, correction, reason }).into()
}

pub(crate) fn meeting_cancelled() -> Event {
    meeting::Event::Cancelled(meeting::Cancelled { reason: text("人数不足") }).into()
}

pub(crate) fn survey_opened(station: &str, eligible: u32, closes_on: &str) -> Event {
    survey::Event::Opened(survey::Opened {
        station: code(station),
        resolution: None,
        question: text("您对援法议事是否满意"),
        eligible,
        households: Some(60),
        closes_on: day(closes_on),
    })
    .into()
}

pub(crate) fn ballots_issued(ballots: u32) -> Event {
    survey::Event::BallotsIssued(survey::BallotsIssued {
        ballots,
        maker: Some(survey::Maker::UnitAbove),
        issued_on: None,
    })
    .into()
}

pub(crate) fn replied(ballot: u32, satisfaction: Satisfaction) -> Event {
    let recognises = ballot.is_multiple_of(2);
    let (aware, took_part) = (Some(true), Some(ballot.is_multiple_of(5)));
    let replied = survey::Replied { ballot, aware, took_part, recognises, satisfaction };
    survey::Event::Replied(replied).into()
}

pub(crate) fn survey_closed(eligible: u32, replies: u32, recognised: u32, satisfied: u32) -> Event {
    let reach = Some(survey::Reach { asked: replies, aware: replies, took_part: replies / 5 });
    survey::Event::Closed(survey::Closed { eligible, replies, recognised, satisfied, reach }).into()
}
