//! Squads that are complete by name.

use application::Clock as _;
use domain::county_date;
use domain::squad::Consent;

use crate::error::DemoError;
use crate::stage::{Desk, text};
use crate::story::Story;

impl Story {
    pub(super) async fn raise_headcount(&self) -> Result<(), DemoError> {
        let Some((_, squad)) = self.county.odd_squads() else { return Ok(()) };
        self.declare_headcount(squad, self.county.squads[squad].members * 2).await
    }

    pub(super) async fn lower_headcount(&self) -> Result<(), DemoError> {
        let Some((_, squad)) = self.county.odd_squads() else { return Ok(()) };
        self.declare_headcount(squad, self.county.squads[squad].headcount).await?;
        let what = "组建完成前调低总人数 headcount lowered before the squad was declared complete";
        let about = self.county.squads[squad].unit.to_string();
        self.odd("squads", what, about, "squad.headcount_lowered");
        Ok(())
    }

    async fn declare_headcount(&self, squad: usize, headcount: u32) -> Result<(), DemoError> {
        let unit = &self.county.squads[squad].unit;
        let caller = self.stage.desk(Desk::Administrator, unit)?;
        self.stage.app.declare_headcount(unit, headcount, &caller).await?;
        Ok(())
    }

    /// Half of the squad, so that too few are left.
    fn leaving(&self) -> Option<(usize, &[usize])> {
        let (squad, _) = self.county.odd_squads()?;
        let people = &self.census.of_squad[squad];
        Some((squad, &people[..people.len().div_ceil(2)]))
    }

    pub(super) async fn leave_squad(&self) -> Result<(), DemoError> {
        let Some((squad, people)) = self.leaving() else { return Ok(()) };
        let unit = &self.county.squads[squad].unit;
        for &who in people {
            let caller = self.stage.desk(Desk::Administrator, unit)?;
            let reason = text("本人表示未同意加入,退出")?;
            self.stage.app.leave_squad(unit, self.number_of(who), reason, &caller).await?;
        }
        Ok(())
    }

    pub(super) async fn join_again(&self) -> Result<(), DemoError> {
        let Some((squad, people)) = self.leaving() else { return Ok(()) };
        let unit = &self.county.squads[squad].unit;
        let given_on = county_date(self.stage.clock.now());
        for &who in people {
            let caller = self.stage.desk(Desk::Administrator, unit)?;
            let consent = Some(Consent { given_on, form: text("书面")? });
            self.stage.app.join_squad(unit, self.number_of(who), consent, &caller).await?;
        }
        let what =
            "期限届至时人数不足,事后补签同意 too few at the deadline, complete by later consents";
        self.odd("squads", what, unit.to_string(), "squad.complete_by_late_consent");
        Ok(())
    }
}
