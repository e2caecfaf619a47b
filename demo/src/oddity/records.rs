//! Hours that are recorded and attested from one desk, and a day that is too long.

use application::{Caller, CommandOutcome, EntryReport, NewActivity};
use domain::activity::{Class, Kind};
use domain::{ActivityId, Actor, ActorId, Minutes, PersonId, Role};

use super::plot::{Cast, LONG, Occasion, SHORT};
use crate::error::DemoError;
use crate::services::number_of;
use crate::stage::{Desk, account, text};
use crate::story::Story;

impl Story {
    fn odd_id(&self, occasion: Occasion) -> ActivityId {
        ActivityId(self.stage.named(occasion.name))
    }

    pub(super) async fn announce_odd(&self) -> Result<(), DemoError> {
        let Some(Cast { squad, one_desk, long_day, .. }) = self.oddities.cast else {
            return Ok(());
        };
        let squad = &self.county.squads[squad];
        for (occasion, people) in [(SHORT, vec![one_desk, long_day]), (LONG, vec![long_day])] {
            let attester = account(Desk::Attester, &squad.unit)?;
            let new = NewActivity {
                title: text(occasion.title)?,
                kind: Kind::PublicOrder,
                class: Class::Governance,
                organiser: squad.unit.clone(),
                place: text(&format!("{}文化礼堂", squad.name))?,
                starts_at: occasion.starts_at(),
                ends_at: occasion.ends_at(),
                emergency: false,
                dangerous: false,
                capacity: None,
                in_charge: attester.id.clone(),
                paper: None,
            };
            let caller = Caller::new(attester, self.odd_id(occasion).0);
            self.stage.app.publish_activity(new, &caller).await?;
            for who in people {
                let person = self.number_of(who);
                let caller = self.stage.volunteer(person)?;
                self.stage.app.sign_up(self.odd_id(occasion), person, &caller).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn begin_odd(&self, occasion: Occasion) -> Result<(), DemoError> {
        let Some(cast) = self.oddities.cast else { return Ok(()) };
        let caller = self.stage.desk(Desk::Attester, &self.county.squads[cast.squad].unit)?;
        self.stage.app.start_activity(self.odd_id(occasion), &caller).await?;
        Ok(())
    }

    pub(super) async fn end_odd(&self, occasion: Occasion) -> Result<(), DemoError> {
        let Some(cast) = self.oddities.cast else { return Ok(()) };
        let caller = self.stage.desk(Desk::Attester, &self.county.squads[cast.squad].unit)?;
        let summary = text("顺利结束")?;
        let id = self.odd_id(occasion);
        self.stage.app.close_activity(id, occasion.ends_at(), summary, &caller).await?;
        Ok(())
    }

    /// Two accounts of one person record and attest; only another record tells whose account the first is.
    pub(super) async fn certify_odd(&self) -> Result<(), DemoError> {
        let Some(Cast { squad, one_desk, long_day, rewarded }) = self.oddities.cast else {
            return Ok(());
        };
        let unit = &self.county.squads[squad].unit;
        let clerk = Some(self.number_of(rewarded));
        let second = |name: &str, role: Role, person: Option<PersonId>| {
            let id = ActorId::new(&format!("{name}.{unit}"))?;
            Ok::<_, DemoError>(self.stage.by(Actor { id, role, unit: Some(unit.clone()), person }))
        };
        let unnamed = second("recorder2", Role::Recorder, None)?;
        let record = self.record_odd(one_desk, SHORT, &unnamed).await?;
        let attester = second("attester2", Role::Attester, clerk)?;
        self.attest_odd(one_desk, record, &attester).await?;
        let named = second("recorder2", Role::Recorder, clerk)?;
        let record = self.record_odd(long_day, SHORT, &named).await?;
        self.attest_odd(long_day, record, &self.stage.desk(Desk::Attester, unit)?).await?;
        let recorder = self.stage.desk(Desk::Recorder, unit)?;
        let record = self.record_odd(long_day, LONG, &recorder).await?;
        self.attest_odd(long_day, record, &self.stage.desk(Desk::Attester, unit)?).await?;
        for (what, code) in [
            ("同一人用两个账号记录和认定 recorded and attested from one desk", "hours.one_desk"),
            ("一天计入15小时 fifteen hours on one day", "hours.day_too_long"),
        ] {
            self.odd("hours", what, unit.to_string(), code);
        }
        Ok(())
    }

    async fn record_odd(
        &self,
        who: usize,
        occasion: Occasion,
        caller: &Caller,
    ) -> Result<u32, DemoError> {
        let report = EntryReport {
            activity: self.odd_id(occasion),
            content: text("维护秩序,发放宣传册")?,
            started_at: occasion.starts_at(),
            ended_at: occasion.ends_at(),
            minutes: Minutes(occasion.minutes),
            outcomes: vec![],
        };
        let person = self.number_of(who);
        let done: CommandOutcome = self.stage.app.record_service(person, report, caller).await?;
        number_of(&done)
    }

    async fn attest_odd(&self, who: usize, record: u32, caller: &Caller) -> Result<(), DemoError> {
        self.stage.app.attest_service(self.number_of(who), record, None, caller).await?;
        Ok(())
    }
}
