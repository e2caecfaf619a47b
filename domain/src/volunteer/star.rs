//! 星级评定: a star follows attested hours, up and down, and is publicised before it takes effect.

use super::{
    Event, ProposalEnd, Rejection, StarChanged, StarProposalEnded, StarProposed, Volunteer,
};
use crate::{Given, Minutes, NoticeId, PersonId};

impl Volunteer {
    pub(super) fn review_star(
        &self,
        volunteer: PersonId,
        attested: Minutes,
        given: &Given<'_>,
    ) -> Vec<Event> {
        let deserved = given.rulebook.rules.stars_for(attested);
        let mut events = vec![];
        if let Some(open) = &self.open_proposal {
            if open.to == deserved {
                return events;
            }
            events.push(Event::StarProposalEnded(StarProposalEnded {
                proposal: open.proposal,
                reason: ProposalEnd::HoursChanged,
            }));
        }
        if deserved != self.stars {
            events.push(Event::StarProposed(StarProposed {
                proposal: self.proposals + 1,
                from: self.stars,
                to: deserved,
                attested,
                notice: NoticeId::star(volunteer, self.proposals + 1),
            }));
        }
        events
    }

    pub(super) fn settle_star(&self, proposal: u32, upheld: bool) -> Result<Vec<Event>, Rejection> {
        let open = self.open_proposal.as_ref().filter(|open| open.proposal == proposal);
        let open = open.ok_or(Rejection::UnknownProposal { proposal })?;
        Ok(vec![if upheld {
            Event::StarProposalEnded(StarProposalEnded {
                proposal,
                reason: ProposalEnd::ObjectionUpheld,
            })
        } else {
            Event::StarChanged(StarChanged {
                proposal,
                from: open.from,
                to: open.to,
                attested: open.attested,
            })
        }])
    }
}
