//! 议题: raised by somebody, answered, held against the lists.

use std::sync::Arc;

use application::{Caller, Clock as _, Contact, NewIssue};
use domain::issue::{Channel, Expedition, Source, Step};
use domain::{IssueId, TopicCode, county_date};

use super::concern::{Concern, Fate, Way};
use super::office::Office;
use super::planted::{Failing, Planted, STAGED};
use super::subjects::Subject;
use super::village::{Topic, Village};
use super::village_action::VillageAction;
use crate::action::{Action, Next};
use crate::agenda::{at, days_after};
use crate::dice::Dice;
use crate::error::DemoError;
use crate::stage::text;
use crate::story::Story;

impl Story {
    pub(super) async fn raise(
        &self,
        village: Arc<Village>,
        concern: Concern,
    ) -> Result<Next, DemoError> {
        let mut dice = Dice::new(self.stage.seed, &concern.name, village.number as u64);
        let new = self.new_issue(&village, &concern, &mut dice)?;
        let (app, name) = (&self.stage.app, &concern.name);
        let by = |office| self.named(&village, office, name);
        let registered = match concern.way {
            Way::GridWorker => app.register_issue(new, &by(Office::GridWorker)?).await,
            Way::Mediator => {
                let new = NewIssue { source: Some(Source::Mediator), ..new };
                app.register_issue(new, &by(Office::Mediator)?).await
            }
            Way::Volunteer => app.register_issue(new, &by(Office::Volunteer)?).await,
            Way::Online | Way::Unnoticed => {
                let command = by(Office::GridWorker)?.command;
                app.register_issue_online(new, &Caller::resident(command)).await
            }
        };
        let (issue, today) = (registered?.issue, county_date(self.stage.clock.now()));
        let mut next = Next::new();
        let answer_in = match concern.way {
            Way::Online => Some(dice.between(1, 4)),
            Way::Unnoticed => Some(8),
            Way::GridWorker | Way::Mediator | Way::Volunteer => {
                let asked = matches!(concern.fate, Fate::Expedited | Fate::Forgotten);
                (asked || dice.percent(40)).then_some(1)
            }
        };
        if let Some(days) = answer_in {
            let answer = VillageAction::Answer(Arc::clone(&village), issue);
            next.push((at(days_after(today, days), 16, 0), Action::Deliberate(answer)));
        }
        let look = match concern.fate {
            Fate::Expedited | Fate::Forgotten => VillageAction::Expedite(village, issue, concern),
            Fate::Accepted | Fate::Merged | Fate::Rejected | Fate::RoutedOut | Fate::RoutedLate => {
                VillageAction::Triage(village, issue, concern)
            }
        };
        next.push((at(days_after(today, 1), 14, 0), Action::Deliberate(look)));
        Ok(next)
    }

    fn new_issue(
        &self,
        village: &Village,
        concern: &Concern,
        dice: &mut Dice,
    ) -> Result<NewIssue, DemoError> {
        let Subject { place, problem, remedy, .. } = concern.subject;
        let channels = [Channel::Visit, Channel::Door, Channel::Telephone, Channel::Box];
        let named = dice.percent(50);
        let number = village.number * 100 + dice.below(100) as usize;
        Ok(NewIssue {
            station: village.unit.clone(),
            raised_at: None,
            place: text(&format!("{}{place}", village.name))?,
            source: None,
            channel: dice.pick(&channels).copied().unwrap_or(Channel::Visit),
            asker: Contact {
                name: named.then(|| "示例居民".to_owned()),
                telephone: named.then(|| format!("154{:08}", 90_000_000 + number)),
            },
            problem: text(problem)?,
            wish: if dice.percent(60) { Some(text(remedy)?) } else { None },
            remark: None,
            photographs: vec![],
        })
    }

    pub(super) async fn answer_issue(
        &self,
        village: &Village,
        issue: IssueId,
    ) -> Result<Next, DemoError> {
        let answer = text("已到现场查看,将按村级议事程序办理,办理情况在公告栏公布")?;
        let caller = self.of(village, Office::GridWorker)?;
        self.stage.app.answer_issue(issue, answer, &caller).await?;
        Ok(vec![])
    }

