use domain::meeting::{Ballots, Body, Convened, Count, CountingList, Electorate, Minute, Outcome};
use domain::station::Appointment;
use domain::{Area, IssueId, Month, issue, meeting, station, survey};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::{all, paper, person, text, unit_code};

pub fn station_commands() -> Vec<station::Command> {
    use station::{Command, Event};
    let mut commands: Vec<Command> =
        [Date::MIN, date(2021, 10, 1), date(2021, 11, 1), date(2022, 2, 1), Date::MAX]
            .map(|day| Command::MissMeeting { month: Month::of(day) })
            .into();
    for event in all::<Event>() {
        match event {
            Event::Opened(one) => {
                commands.push(Command::Open { unit: unit_code(), estate: one.estate });
            }
            Event::ItemEvidenced(one) => commands.push(Command::EvidenceItem {
                item: one.item,
                note: one.note,
                evidence: one.evidence,
            }),
            Event::ItemLost(one) => {
                commands.push(Command::LoseItem { item: one.item, reason: one.reason });
            }
            Event::SupervisorsElected(one) => {
                for held_on in [Date::MIN, one.held_on, Date::MAX] {
                    commands.push(Command::RecordElection(Box::new(station::NewElection {
                        held_on,
                        body: one.body,
                        way: one.way,
                        elected: one.elected.clone(),
                        result: one.result.clone(),
                        evidence: one.evidence.clone(),
                        sealed_here: one.sealed_here.clone(),
                    })));
                }
            }
            Event::MemberAppointed(one) => commands.extend(appointments(&one)),
            Event::MemberLeft(one) => commands.push(Command::Leave {
                group: one.group,
                member: one.member,
                reason: one.reason,
            }),
            Event::RelativesDeclared(one) => commands
                .push(Command::DeclareRelatives { member: one.member, relatives: one.relatives }),
            Event::KinshipEnded(one) => {
                let station::KinshipEnded { member, relative, .. } = one;
                commands.extend([Date::MIN, Date::MAX].map(|ended_on| Command::EndKinship {
                    member,
                    relative,
                    ended_on,
                }));
            }
            Event::TopicListed(one) => commands.push(Command::ListTopic(one)),
            Event::HouseholdsStated(one) => {
                let (households, as_of) = (u32::MAX, Date::MAX);
                let most = station::HouseholdsStated { households, as_of, ..one.clone() };
                let state = |stated| Command::StateHouseholds { stated, above: true };
                commands.extend([most, one].map(state));
            }
            Event::MeetingHeld(one) => {
                let last = station::MeetingHeld { held_on: Date::MAX, ..one.clone() };
                commands.extend([one, last].map(Command::HoldMeeting));
            }
            Event::MeetingMissed(_) => {}
        }
    }
    commands
}

fn appointments(one: &station::MemberAppointed) -> Vec<station::Command> {
    let groups = [station::Group::Supervision, station::Group::LeadingGroup];
    let terms = [
        (Date::MIN, Date::MAX),
        (Date::MAX, Date::MIN),
        (date(2021, 11, 1), date(2024, 10, 31)),
        (Date::MIN, date(-9998, 1, 1)),
        (date(9999, 12, 1), Date::MAX),
    ];
    let asked = groups.into_iter().flat_map(|group| {
        terms.map(|(from, until)| Appointment {
            group,
            member: one.member,
            capacity: one.capacity,
            from,
            until,
            election: (group == station::Group::Supervision).then_some(1),
            relatives: one.relatives.clone(),
            sealed_here: one.sealed_here,
        })
    });
    asked.map(|asked| station::Command::Appoint(Box::new(asked))).collect()
}

