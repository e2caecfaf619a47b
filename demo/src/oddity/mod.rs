//! 反常情节: what no rule refuses, because each step by itself may be taken, and what an audit has to find.

mod plot;
mod records;
mod rewards;
mod squads;

pub use plot::{Odd, Oddities, Oddity};

use application::Clock as _;
use domain::{PersonId, county_date};
use jiff::civil::{Date, date};

use super::action::{Action, Next};
use super::agenda::at;
use super::error::DemoError;
use super::story::Story;
use plot::{Cast, LONG, SHORT};

impl Story {
    /// Puts everything down that is known beforehand.
    pub(super) fn plan_oddities(&mut self) {
        let planned = [
            (at(date(2021, 11, 14), 10, 0), Oddity::RaiseHeadcount),
            (at(date(2021, 11, 30), 17, 0), Oddity::LeaveSquad),
            (at(date(2021, 12, 2), 10, 0), Oddity::JoinAgain),
            (at(date(2022, 3, 8), 9, 0), Oddity::Announce),
            (at(date(2022, 3, 12), 9, 0), Oddity::BeginShort),
            (at(date(2022, 3, 12), 11, 0), Oddity::EndShort),
            (at(date(2022, 3, 13), 6, 0), Oddity::BeginLong),
            (at(date(2022, 3, 13), 21, 0), Oddity::EndLong),
            (at(date(2022, 3, 15), 10, 0), Oddity::Certify),
            (at(date(2022, 3, 20), 10, 0), Oddity::Reward),
            (at(date(2022, 3, 22), 10, 0), Oddity::Read),
        ];
        self.agenda.extend(planned.map(|(moment, oddity)| (moment, Action::Odd(oddity))));
    }

    /// Chooses with whom it is played.
    pub(super) fn cast_oddities(&mut self) {
        let free = |who: &usize| {
            let person = &self.census.people[*who];
            !person.minor && !person.withdrawn && person.zeal == 0
        };
        let squads = self.census.of_squad.iter().enumerate();
        let mut casts = squads.filter_map(|(squad, people)| {
            let mut adults = people.iter().copied().filter(free);
            let (one_desk, long_day, rewarded) = (adults.next()?, adults.next()?, adults.next()?);
            Some(Cast { squad, one_desk, long_day, rewarded })
        });
        let cast = casts.next();
        if let Some(Cast { one_desk, long_day, rewarded, .. }) = cast {
            for who in [one_desk, long_day, rewarded] {
                let person = &mut self.census.people[who];
                (person.busy_until, person.rests_until) = (Date::MAX, Date::MAX);
            }
        }
        self.oddities.cast = cast;
    }

    pub(super) async fn play_odd(&self, oddity: Oddity) -> Result<Next, DemoError> {
        match oddity {
            Oddity::RaiseHeadcount => self.raise_headcount().await?,
            Oddity::LowerHeadcount => self.lower_headcount().await?,
            Oddity::LeaveSquad => self.leave_squad().await?,
            Oddity::JoinAgain => self.join_again().await?,
            Oddity::Announce => self.announce_odd().await?,
            Oddity::BeginShort => self.begin_odd(SHORT).await?,
            Oddity::EndShort => self.end_odd(SHORT).await?,
            Oddity::BeginLong => self.begin_odd(LONG).await?,
            Oddity::EndLong => self.end_odd(LONG).await?,
            Oddity::Certify => self.certify_odd().await?,
            Oddity::Reward => self.reward_odd().await?,
            Oddity::Read => self.read_odd().await?,
        }
        Ok(vec![])
    }

    /// Notes what an audit finds from today on.
    pub(super) fn odd(
        &self,
        part: &'static str,
        what: &'static str,
        about: String,
        code: &'static str,
    ) {
        let since = county_date(self.stage.clock.now());
        self.oddities.note(Odd { part, what, about, code, since });
    }

    fn number_of(&self, who: usize) -> PersonId {
        self.census.people[who].id
    }
}
