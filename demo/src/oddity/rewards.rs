//! Points and a star that no service explains, and names that are read for nothing.

use application::Caller;
use domain::Minutes;
use domain::points::{Account, Command as PointsCommand};
use domain::volunteer::{Command as VolunteerCommand, Volunteer};
use jiff::civil::date;

use super::plot::{Cast, Odd};
use crate::error::DemoError;
use crate::stage::Desk;
use crate::story::Story;

/// People whom the county office reads about for one person's affair.
const MANY: usize = 25;

impl Story {
    /// Whoever can act as the service itself can say that hours were attested which nobody recorded: an account and a
    /// volunteer believe what their policies tell them of records.
    pub(super) async fn reward_odd(&self) -> Result<(), DemoError> {
        let Some(Cast { rewarded, .. }) = self.oddities.cast else { return Ok(()) };
        let volunteer = self.number_of(rewarded);
        let key = volunteer.to_string();
        let service = |name: &str| Caller::system(name, self.stage.named(name));
        let earn = PointsCommand::Earn { record: 999, revision: 1, minutes: Minutes(120) };
        let caller = service("policy:earn-points")?;
        self.stage.app.execute::<Account>(&key, earn, &caller).await?;
        let what = "没有记录的积分 points that no record explains";
        self.odd("points", what, key.clone(), "points.unexplained");
        let review = VolunteerCommand::ReviewStar { volunteer, attested: Minutes(101 * 60) };
        let caller = service("policy:review-star")?;
        self.stage.app.execute::<Volunteer>(&key, review, &caller).await?;
        self.oddities.note(Odd {
            part: "points",
            what: "没有时长的星级 a star that no hours explain",
            about: key,
            code: "star.unexplained",
            // Publicised on the evening of the 20th, it is given when seven days have passed.
            since: date(2022, 3, 28),
        });
        Ok(())
    }

    pub(super) async fn read_odd(&self) -> Result<(), DemoError> {
        let Some(Cast { squad, one_desk, long_day, rewarded }) = self.oddities.cast else {
            return Ok(());
        };
        let unit = &self.county.squads[squad].unit;
        let app = &self.stage.app;
        for (who, purpose) in [(one_desk, "电话回访"), (long_day, "看看"), (rewarded, "看看")]
        {
            let caller = self.stage.desk(Desk::Administrator, unit)?;
            app.read_personal_data(self.number_of(who), purpose.to_owned(), &caller).await?;
        }
        let people = self.census.people.iter().filter(|person| !person.withdrawn).take(MANY);
        for person in people {
            let caller = self.stage.office()?;
            app.read_personal_data(person.id, "办理本人申请".to_owned(), &caller).await?;
        }
        let administrator = self.stage.desk(Desk::Administrator, unit)?.actor.id.to_string();
        let what = "查阅姓名未说明用途 names read for a purpose that says nothing";
        self.odd("access", what, administrator, "access.no_purpose");
        let office = self.stage.office()?.actor.id.to_string();
        let what = "以一人申请为由查阅多人 many read about under one person's application";
        self.odd("access", what, office, "access.purpose_does_not_fit");
        Ok(())
    }
}
