//! 星级、积分、退出: what follows for those who serve, and who leaves.

use application::{Caller, Clock as _, Contact};
use domain::notice::Verdict;
use domain::points::Event as PointsEvent;
use domain::volunteer::{PersonalDataErased, Tier, TierChanged};
use domain::{Event, NoticeId, county_date};

use super::action::{Action, Next};
use super::agenda::{at, days_after};
use super::error::DemoError;
use super::stage::{Desk, text};
use super::story::Story;

impl Story {
    pub(super) async fn promote(&self, who: usize) -> Result<Next, DemoError> {
        let person = &self.census.people[who];
        let caller =
            self.stage.desk(Desk::Administrator, &self.county.squads[person.squad].unit)?;
        let changed = TierChanged {
            tier: Tier::KeyManager,
            reason: text("获评星级,承担带队任务")?,
        };
        self.stage.app.change_tier(person.id, changed, &caller).await?;
        Ok(vec![])
    }

    pub(super) async fn redeem(
        &self,
        who: usize,
        item: &str,
        undone: bool,
    ) -> Result<Next, DemoError> {
        let person = self.person(who);
        let caller = self.stage.volunteer(person)?;
        let redeemed = self.stage.app.redeem(person, item.to_owned(), &caller).await;
        // Points may have been reversed or expired since the wish was made.
        let Some(done) = self.stage.perhaps("points.insufficient", redeemed)? else {
            return Ok(vec![]);
        };
        let number = done.events.iter().find_map(|event| {
            if let Event::Points(PointsEvent::Redeemed(redeemed)) = event {
                Some(redeemed.redemption)
            } else {
                None
            }
        });
        let day = days_after(county_date(self.stage.clock.now()), 3);
        let cancelled =
            number.filter(|_| undone).map(|number| Action::CancelRedemption(who, number));
        Ok(cancelled.map(|action| (at(day, 15, 0), action)).into_iter().collect())
    }

    pub(super) async fn cancel_redemption(
        &self,
        who: usize,
        number: u32,
    ) -> Result<Next, DemoError> {
        let person = &self.census.people[who];
        let caller =
            self.stage.desk(Desk::Administrator, &self.county.squads[person.squad].unit)?;
        self.stage.app.cancel_redemption(person.id, number, &caller).await?;
        Ok(vec![])
    }

    pub(super) async fn overdraw(&self, who: usize) -> Result<Next, DemoError> {
        let person = self.person(who);
        let caller = self.stage.volunteer(person)?;
        let redeemed = self.stage.app.redeem(person, "HEALTH".to_owned(), &caller).await;
        self.stage.refused("points.insufficient", redeemed)?;
        Ok(vec![])
    }

    pub(super) async fn close_early(&self, notice: &NoticeId) -> Result<Next, DemoError> {
        let closed = self.stage.app.close_notice(notice, &self.stage.office()?).await;
        self.stage.refused("notice.too_early", closed)?;
        Ok(vec![])
    }

    /// A resident without an account objects to a star.
    pub(super) async fn object(
        &self,
        notice: NoticeId,
        verdict: Verdict,
    ) -> Result<Next, DemoError> {
        let caller = Caller::resident(self.stage.named(&format!("objection-{notice}")));
        let ground = text("公示的服务时长与本村实际巡逻次数不符,请核查")?;
        let nobody = Contact::default();
        let filed = self.stage.app.file_objection(&notice, ground, &nobody, &caller).await;
        // Hours that changed may have withdrawn the notice.
        let filed = self.stage.perhaps("notice.ended", filed)?;
        let day = days_after(county_date(self.stage.clock.now()), 2);
        Ok(filed.map(|_| (at(day, 10, 0), Action::Answer(notice, verdict))).into_iter().collect())
    }

    pub(super) async fn answer(
        &self,
        notice: &NoticeId,
        verdict: Verdict,
    ) -> Result<Next, DemoError> {
        let answer = match verdict {
            Verdict::Upheld => "经核查异议成立,本次不予评定",
            Verdict::Dismissed => "经核对签到表,时长属实",
        };
        let (answer, office) = (text(answer)?, self.stage.office()?);
        let answered = self.stage.app.answer_objection(notice, 1, verdict, answer, &office).await;
        self.stage.perhaps("notice.ended", answered)?;
        Ok(vec![])
    }

    pub(super) async fn withdraw(&self, who: usize, erased: bool) -> Result<Next, DemoError> {
        let person = self.person(who);
        let withdrawn = text("工作调动,本人申请退出")?;
        let caller = self.stage.volunteer(person)?;
        self.stage.app.withdraw_volunteer(person, withdrawn, &caller).await?;
        if erased {
            let legal_basis = text("个人信息保护法第47条")?;
            let erased = PersonalDataErased {
                reason: text("本人撤回同意,申请删除")?, legal_basis
            };
            self.stage.app.erase_personal_data(person, erased, &self.stage.office()?).await?;
        }
        Ok(vec![])
    }
}
