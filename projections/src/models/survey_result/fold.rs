use domain::privacy::mask_text;
use domain::rulebook::{self, Adopted};
use domain::survey::{self, Reach, Satisfaction};
use domain::{County, SurveyId};

use super::SurveyResults;
use super::rows::{Minimum, Survey};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for SurveyResults {
    reads! { Rows<'_>: rulebook, survey }

    fn rulebook(_: &Fact, _: &County, event: &rulebook::Event, rows: &mut Rows<'_>) {
        let rulebook::Event::Adopted(adopted) = event;
        rows.put(Minimum::of(adopted));
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
            households: opened.households,
            opened_at: at,
            ballots_issued_at: None,
            ballots_maker: None,
            carrier: None,
            handed_out_on: None,
            closes_on: opened.closes_on,
            replies: 0,
            reach_asked: 0,
            aware: 0,
            took_part: 0,
            recognised: 0,
            very_satisfied: 0,
            satisfied: 0,
            neutral: 0,
            dissatisfied: 0,
            closed_at: None,
            minimum: None,
            target_percent: None,
        }),
        Event::BallotsIssued(issued) => {
            rows.update::<Survey, _>(&id, |survey| {
                survey.ballots_issued_at = Some(at);
                survey.ballots_maker = issued.maker;
            });
        }
        Event::HandedOut(handed) => {
            rows.update::<Survey, _>(&id, |survey| {
                survey.carrier = Some(handed.carrier);
                survey.handed_out_on = Some(handed.handed_out_on);
            });
        }
        Event::Replied(replied) => {
            rows.update::<Survey, _>(&id, |survey| survey.count(replied));
        }
        Event::Closed(_) => {
            let known = rows.get::<Minimum>(&fact.metadata.rulebook).cloned();
            let known = known.unwrap_or_else(|| Minimum::of(Adopted::shipped()));
            rows.update::<Survey, _>(&id, |survey| {
                survey.closed_at = Some(at);
                survey.minimum = Some(known.replies);
                survey.target_percent = Some(known.target_percent);
            });
        }
    }
}

impl Minimum {
    fn of(adopted: &Adopted) -> Self {
        let figures = adopted.rules.deliberation();
        Self {
            version: adopted.version,
            replies: *figures.survey_minimum_replies,
            target_percent: *figures.survey_target_percent,
        }
    }
}

impl Survey {
    fn count(&mut self, replied: &survey::Replied) {
        self.replies += 1;
        let mut reach =
            Reach { asked: self.reach_asked, aware: self.aware, took_part: self.took_part };
        reach.count(replied);
        (self.reach_asked, self.aware, self.took_part) =
            (reach.asked, reach.aware, reach.took_part);
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
