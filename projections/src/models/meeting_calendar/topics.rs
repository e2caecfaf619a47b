//! The topics of a meeting.

use domain::MeetingId;
use domain::meeting::{
    AgendaItem, Ballots, CountReopened, CountingListsTaken, MinutesCorrected, MinutesSealed,
    OpinionGiven, Tally, TopicDecided,
};
use domain::privacy::mask_text;
use jiff::Timestamp;

use super::rows::{Correction, CountingList, Report, Topic};
use crate::Rows;

pub(super) fn announce(rows: &mut Rows<'_>, meeting: MeetingId, agenda: &[AgendaItem]) {
    for (topic, item) in (1..).zip(agenda) {
        rows.put(Topic {
            meeting,
            topic,
            title: mask_text(item.title.as_str()),
            issue: item.issue,
            listed: item.listed.clone(),
            matter: item.matter,
            secret: item.secret,
            ratifies: item.ratifies,
            opinions: 0,
            lawful: None,
            outcome: None,
            entitled: 0,
            present: 0,
            unvoted: None,
            agree: 0,
            against: 0,
            abstain: 0,
            entitled_area: 0,
            present_area: 0,
            agree_area: 0,
            against_area: 0,
            abstain_area: 0,
            reopened: 0,
            process: None,
            result: None,
            corrections: 0,
        });
    }
}

pub(super) fn opine(rows: &mut Rows<'_>, meeting: MeetingId, given: &OpinionGiven) {
    rows.update::<Topic, _>(&(meeting, given.topic), |topic| {
        topic.opinions += 1;
        topic.lawful = Some(given.lawful);
    });
}

pub(super) fn decide(rows: &mut Rows<'_>, meeting: MeetingId, decided: &TopicDecided) {
    rows.update::<Topic, _>(&(meeting, decided.topic), |topic| {
        topic.outcome = Some(decided.outcome);
        topic.unvoted = decided.unvoted;
        topic.count(&decided.tally);
    });
}

/// The topic is as it was before the count; how often that happened stays.
pub(super) fn reopen(rows: &mut Rows<'_>, meeting: MeetingId, reopened: &CountReopened) {
    rows.update::<Topic, _>(&(meeting, reopened.topic), |topic| {
        (topic.outcome, topic.unvoted) = (None, None);
        topic.count(&Tally::default());
        topic.reopened += 1;
    });
}

/// A later list of a building takes the place of the earlier one.
pub(super) fn list(rows: &mut Rows<'_>, meeting: MeetingId, taken: &CountingListsTaken) {
    for list in &taken.lists {
        let Ballots { agree, against, abstain } = list.count;
        rows.put(CountingList {
            meeting,
            topic: taken.topic,
            building: mask_text(list.building.as_str()),
            agree: agree.heads,
            against: against.heads,
            abstain: abstain.heads,
            agree_area: agree.area,
            against_area: against.area,
            abstain_area: abstain.area,
        });
    }
}

impl Topic {
    fn count(&mut self, tally: &Tally) {
        (self.entitled, self.entitled_area) = (tally.entitled.heads, tally.entitled.area);
        (self.present, self.present_area) = (tally.present.heads, tally.present.area);
        (self.agree, self.agree_area) = (tally.agree.heads, tally.agree.area);
        (self.against, self.against_area) = (tally.against.heads, tally.against.area);
        (self.abstain, self.abstain_area) = (tally.abstain.heads, tally.abstain.area);
    }
}

pub(super) fn seal(rows: &mut Rows<'_>, meeting: MeetingId, sealed: &MinutesSealed) {
    for minutes in &sealed.topics {
        rows.update::<Topic, _>(&(meeting, minutes.topic), |topic| {
            topic.process = Some(mask_text(minutes.process.as_str()));
            topic.result = Some(mask_text(minutes.result.as_str()));
            topic.outcome = Some(minutes.outcome);
        });
    }
    for report in &sealed.reports {
        let findings = mask_text(report.findings.as_str());
        rows.put(Report { meeting, resolution: report.resolution, findings });
    }
}

pub(super) fn correct(
    rows: &mut Rows<'_>,
    at: Timestamp,
    meeting: MeetingId,
    corrected: &MinutesCorrected,
) {
    let topic = corrected.topic;
    let n = rows.update::<Topic, _>(&(meeting, topic), |topic| {
        topic.corrections += 1;
        topic.corrections
    });
    if let Some(n) = n {
        let correction = mask_text(corrected.correction.as_str());
        let reason = mask_text(corrected.reason.as_str());
        rows.put(Correction { meeting, topic, n, correction, reason, at });
    }
}
