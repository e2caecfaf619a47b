//! 服务记录: recorded by one, attested by another, disputed by the third.

use application::{Clock as _, CommandOutcome, EntryReport};
use domain::service::{Event as ServiceEvent, Outcome};
use domain::{ActivityId, Event, Minutes, county_date};

use super::action::{Action, Next, Part};
use super::agenda::{after, at, days_after};
use super::dice::Dice;
use super::error::DemoError;
use super::plan::Trial;
use super::stage::{Desk, text};
use super::story::Story;

impl Story {
    pub(super) fn report(&self, part: &Part) -> Result<EntryReport, DemoError> {
        let plan = &part.plan;
        let (what, most) = plan.theme.outcome;
        let count = self.dice("outcome", part).between(1, most);
        Ok(EntryReport {
            activity: ActivityId(plan.id),
            content: text(plan.theme.content)?,
            started_at: plan.starts_at,
            ended_at: plan.ends_at(),
            minutes: Minutes(part.minutes),
            outcomes: vec![Outcome { what, count }],
        })
    }

    fn dice(&self, what: &str, part: &Part) -> Dice {
        Dice::new(self.stage.seed, what, part.plan.number * 100 + part.index as u64)
    }

    /// A clock time some days after today.
    fn in_days(&self, days: u32, hour: u32) -> jiff::Timestamp {
        at(days_after(county_date(self.stage.clock.now()), days), hour, 0)
    }

    pub(super) async fn record(&self, part: Part) -> Result<Next, DemoError> {
        let (app, person) = (&self.stage.app, self.person(part.who));
        let unit = self.organiser(&part.plan);
        let trial = if part.index == 0 { part.plan.trial } else { Trial::None };
        self.try_wrong_records(&part, trial).await?;
        let desk = if trial == Trial::SelfAttested { Desk::Administrator } else { Desk::Recorder };
        let caller = self.stage.desk(desk, unit)?;
        let done = app.record_service(person, self.report(&part)?, &caller).await?;
        let record = number_of(&done)?;
        let again = self.stage.by(caller.actor);
        match trial {
            Trial::SelfAttested => {
                let attested = app.attest_service(person, record, None, &again).await;
                self.stage.refused("service.self_attested", attested)?;
            }
            Trial::Role => {
                let attested = app.attest_service(person, record, None, &again).await;
                self.stage.refused("permission.role", attested)?;
            }
            Trial::Overlap => {
                let recorded = app.record_service(person, self.report(&part)?, &again).await;
                self.stage.refused("service.overlap", recorded)?;
            }
            Trial::None
            | Trial::NotAhead
            | Trial::Full
            | Trial::Future
            | Trial::Outside
            | Trial::Longer
            | Trial::NotSignedUp
            | Trial::Backfill
            | Trial::Uninsured
            | Trial::MinorInDanger
            | Trial::SignUpCancelled
            | Trial::Cancelled
            | Trial::Emergency => {}
        }
        Ok(vec![(part.plan.attest_at, Action::Attest(part, record))])
    }

    /// What cannot be true is refused before the true record is made.
    async fn try_wrong_records(&self, part: &Part, trial: Trial) -> Result<(), DemoError> {
        let mut said = self.report(part)?;
        let mut person = self.person(part.who);
        let code = match trial {
            Trial::Outside => {
                said.ended_at = after(said.ended_at, 60);
                said.minutes = Minutes(part.plan.minutes + 60);
                "service.outside_activity"
            }
            Trial::Longer => {
                said.minutes = Minutes(part.plan.minutes);
                "service.longer_than_presence"
            }
            Trial::NotSignedUp => {
                person = self.person(self.another(&part.plan, false).unwrap_or(part.who));
                "service.not_signed_up"
            }
            Trial::None
            | Trial::NotAhead
            | Trial::Full
            | Trial::Future
            | Trial::SelfAttested
            | Trial::Role
            | Trial::Backfill
            | Trial::Overlap
            | Trial::Uninsured
            | Trial::MinorInDanger
            | Trial::SignUpCancelled
            | Trial::Cancelled
            | Trial::Emergency => return Ok(()),
        };
        let caller = self.stage.desk(Desk::Recorder, self.organiser(&part.plan))?;
        self.stage.refused(code, self.stage.app.record_service(person, said, &caller).await)
    }

