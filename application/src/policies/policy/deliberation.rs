use domain::meeting::{Convened, MinutesSealed, Outcome};
use domain::notice::Verdict;
use domain::{MeetingId, ResolutionId, meeting, resolution};

use super::reaction::Reaction;

pub(super) fn meeting(meeting: MeetingId, event: &meeting::Event) -> Vec<Reaction> {
    match event {
        meeting::Event::Convened(convened) => after_convening(meeting, convened),
        meeting::Event::MinutesSealed(minutes) => after_minutes(meeting, minutes),
        meeting::Event::Cancelled(_) => vec![Reaction::ReleaseIssues { meeting }],
        meeting::Event::BackfillRequested(_)
        | meeting::Event::BackfillApproved(_)
        | meeting::Event::BackfillRefused(_)
        | meeting::Event::AttendanceTaken(_)
        | meeting::Event::Departed(_)
        | meeting::Event::Returned(_)
        | meeting::Event::OpinionGiven(_)
        | meeting::Event::VotesCast(_)
        | meeting::Event::BallotsCast(_)
        | meeting::Event::CountingListsTaken(_)
        | meeting::Event::TopicDecided(_)
        | meeting::Event::CountReopened(_)
        | meeting::Event::MinutesCorrected(_) => vec![],
    }
}

fn after_convening(meeting: MeetingId, convened: &Convened) -> Vec<Reaction> {
    let agenda = (1..).zip(&convened.agenda);
    agenda
        .filter_map(|(topic, item)| {
            let ratifies = item.ratifies;
            item.issue.map(|issue| Reaction::ScheduleIssue { issue, meeting, topic, ratifies })
        })
        .collect()
}

fn after_minutes(meeting: MeetingId, minutes: &MinutesSealed) -> Vec<Reaction> {
    let held = Reaction::HoldMeeting { meeting, held_on: minutes.held_on };
    let adopted = minutes.topics.iter().filter(|topic| topic.outcome == Outcome::Adopted);
    let adopt = adopted.map(|topic| {
        let resolution = ResolutionId { meeting, topic: topic.topic };
        Reaction::AdoptResolution { resolution }
    });
    let decide = minutes.topics.iter().map(|topic| Reaction::DecideIssue {
        meeting,
        topic: topic.topic,
        outcome: topic.outcome,
    });
    let inform = minutes
        .reports
        .iter()
        .map(|report| Reaction::InformMeeting { resolution: report.resolution, meeting });
    std::iter::once(held).chain(adopt).chain(decide).chain(inform).collect()
}

pub(super) fn resolution(resolution: ResolutionId, event: &resolution::Event) -> Vec<Reaction> {
    match event {
        resolution::Event::CompletionPublicised(publicised) => {
            vec![Reaction::SettleIssue { resolution, result: publicised.result.clone() }]
        }
        resolution::Event::Reopened(_) => vec![Reaction::ReopenIssue { resolution }],
        resolution::Event::ObjectionAnswered(answered) => match answered.verdict {
            Verdict::Upheld => vec![Reaction::ReopenIssue { resolution }],
            Verdict::Dismissed => vec![],
        },
        resolution::Event::Withdrawn(_) => {
            let ResolutionId { meeting, topic } = resolution;
            vec![Reaction::DecideIssue { meeting, topic, outcome: Outcome::Deferred }]
        }
        resolution::Event::BackfillRequested(_)
        | resolution::Event::BackfillApproved(_)
        | resolution::Event::BackfillRefused(_)
        | resolution::Event::Adopted(_)
        | resolution::Event::Publicised(_)
        | resolution::Event::ObjectionFiled(_)
        | resolution::Event::ObjectionOverdue(_)
        | resolution::Event::ObjectionEscalated(_)
        | resolution::Event::Corrected(_)
        | resolution::Event::NoticeClosed(_)
        | resolution::Event::Assigned(_)
        | resolution::Event::Progressed(_)
        | resolution::Event::Extended(_)
        | resolution::Event::ExecutionOverdue(_)
        | resolution::Event::CompletionClaimed(_)
        | resolution::Event::CompletionReturned(_)
        | resolution::Event::CompletionVerified(_)
        | resolution::Event::BranchInformed(_)
        | resolution::Event::MeetingInformed(_) => vec![],
    }
}
