//! 星级: each change explained by attested hours, and publicised first.

use domain::notice::{Event as NoticeEvent, Published};
use domain::rulebook::Rules;
use domain::volunteer::{Event, ProposalEnd, StarChanged};
use domain::{NoticeId, county_date};
use jiff::ToSpan as _;
use jiff::civil::Date;
use projections::Fact;

use super::hours::Attested;
use crate::audit::finding::{Finding, Weight};

/// A volunteer's stars.
#[derive(Default)]
pub struct Stars {
    /// Stars held.
    pub held: u8,
    open: Option<Proposal>,
    /// When a proposal was last made, settled or ended.
    reviewed: Option<Date>,
}

struct Proposal {
    to: u8,
    notice: NoticeId,
    rulebook: u32,
}

/// A notice of a star.
pub struct Notice {
    on: Date,
    opens_on: Date,
    closes_on: Date,
    rulebook: u32,
    /// When it closed, and whether an objection was upheld.
    closed: Option<(Date, bool)>,
    /// When it was withdrawn.
    withdrawn: Option<Date>,
}

impl Notice {
    /// A notice that was just published.
    pub fn new(published: &Published, fact: &Fact) -> Self {
        let (on, rulebook) = (county_date(fact.recorded_at), fact.metadata.rulebook);
        let Published { opens_on, closes_on, .. } = *published;
        Self { on, opens_on, closes_on, rulebook, closed: None, withdrawn: None }
    }

    /// When it was withdrawn, if it was.
    pub fn withdrawn(&self) -> Option<Date> {
        self.withdrawn
    }

    /// Takes in what happened to it.
    pub fn see(&mut self, event: &NoticeEvent, fact: &Fact) {
        if let NoticeEvent::Closed(closed) = event {
            self.closed = Some((county_date(fact.recorded_at), closed.upheld));
        } else if let NoticeEvent::Withdrawn(_) = event {
            self.withdrawn = Some(county_date(fact.recorded_at));
        }
    }
}

/// What a change of star is held against.
pub struct Against<'a> {
    /// The volunteer's attested time.
    pub attested: &'a Attested,
    /// The notice of the proposal, as far as it is known.
    pub notice: &'a dyn Fn(&NoticeId) -> Option<&'a Notice>,
    /// Figures of a version of the rulebook.
    pub rules: &'a dyn Fn(u32) -> &'a Rules,
}

impl Stars {
    /// Takes an event in, and says what is wrong with a change.
    pub fn see(&mut self, event: &Event, fact: &Fact, against: &Against<'_>) -> Vec<Finding> {
        let on = county_date(fact.recorded_at);
        if let Event::StarProposed(proposed) = event {
            let (to, notice) = (proposed.to, proposed.notice.clone());
            self.open = Some(Proposal { to, notice, rulebook: fact.metadata.rulebook });
            self.reviewed = Some(on);
        } else if let Event::StarProposalEnded(ended) = event {
            match ended.reason {
                ProposalEnd::HoursChanged | ProposalEnd::ObjectionUpheld => self.open = None,
            }
            self.reviewed = Some(on);
        } else if let Event::StarChanged(changed) = event {
            let proposal = self.open.take();
            self.held = changed.to;
            self.reviewed = Some(on);
            return judge(changed, proposal.as_ref(), fact, against);
        }
        Vec::new()
    }

    /// A proposal that nothing will settle any more: its notice was withdrawn, or never published, by a day.
    pub fn stuck(
        &self,
        gone: &dyn Fn(&NoticeId, Date) -> Option<Date>,
        before: Date,
    ) -> Option<Finding> {
        let open = self.open.as_ref()?;
        let since = gone(&open.notice, self.reviewed?)?;
        (since < before).then(|| {
            Finding::missing(
                "star.proposal_stuck",
                since,
                format!("拟评{}星,公示已撤回或没有发布,拟评没有结果。", open.to),
                format!("{} stars were proposed, the notice was withdrawn or never published, and nothing became of it.", open.to),
            )
        })
    }

    /// A star that attested hours ask for since before a day, and that nobody proposed.
    pub fn owed(&self, attested: &Attested, deserved: u8, before: Date) -> Option<Finding> {
        let (since, _) = attested.changed?;
        let proposed = self.open.as_ref().is_some_and(|open| open.to == deserved);
        let reviewed = self.reviewed.is_some_and(|reviewed| since <= reviewed);
        let owed = deserved != self.held && !proposed && !reviewed && since < before;
        owed.then(|| {
            let (held, hours) = (self.held, attested.total / 60);
            Finding::missing(
                "star.not_reviewed",
                since,
                format!("认定{hours}小时,应为{deserved}星,现为{held}星,没有提出变更。"),
                format!("{hours} attested hours make {deserved} stars; it is {held}, and no change was proposed."),
            )
        })
    }
}

/// A star follows attested hours, and a notice that stood its time without an upheld objection.
fn judge(
    changed: &StarChanged,
    proposal: Option<&Proposal>,
    fact: &Fact,
    against: &Against<'_>,
) -> Vec<Finding> {
    let wrong = |code, zh, en| Finding::at(fact, code, Weight::Wrong, zh, en);
    let (to, hours) = (changed.to, against.attested.total / 60);
    let rules = (against.rules)(proposal.map_or(fact.metadata.rulebook, |it| it.rulebook));
    let minutes = against.attested.minutes();
    let deserved = rules.star_minutes.iter().filter(|needed| minutes >= **needed).count();
    let mut found = Vec::new();
    if deserved != usize::from(to) {
        let stated = changed.attested.0 / 60;
        found.push(wrong(
            "star.unexplained",
            format!("定为{to}星,称认定{stated}小时;按记录认定{hours}小时,应为{deserved}星。"),
            format!("{to} stars were given for {stated} attested hours; the records make {hours} h and {deserved} stars."),
        ));
    }
    let notice = proposal.and_then(|it| (against.notice)(&it.notice));
    let stood = notice.filter(|notice| {
        let days = *(against.rules)(notice.rulebook).notice_days;
        let last = notice.on.saturating_add(i32::from(days).days());
        let whole = notice.opens_on <= notice.on && last <= notice.closes_on;
        whole && notice.closed.is_some_and(|(on, _)| on > notice.closes_on)
    });
    match stood {
        None => found.push(wrong(
            "star.without_notice",
            format!("没有公示满期即定为{to}星。"),
            format!("{to} stars were given without a notice that had stood its time."),
        )),
        Some(notice) if notice.closed.is_some_and(|(_, upheld)| upheld) => found.push(wrong(
            "star.over_objection",
            format!("公示期异议成立,仍定为{to}星。"),
            format!("{to} stars were given although an objection to it was upheld."),
        )),
        Some(_) => {}
    }
    found
}
