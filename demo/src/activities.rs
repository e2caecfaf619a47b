//! 活动: published, signed up for, held.

use std::sync::Arc;

use application::{Caller, Clock as _, CommandOutcome, Error, NewActivity};
use domain::activity::{Insured, RiskAssessed};
use domain::{ActivityId, PersonId, UnitCode};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};

use super::action::{Action, Next, Part};
use super::agenda::after;
use super::error::DemoError;
use super::plan::{Plan, Trial};
use super::stage::{Desk, account, text};
use super::story::{AT_ONCE, Story};

impl Story {
    pub(super) fn organiser(&self, plan: &Plan) -> &UnitCode {
        &self.county.squads[plan.squad].unit
    }

    pub(super) fn person(&self, who: usize) -> PersonId {
        self.census.people[who].id
    }

    pub(super) async fn publish(&self, plan: Arc<Plan>) -> Result<Next, DemoError> {
        let attester = account(Desk::Attester, self.organiser(&plan))?;
        let squad = &self.county.squads[plan.squad];
        let capacity =
            (plan.trial == Trial::Full).then(|| plan.people.len().try_into().unwrap_or(u32::MAX));
        let new = NewActivity {
            title: text(plan.theme.title)?,
            kind: plan.theme.kind,
            class: plan.theme.class,
            organiser: squad.unit.clone(),
            place: text(&format!("{}{}", squad.name, plan.theme.place))?,
            starts_at: plan.starts_at,
            ends_at: plan.ends_at(),
            emergency: plan.emergency,
            dangerous: plan.dangerous,
            capacity,
            in_charge: attester.id.clone(),
            paper: None,
        };
        if plan.trial == Trial::NotAhead {
            let (starts_at, emergency) = (self.stage.clock.now(), false);
            let started = NewActivity { starts_at, emergency, ..new.clone() };
            let caller = self.stage.by(attester.clone());
            let published = self.stage.app.publish_activity(started, &caller).await;
            self.stage.refused("activity.not_ahead", published)?;
        }
        self.stage.app.publish_activity(new, &Caller::new(attester, plan.id)).await?;
        Ok(vec![(plan.enlist_at, Action::Enlist(plan))])
    }

    pub(super) async fn enlist(&self, plan: Arc<Plan>) -> Result<Next, DemoError> {
        if plan.dangerous {
            let findings = text("已核查场地和天气,配备救生衣和对讲机,两人一组")?;
            let assessed = RiskAssessed { dangerous: true, findings };
            let caller = self.stage.desk(Desk::Administrator, self.organiser(&plan))?;
            self.stage.app.assess_risk(ActivityId(plan.id), assessed, &caller).await?;
        }
        for &who in &plan.people {
            self.sign_up(&plan, who).await?;
        }
        if let (Trial::Full, Some(another)) = (plan.trial, self.another(&plan, false)) {
            self.stage.refused("activity.full", self.sign_up(&plan, another).await)?;
        }
        if let (Trial::MinorInDanger, Some(minor)) = (plan.trial, self.another(&plan, true)) {
            self.stage.refused("activity.minor_in_danger", self.sign_up(&plan, minor).await)?;
        }
        if let (Trial::SignUpCancelled, Some(&who)) = (plan.trial, plan.people.last()) {
            let person = self.person(who);
            let caller = self.stage.volunteer(person)?;
            self.stage.app.cancel_sign_up(ActivityId(plan.id), person, &caller).await?;
        }
        if plan.dangerous {
            let uninsured = usize::from(plan.trial == Trial::Uninsured);
            self.insure(&plan, &plan.present()[uninsured..]).await?;
        }
        if plan.trial == Trial::Cancelled {
            let caller = self.stage.desk(Desk::Attester, self.organiser(&plan))?;
            let reason = text("受强降雨影响取消,另行组织")?;
            self.stage.app.cancel_activity(ActivityId(plan.id), reason, &caller).await?;
            return Ok(vec![]);
        }
        Ok(vec![(plan.starts_at.max(plan.enlist_at), Action::Start(plan))])
    }

    async fn sign_up(&self, plan: &Plan, who: usize) -> Result<CommandOutcome, Error> {
        let person = self.person(who);
        let caller = self.stage.volunteer(person).map_err(Error::refused)?;
        self.stage.app.sign_up(ActivityId(plan.id), person, &caller).await
    }

