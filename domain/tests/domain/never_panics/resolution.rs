use domain::notice::Verdict::{Dismissed, Upheld};
use domain::resolution::{Command, Event};
use domain::station::{Group, Relative, Standing};
use jiff::civil::{Date, date};

use super::{all, person, text};

pub fn commands() -> Vec<Command> {
    let mut commands: Vec<Command> = all::<Event>().into_iter().filter_map(command).collect();
    for objection in [0, 1, 2, u32::MAX] {
        for (verdict, above) in [(Upheld, false), (Dismissed, true)] {
            commands.push(Command::AnswerObjection { objection, verdict, answer: text(), above });
        }
        commands.push(Command::MissAnswer { objection });
        commands.push(Command::EscalateObjection { objection });
    }
    let groups = vec![Group::Supervision];
    let relatives = vec![Relative { person: person(), until: Some(Date::MIN) }];
    let verifier = Standing { person: Some(person()), groups, relatives, ..Standing::default() };
    for due in [Date::MIN, date(2021, 12, 20), Date::MAX] {
        commands.extend([
            Command::Assign { executor: person(), office: text(), due },
            Command::Extend { to: due, reason: text() },
            Command::Return { verifier: verifier.clone(), findings: text(), due: Some(due) },
        ]);
    }
    commands.push(Command::Return { verifier: verifier.clone(), findings: text(), due: None });
    commands.push(Command::Verify { verifier, findings: text(), evidence: vec![] });
    commands
}

/// The commands that carry nothing but what their event holds too.
fn command(event: Event) -> Option<Command> {
    Some(match event {
        Event::Adopted(adopted) => Command::Adopt(adopted),
        Event::BackfillRequested(one) => {
            Command::RequestBackfill { posted_on: Date::MIN, evidence: one.paper.evidence }
        }
        Event::BackfillApproved(_) => Command::ApproveBackfill,
        Event::BackfillRefused(one) => Command::RefuseBackfill { reason: one.reason },
        Event::Publicised(one) => Command::Publicise { evidence: one.evidence },
        Event::ObjectionFiled(one) => {
            Command::FileObjection { ground: one.ground, objector: one.objector }
        }
        Event::Corrected(one) => {
            Command::Correct { text: one.text, reason: one.reason, evidence: vec![] }
        }
        Event::Withdrawn(one) => Command::Withdraw { reason: one.reason, above: true },
        Event::NoticeClosed(_) => Command::CloseNotice,
        Event::Progressed(one) => Command::Report { note: one.note, evidence: one.evidence },
        Event::ExecutionOverdue(_) => Command::RecordOverdue,
        Event::CompletionClaimed(one) => {
            Command::ClaimCompletion { note: one.note, evidence: one.evidence }
        }
        Event::BranchInformed(one) => Command::InformBranch { findings: one.findings },
        Event::MeetingInformed(one) => {
            Command::InformMeeting { meeting: one.meeting, reported: Some(date(2021, 12, 20)) }
        }
        Event::CompletionPublicised(one) => {
            Command::PubliciseCompletion { result: one.result, evidence: one.evidence }
        }
        Event::Reopened(one) => Command::Reopen { reason: one.reason, evidence: one.evidence },
        Event::ObjectionAnswered(_)
        | Event::ObjectionOverdue(_)
        | Event::ObjectionEscalated(_)
        | Event::Assigned(_)
        | Event::Extended(_)
        | Event::CompletionReturned(_)
        | Event::CompletionVerified(_) => return None,
    })
}