pub fn issue_commands() -> Vec<issue::Command> {
    use issue::{Command, Event};
    let mut commands = vec![Command::MissAnswer, Command::Accept, Command::ApproveBackfill];
    for event in all::<Event>() {
        match event {
            Event::Registered(one) => {
                for raised_at in [Timestamp::MIN, one.raised_at, Timestamp::MAX] {
                    let station = unit_code();
                    for paper in [None, Some(paper())] {
                        let station = station.clone();
                        let asked =
                            issue::Registered { raised_at, station, paper, ..(*one).clone() };
                        commands.push(Command::Register(Box::new(asked)));
                    }
                }
            }
            Event::BackfillRefused(one) => {
                commands.push(Command::RefuseBackfill { reason: one.reason });
            }
            Event::Answered(one) => commands.push(Command::Answer { answer: one.answer }),
            Event::OpinionsCollected(one) => commands.push(Command::CollectOpinions(one)),
            Event::StepTaken(one) => {
                for held_on in [Date::MIN, one.held_on, Date::MAX] {
                    let (step, conclusion) = (one.step, one.conclusion.clone());
                    commands.push(Command::TakeStep {
                        step,
                        held_on,
                        conclusion,
                        evidence: vec![],
                    });
                }
            }
            Event::Triaged(one) => {
                commands.push(Command::Triage { topic: one.topic, listed: true });
            }
            Event::Merged(one) => {
                let issue = IssueId::from_bits(u64::MAX);
                commands.push(Command::Merge { issue, into: one.into, stands: true });
            }
            Event::Rejected(one) => commands.push(Command::Reject { reason: one.reason }),
            Event::RoutedOut(one) => {
                for due in [None, Some(Date::MIN), Some(Date::MAX)] {
                    let (to, reason) = (one.to.clone(), one.reason.clone());
                    let receiver = Some(unit_code());
                    commands.push(Command::RouteOut { to, receiver, reason, due });
                }
            }
            Event::RoutingReceived(one) => {
                let days = [None, Some(one.on), Some(Date::MIN), Some(Date::MAX)];
                commands.extend(days.map(|on| Command::ReceiveRouting { on }));
            }
            Event::RoutingReplied(one) => {
                commands.push(Command::ReplyRouting { outcome: one.outcome, reply: one.reply });
            }
            Event::RoutingOverdue(_) => commands.push(Command::MissRouting),
            Event::Expedited(one) => commands.push(Command::Expedite {
                kind: one.kind,
                approver: Some(one.approver),
                leads: true,
                reason: one.reason,
                measure: one.measure,
            }),
            Event::Scheduled(one) => commands.extend(at_the_meeting(one.meeting)),
            Event::Settled(one) => {
                for resolution in [one.resolution, None] {
                    commands.push(Command::Settle { resolution, result: text() });
                }
            }
            Event::Reopened(one) => commands.push(Command::Reopen { resolution: one.resolution }),
            Event::BackfillApproved(_)
            | Event::AnswerOverdue(_)
            | Event::Accepted(_)
            | Event::Ratified(_)
            | Event::RatificationMissed(_)
            | Event::Decided(_) => {}
        }
    }
    commands
}

fn at_the_meeting(meeting: domain::MeetingId) -> Vec<issue::Command> {
    use issue::Command;
    let mut commands = vec![Command::MissRatification { meeting }];
    for topic in [0, 1, u8::MAX] {
        for ratifies in [false, true] {
            commands.push(Command::Schedule { meeting, topic, ratifies });
        }
        commands.push(Command::Ratify { meeting, topic });
        let decide = |outcome: &Outcome| Command::Decide { meeting, topic, outcome: *outcome };
        commands.extend(Outcome::ALL.iter().map(decide));
    }
    commands
}