    /// Too late to record, so a backfill is asked for.
    pub(super) async fn backfill(&self, part: Part) -> Result<Next, DemoError> {
        let (app, person) = (&self.stage.app, self.person(part.who));
        let caller = self.stage.desk(Desk::Administrator, self.organiser(&part.plan))?;
        let recorded = app.record_service(person, self.report(&part)?, &caller).await;
        self.stage.refused("service.late", recorded)?;
        let evidence = text("签到表原件和活动照片,已存档")?;
        let again = self.stage.by(caller.actor);
        let report = self.report(&part)?;
        let done = app.request_backfill(person, report, evidence, None, &again).await?;
        Ok(vec![(self.in_days(1, 9), Action::ApproveBackfill(part, number_of(&done)?))])
    }

    pub(super) async fn approve_backfill(
        &self,
        part: Part,
        record: u32,
    ) -> Result<Next, DemoError> {
        let (app, person) = (&self.stage.app, self.person(part.who));
        let asker = self.stage.desk(Desk::Administrator, self.organiser(&part.plan))?;
        let approved = app.approve_backfill(person, record, &asker).await;
        self.stage.refused("service.self_approved", approved)?;
        app.approve_backfill(person, record, &self.stage.office()?).await?;
        Ok(vec![(self.in_days(1, 10), Action::AttestAgain(part, record))])
    }

    pub(super) async fn attest(&self, part: Part, record: u32) -> Result<Next, DemoError> {
        self.attest_again(&part, record).await?;
        let mut dice = self.dice("dispute", &part);
        let disputed = dice.percent(1) || (part.index == 1 && part.plan.number % 10 == 4);
        let at = self.in_days(dice.between(2, 6), 20);
        Ok(if disputed { vec![(at, Action::Dispute(part, record))] } else { vec![] })
    }

    pub(super) async fn attest_again(&self, part: &Part, record: u32) -> Result<Next, DemoError> {
        let mut dice = self.dice("rating", part);
        let rating = dice.percent(80).then(|| if dice.percent(75) { 5 } else { 4 });
        let caller = self.stage.desk(Desk::Attester, self.organiser(&part.plan))?;
        self.stage.app.attest_service(self.person(part.who), record, rating, &caller).await?;
        Ok(vec![])
    }

    pub(super) async fn dispute(&self, part: Part, record: u32) -> Result<Next, DemoError> {
        let person = self.person(part.who);
        let caller = self.stage.volunteer(person)?;
        let reason = text("记录的时长与实际不符,请核实")?;
        let disputed = self.stage.app.dispute_service(person, record, reason, &caller).await;
        // A check of the records may have voided it meanwhile.
        let disputed = self.stage.perhaps("service.voided", disputed)?;
        let settled = disputed.map(|_| (self.in_days(3, 10), Action::Settle(part, record)));
        Ok(settled.into_iter().collect())
    }

    /// A third keeps the record, a third corrects it, a third voids it.
    pub(super) async fn settle(&self, part: Part, record: u32) -> Result<Next, DemoError> {
        let (app, person, office) = (&self.stage.app, self.person(part.who), self.stage.office()?);
        match (part.plan.number / 10 + part.index as u64) % 3 {
            0 => {
                let reason = text("经核对签到表,记录属实")?;
                app.dismiss_dispute(person, record, reason, &office).await?;
            }
            1 => {
                let reason = text("扣除途中休息时间")?;
                let mut said = self.report(&part)?;
                said.minutes = Minutes(said.minutes.0 - 30);
                app.correct_service(person, record, said, reason, &office).await?;
                return Ok(vec![(self.in_days(1, 10), Action::AttestAgain(part, record))]);
            }
            _ => {
                let reason = text("经核对未实际参加,记录作废")?;
                app.void_service(person, record, reason, &office).await?;
            }
        }
        Ok(vec![])
    }

    pub(super) async fn void(&self, who: usize, record: u32) -> Result<Next, DemoError> {
        let (person, office) = (self.person(who), self.stage.office()?);
        let reason = text("年中核查发现签到记录不实,予以作废")?;
        let voided = self.stage.app.void_service(person, record, reason, &office).await;
        self.stage.perhaps("service.voided", voided)?;
        Ok(vec![])
    }
}

/// The number that a record or a backfill got.
pub fn number_of(done: &CommandOutcome) -> Result<u32, DemoError> {
    let number = done.events.iter().find_map(|event| {
        if let Event::Service(ServiceEvent::Recorded(recorded)) = event {
            Some(recorded.record)
        } else if let Event::Service(ServiceEvent::BackfillRequested(requested)) = event {
            Some(requested.record)
        } else {
            None
        }
    });
    let got = "no record".to_owned();
    number.ok_or(DemoError::OtherThanTold { expected: "a record", got })
}