    /// A minor or an adult who has not signed up.
    pub(super) fn another(&self, plan: &Plan, minor: bool) -> Option<usize> {
        let first = plan.people.first().copied().unwrap_or(0);
        let all = self.census.people.len();
        (1..all).map(|step| (first + step) % all).find(|who| {
            let person = &self.census.people[*who];
            person.minor == minor && !person.withdrawn && !plan.people.contains(who)
        })
    }

    async fn insure(&self, plan: &Plan, people: &[usize]) -> Result<(), DemoError> {
        let caller = self.stage.desk(Desk::Administrator, self.organiser(plan))?;
        let policy = text(&format!("示例保险 志愿者意外险第{}号", plan.number + 1))?;
        let volunteers = people.iter().map(|&who| self.person(who)).collect();
        self.stage.app.insure(ActivityId(plan.id), Insured { policy, volunteers }, &caller).await?;
        Ok(())
    }

    pub(super) async fn start(&self, plan: Arc<Plan>) -> Result<Next, DemoError> {
        let (app, activity) = (&self.stage.app, ActivityId(plan.id));
        let attester = self.stage.desk(Desk::Attester, self.organiser(&plan))?;
        if plan.trial == Trial::Uninsured {
            self.stage
                .refused("activity.uninsured", app.start_activity(activity, &attester).await)?;
            self.insure(&plan, &plan.present()[..1]).await?;
        }
        app.start_activity(activity, &self.stage.by(attester.actor)).await?;
        if plan.checks {
            each(plan.present(), |who| async move {
                let person = self.person(who);
                app.check_in(person, activity, &self.stage.volunteer(person)?).await?;
                Ok(())
            })
            .await?;
        }
        if plan.trial == Trial::Future {
            let part = self.part(&plan, 0);
            let recorder = self.stage.desk(Desk::Recorder, self.organiser(&plan))?;
            let recorded =
                app.record_service(self.person(part.who), self.report(&part)?, &recorder);
            self.stage.refused("service.in_future", recorded.await)?;
        }
        let mut next = vec![(plan.ends_at(), Action::Finish(Arc::clone(&plan)))];
        if plan.trial == Trial::Longer {
            next.push((after(plan.starts_at, plan.minutes - 30), Action::LeaveEarly(plan)));
        }
        Ok(next)
    }

    pub(super) async fn leave_early(&self, plan: &Plan) -> Result<Next, DemoError> {
        let person = self.person(plan.present()[0]);
        let caller = self.stage.volunteer(person)?;
        self.stage.app.check_out(person, ActivityId(plan.id), &caller).await?;
        Ok(vec![])
    }

    pub(super) async fn finish(&self, plan: Arc<Plan>) -> Result<Next, DemoError> {
        let activity = ActivityId(plan.id);
        if plan.checks {
            let left = usize::from(plan.trial == Trial::Longer);
            each(&plan.present()[left..], |who| async move {
                let person = self.person(who);
                let caller = self.stage.volunteer(person)?;
                self.stage.app.check_out(person, activity, &caller).await?;
                Ok(())
            })
            .await?;
        }
        let attester = self.stage.desk(Desk::Attester, self.organiser(&plan))?;
        let summary =
            text(&format!("{}顺利结束,{}人参加", plan.theme.title, plan.present().len()))?;
        self.stage.app.close_activity(activity, plan.ends_at(), summary, &attester).await?;
        let forgotten =
            if plan.trial == Trial::Backfill { plan.present().len().div_ceil(3) } else { 0 };
        let parts = (0..plan.present().len()).map(|index| self.part(&plan, index));
        Ok(parts
            .map(|part| match part.index < forgotten {
                true => (plan.found_at, Action::Backfill(part)),
                false => (plan.record_at, Action::Record(part)),
            })
            .collect())
    }

    /// What one of those who came gave: mostly all of it, sometimes half an hour less.
    fn part(&self, plan: &Arc<Plan>, index: usize) -> Part {
        let left_early = index == 0 && plan.trial == Trial::Longer;
        let less =
            if left_early || (plan.number as usize + index).is_multiple_of(9) { 30 } else { 0 };
        let who = plan.present()[index];
        Part { plan: Arc::clone(plan), index, who, minutes: plan.minutes - less }
    }
}

/// Does the same for several people at the same time.
async fn each<D: Future<Output = Result<(), DemoError>>>(
    people: &[usize],
    act: impl Fn(usize) -> D,
) -> Result<(), DemoError> {
    stream::iter(people).map(|&who| act(who)).buffered(AT_ONCE).try_collect().await
}