    pub(super) async fn triage(
        &self,
        village: Arc<Village>,
        issue: IssueId,
        concern: Concern,
    ) -> Result<Next, DemoError> {
        let app = &self.stage.app;
        let secretary = || self.of(&village, Office::Secretary);
        let other =
            village.waiting().issues.iter().rev().find(|it| !it.ratifies).map(|it| it.issue);
        match (concern.fate, other) {
            (Fate::Merged, Some(into)) => {
                app.merge_issue(issue, into, &secretary()?).await?;
            }
            (Fate::Rejected, _) => {
                let reason = text("属于个人之间的私事,双方愿意自行协商")?;
                app.reject_issue(issue, reason, &secretary()?).await?;
            }
            (Fate::RoutedOut | Fate::RoutedLate, _) => {
                return self.route_out(village, issue, concern).await;
            }
            (Fate::Accepted | Fate::Merged | Fate::Expedited | Fate::Forgotten, _) => {
                let topic = TopicCode::new(concern.subject.topic)?;
                app.triage_issue(issue, topic, &secretary()?).await?;
                app.accept_issue(issue, &secretary()?).await?;
                if concern.subject.is_great() {
                    self.prepare(&village, issue).await?;
                }
                let topic = Topic { issue, subject: concern.subject, ratifies: false };
                village.waiting().issues.push(topic);
            }
        }
        Ok(vec![])
    }

    /// 四议两公开, up to the representatives' meeting.
    async fn prepare(&self, village: &Village, issue: IssueId) -> Result<(), DemoError> {
        let today = county_date(self.stage.clock.now());
        for step in Step::ALL {
            let conclusion = text(&format!("{}:同意提请村民代表会议决议", step.zh()))?;
            let shown = self.picture(village, step.as_str()).await?;
            let office = match step {
                Step::BranchProposal => Office::Branch,
                Step::Consultation | Step::PartyReview => Office::Secretary,
            };
            let caller = self.of(village, office)?;
            self.stage.app.take_step(issue, *step, today, conclusion, &shown, &caller).await?;
        }
        Ok(())
    }

    /// 急事急议: the secretary approves what the mediator registered.
    pub(super) async fn expedite(
        &self,
        village: &Village,
        issue: IssueId,
        concern: Concern,
    ) -> Result<Next, DemoError> {
        let (reason, measure) = (text("汛期险情,等不到月度议事会")?, text(concern.subject.remedy)?);
        let secretary = || self.of(village, Office::Secretary);
        let app = &self.stage.app;
        app.triage_issue(issue, TopicCode::new(concern.subject.topic)?, &secretary()?).await?;
        app.expedite_issue(issue, Expedition::Urgent, reason, measure, &secretary()?).await?;
        let mut waiting = village.waiting();
        if concern.fate == Fate::Forgotten {
            waiting.forgotten = Some(issue);
        } else {
            waiting.issues.push(Topic { issue, subject: concern.subject, ratifies: true });
            if village.number < STAGED {
                let what = "急事急议,下次会议追认 urgent, ratified";
                self.deliberation.plant(Planted::expedited(what, issue, None));
            }
        }
        Ok(vec![])
    }

    /// A meeting was held and did not ratify what was done before it.
    pub(super) fn find_unratified(&self, village: &Village, held_on: jiff::civil::Date) {
        if let Some(issue) = village.waiting().forgotten.take() {
            let what = "急事急议,一直没有追认 urgent, never ratified";
            let failing = Failing::after("expedited.not_ratified", held_on);
            self.deliberation.plant(Planted::expedited(what, issue, Some(failing)));
        }
    }

    /// What a meeting ratified is settled by the answer that was given.
    pub(super) async fn settle_issue(
        &self,
        village: &Village,
        issue: IssueId,
    ) -> Result<Next, DemoError> {
        let result = text("险情已排除,处置和费用经会议追认")?;
        let caller = self.of(village, Office::Secretary)?;
        self.stage.app.settle_issue(issue, result, &caller).await?;
        Ok(vec![])
    }
}
