use domain::privacy::mask_text;
use domain::rulebook::{self, Adopted};
use domain::survey::{self, Satisfaction};
use domain::{County, SurveyId};

use super::SurveyResults;
use super::rows::{Minimum, Survey};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for SurveyResults {
    reads! { Rows<'_>: rulebook, survey }

    fn rulebook(_: &Fact, _: &County, event: &rulebook::Event, rows: &mut Rows<'_>) {
        let rulebook::Event::Adopted(adopted) = event;
        let replies = *adopted.rules.deliberation().survey_minimum_replies;
        rows.put(Minimum { version: adopted.version, replies });
    }

    fn survey(fact: &Fact, survey: &SurveyId, event: &survey::Event, rows: &mut Rows<'_>) {
        on_survey(rows, fact, *survey, event);
    }
}

fn on_survey(rows: &mut Rows<'_>, fact: &Fact, id: SurveyId, event: &survey::Event) {
    use survey::Event;
    let at = fact.recorded_at;
    match event {
        Event::Opened(opened) => rows.put(Survey {
            survey: id,
            station: opened.station.clone(),
            resolution: opened.resolution,
            question: mask_text(opened.question.as_str()),
            eligible: opened.eligible,
            opened_at: at,
            ballots_issued_at: None,
            closes_on: opened.closes_on,
            replies: 0,
            recognised: 0,
            very_satisfied: 0,
            satisfied: 0,
            neutral: 0,
            dissatisfied: 0,
            closed_at: None,
            minimum: None,
        }),
        Event::BallotsIssued(_) => {
            rows.update::<Survey, _>(&id, |survey| survey.ballots_issued_at = Some(at));
        }
        Event::Replied(replied) => {
            rows.update::<Survey, _>(&id, |survey| survey.count(replied));
        }
        Event::Closed(_) => {
            let known = rows.get::<Minimum>(&fact.metadata.rulebook).map(|known| known.replies);
            let shipped = *Adopted::shipped().rules.deliberation().survey_minimum_replies;
            rows.update::<Survey, _>(&id, |survey| {
                survey.closed_at = Some(at);
                survey.minimum = Some(known.unwrap_or(shipped));
            });
        }
    }
}

impl Survey {
    fn count(&mut self, replied: &survey::Replied) {
        self.replies += 1;
        self.recognised += u32::from(replied.recognises);
        let satisfaction = match replied.satisfaction {
            Satisfaction::VerySatisfied => &mut self.very_satisfied,
            Satisfaction::Satisfied => &mut self.satisfied,
            Satisfaction::Neutral => &mut self.neutral,
            Satisfaction::Dissatisfied => &mut self.dissatisfied,
        };
        *satisfaction += 1;
    }
}