pub fn meeting_commands() -> Vec<meeting::Command> {
    use meeting::{Command, Event};
    let mut commands = vec![Command::Cancel { reason: text() }, Command::ApproveBackfill];
    for event in all::<Event>() {
        match event {
            Event::BackfillRefused(one) => {
                commands.push(Command::RefuseBackfill { reason: one.reason });
            }
            Event::Convened(one) => commands.extend(convenings(&one)),
            Event::AttendanceTaken(mut one) => {
                commands.push(Command::TakeAttendance { present: one.present.clone() });
                one.present[0].area = Some(Area(u32::MAX));
                one.present[0].member = person();
                commands.push(Command::TakeAttendance { present: one.present });
            }
            Event::VotesCast(one) => {
                let votes = one.votes[..1].to_vec();
                commands.push(Command::CastVotes { topic: 1, votes });
                commands.push(Command::CastVotes { topic: u8::MAX, votes: one.votes });
            }
            Event::Departed(one) => commands.push(Command::Depart { people: one.members }),
            Event::Returned(one) => commands.push(Command::Return { people: one.members }),
            Event::BallotsCast(one) => {
                commands.push(Command::CastBallots { topic: one.topic, voters: one.voters });
            }
            Event::CountingListsTaken(one) => commands.push(Command::TakeCountingLists {
                topic: one.topic,
                lists: one.lists,
                evidence: one.evidence,
                reason: one.reason,
            }),
            Event::OpinionGiven(one) => commands.push(Command::GiveOpinion {
                topic: one.topic,
                adviser: Some(one.adviser),
                lawful: one.lawful,
                opinion: one.opinion,
            }),
            Event::MinutesSealed(one) => {
                let minute = |topic| Minute { topic, process: Some(text()), result: Some(text()) };
                for topics in [vec![], vec![minute(1)], vec![minute(0), minute(u8::MAX)]] {
                    commands.push(Command::SealMinutes { topics, reports: one.reports.clone() });
                }
            }
            Event::BackfillRequested(_)
            | Event::BackfillApproved(_)
            | Event::TopicDecided(_)
            | Event::CountReopened(_)
            | Event::MinutesCorrected(_)
            | Event::Cancelled(_) => {}
        }
    }
    for topic in [0, 1, u8::MAX] {
        let share = meeting::Share { heads: u32::MAX, area: u64::MAX };
        let all = Ballots { agree: share, against: share, abstain: share };
        for (defer, ballots) in [(true, None), (false, None), (false, Some(all))] {
            let count = Count { defer, confirmed: true, ballots };
            commands.push(Command::DecideTopic { topic, count });
        }
        commands.push(Command::ReopenCount { topic, reason: text() });
        let list = CountingList { building: text(), count: all };
        let lists = vec![list; 2];
        commands.push(Command::TakeCountingLists { topic, lists, evidence: vec![], reason: None });
        commands.push(Command::CorrectMinutes { topic, correction: text(), reason: text() });
    }
    commands
}

fn convenings(golden: &Convened) -> Vec<meeting::Command> {
    let largest = Electorate { heads: u32::MAX, area: Area(u32::MAX) };
    let moments = [Timestamp::MIN, golden.starts_at, Timestamp::MAX];
    let soon = ["2021-12-01T00:00:00Z", "2021-12-25T00:00:00Z", "9999-12-30T22:00:00Z"];
    let moments = moments.into_iter().chain(soon.map(|moment| moment.parse().unwrap()));
    let asked = moments.flat_map(|starts_at| {
        let one = Convened { starts_at, station: unit_code(), ..golden.clone() };
        let council = Convened { body: Body::Council, electorate: None, ..one.clone() };
        let past = Convened { paper: Some(paper()), ..council.clone() };
        let all = Convened { members: vec![], electorate: Some(largest), ..one.clone() };
        [all, council, past, one]
    });
    let convene = |asked| meeting::Command::Convene { asked: Box::new(asked), prepared: [].into() };
    asked.map(convene).collect()
}

pub fn survey_commands() -> Vec<survey::Command> {
    use survey::{Command, Event};
    let makers = [None, Some(survey::Maker::County)];
    let mut commands = vec![Command::Close];
    commands.extend(makers.map(|maker| Command::IssueBallots { maker }));
    for event in all::<Event>() {
        match event {
            Event::Opened(one) => {
                for closes_on in [Date::MIN, date(2021, 12, 10), one.closes_on, Date::MAX] {
                    commands.push(Command::Open(survey::Opened { closes_on, ..one.clone() }));
                }
            }
            Event::Replied(one) => {
                for ballot in [0, one.ballot, u32::MAX] {
                    let (recognises, satisfaction) = (one.recognises, one.satisfaction);
                    let (aware, took_part) = (true, true);
                    let answers = survey::Answers { aware, took_part, recognises, satisfaction };
                    commands.push(Command::Reply { ballot, answers });
                }
            }
            Event::HandedOut(one) => {
                let handed_out_on = Date::MAX;
                commands.push(Command::HandOut(survey::HandedOut { handed_out_on, ..one }));
                commands.push(Command::HandOut(one));
            }
            Event::BallotsIssued(_) | Event::Closed(_) => {}
        }
    }
    commands
}
