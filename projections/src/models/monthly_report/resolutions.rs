use domain::ResolutionId;
use domain::notice::Verdict;
use domain::resolution::Event;

use super::Figure;
use super::counting::count;
use super::rows::Resolution;
use crate::{Fact, Rows};

pub(super) fn on_resolution(rows: &mut Rows<'_>, fact: &Fact, id: ResolutionId, event: &Event) {
    if let Event::Adopted(adopted) = event {
        rows.put(Resolution { resolution: id, station: adopted.station.clone() });
    }
    for figure in figures(event).into_iter().flatten() {
        if let Some(resolution) = rows.get::<Resolution>(&id) {
            let station = resolution.station.clone();
            count(rows, fact, &station, figure);
        }
    }
}

/// At most two figures count an event.
fn figures(event: &Event) -> [Option<Figure>; 2] {
    let figure = match event {
        Event::Adopted(_) => Figure::ResolutionsAdopted,
        Event::ObjectionFiled(filed) => {
            let late = filed.late.then_some(Figure::ObjectionsLate);
            return [Some(Figure::ObjectionsFiled), late];
        }
        Event::BackfillApproved(_) => Figure::BackfillsApproved,
        Event::ObjectionAnswered(answered) => match answered.verdict {
            Verdict::Upheld => Figure::ObjectionsUpheld,
            Verdict::Dismissed => return [None, None],
        },
        Event::ObjectionOverdue(_) => Figure::ObjectionsOverdue,
        Event::Corrected(_) => Figure::Corrected,
        Event::Withdrawn(_) => Figure::Withdrawn,
        Event::Assigned(_) => Figure::Assigned,
        Event::Extended(_) => Figure::Extended,
        Event::ExecutionOverdue(_) => Figure::ExecutionsOverdue,
        Event::CompletionClaimed(_) => Figure::CompletionsClaimed,
        Event::CompletionReturned(_) => Figure::CompletionsReturned,
        Event::CompletionVerified(_) => Figure::CompletionsVerified,
        Event::CompletionPublicised(_) => Figure::CompletionsPublicised,
        Event::Reopened(_) => Figure::ResolutionsReopened,
        Event::Publicised(_)
        | Event::BackfillRequested(_)
        | Event::BackfillRefused(_)
        | Event::ObjectionEscalated(_)
        | Event::NoticeClosed(_)
        | Event::Progressed(_)
        | Event::BranchInformed(_)
        | Event::MeetingInformed(_) => return [None, None],
    };
    [Some(figure), None]
}
