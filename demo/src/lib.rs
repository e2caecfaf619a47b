//! `yuanfa demo`: plays a county into an empty data folder, through the ordinary commands and with a clock of its own.
//!
//! Volunteers are raised in 2021 and serve through 2022, when villages also deliberate (`deliberation`).
//!
//! A story is a list of actions (`action::Action`) by time. Those of one moment are done together; each may bring others.
//! Every evening policies, read models and scheduler follow, and plans are made from what the log says. The same seed
//! tells the same story with the same figures; only the volunteers' numbers differ, because the vault makes them at
//! random.

mod action;
mod activities;
mod agenda;
mod census;
mod county;
mod deliberation;
mod dice;
mod evening;
mod names;
mod november;
mod people;
mod plan;
mod progress;
mod rewards;
mod services;
mod stage;
mod summary;
#[cfg(test)]
mod tests;
mod themes;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use application::imports::ImportError;
use application::log;
use application::policies::Policies;
use application::scheduler::Scheduler;
use application::{App, ManualClock, files};
use event_store::{Place, Position};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use jiff::civil::{Date, date};
use projections::ReadModels;

pub use deliberation::{Failing, Planted};
pub use progress::{Progress, reporter};
pub use summary::{MadeToken, SquadEnd, Summary};

use action::Action;
use agenda::{Agenda, at};
use census::Census;
use county::County;
use deliberation::Deliberation;
use evening::Turns;
use stage::Stage;

/// The day on which the story begins.
const FIRST_DAY: Date = date(2021, 11, 9);
/// The day on which it ends unless asked otherwise.
const LAST_DAY: Date = date(2022, 12, 31);
/// Actions of one moment that are done at the same time; the log commits what waits together.
const AT_ONCE: usize = 64;

/// What to play.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// 数据目录, empty or not there yet / data folder
    #[arg(long, value_name = "DIR", env = "YUANFA_DATA", default_value = "./yuanfa-data")]
    pub data: PathBuf,
    /// 志愿者人数 / how many volunteers
    #[arg(long, value_name = "N", default_value_t = 10_800, value_parser = clap::value_parser!(u32).range(100..=50_000))]
    pub volunteers: u32,
    /// 随机种子: the same seed gives the same figures
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// 不启动服务 / do not serve afterwards
    #[arg(long)]
    pub no_serve: bool,
    /// 演示到哪一天 / last day to play, 2021-11-10 to 2022-12-31
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
}

/// Why the demo cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// There is a history already.
    #[error(
        "{place} 中已有事件日志;请换一个目录(--data)或位置(--store),或用 yuanfa serve --data {} 查看。\n\
         There is a log at {place} already: choose another folder (--data) or place (--store), or look at it with yuanfa serve --data {}",
        .data.display(), .data.display()
    )]
    NotEmpty {
        /// Where the log lies.
        place: String,
        /// The data folder.
        data: PathBuf,
    },
    /// The last day lies outside the story.
    #[error(
        "演示日期应在{FIRST_DAY}至{LAST_DAY}之间。 The last day must lie between {FIRST_DAY} and {LAST_DAY}."
    )]
    Until,
    /// The folder cannot be made.
    #[error("cannot make the data folder")]
    Folder(#[source] std::io::Error),
    /// The vault's key.
    #[error("cannot use the vault's key")]
    Key(#[from] vault::KeyError),
    /// The log cannot be opened.
    #[error("cannot open the event log")]
    OpenLog(#[from] event_store::OpenError),
    /// The data folder cannot be opened.
    #[error(transparent)]
    Open(#[from] application::OpenError),
    /// The service failed, or a rule refused what it should have taken.
    #[error("the story was interrupted")]
    Service(#[from] application::Error),
    /// An import failed.
    #[error("an import failed")]
    Import(#[from] ImportError),
    /// The log cannot be read.
    #[error("the log cannot be read")]
    Log(#[from] event_store::StoreError),
    /// A stored event is none of ours.
    #[error(transparent)]
    Undecodable(#[from] projections::Undecodable),
    /// The read models failed.
    #[error("the read models failed")]
    ReadModels(#[from] projections::ProjectionError),
    /// A table could not be written.
    #[error("a table could not be written")]
    Table(#[from] csv::Error),
    /// The tokens could not be made.
    #[error("the tokens could not be made")]
    Tokens(#[from] application::tokens::TokenError),
    /// A value of the story is none.
    #[error(transparent)]
    Value(#[from] domain::BadValue),
    /// A picture could not be drawn.
    #[error("a picture could not be drawn")]
    Picture(#[from] image::ImageError),
    /// An identity number of the story is none.
    #[error(transparent)]
    Identity(#[from] domain::identity_number::BadIdentityNumber),
    /// Something was refused that should not have been, or the other way round.
    #[error("the story tells of {expected}, but there was {got}")]
    OtherThanTold {
        /// The code of a refusal, or what else was told.
        expected: &'static str,
        /// What happened.
        got: String,
    },
}

/// A story while it is played.
struct Story {
    stage: Stage,
    county: County,
    census: Census,
    agenda: Agenda<Action>,
    deliberation: Deliberation,
    turns: Turns,
    volunteers: u32,
    policies: Policies,
    scheduler: Scheduler,
    /// Taken out only while a thread of its own writes them.
    read_models: Option<ReadModels>,
}

/// Plays the county into the data folder. The folder is closed again when this returns.
///
/// # Errors
/// See [`DemoError`].
pub async fn play(args: &Args, progress: impl FnMut(Progress)) -> Result<Summary, DemoError> {
    play_at(&Place::Sqlite(args.data.clone()), args, progress).await
}

/// The same with the log at another place.
///
/// # Errors
/// See [`DemoError`].
pub async fn play_at(
    place: &Place,
    args: &Args,
    mut progress: impl FnMut(Progress),
) -> Result<Summary, DemoError> {
    let until = args.until.unwrap_or(LAST_DAY);
    if !(FIRST_DAY..=LAST_DAY).contains(&until) {
        return Err(DemoError::Until);
    }
    let mut story = Story::open(place, args).await?;
    let days = FIRST_DAY.until(until).map_or(0, |span| span.get_days().unsigned_abs()) + 1;
    for (number, day) in
        (1..).zip(FIRST_DAY.series(jiff::ToSpan::days(1)).take_while(|day| *day <= until))
    {
        story.play_day(day).await?;
        progress(Progress { day, number, days, events: story.census.facts.values().sum() });
    }
    story.catch_up_read_models().await?;
    story.sum_up(args)
}

impl Story {
    async fn open(place: &Place, args: &Args) -> Result<Self, DemoError> {
        let not_empty =
            || DemoError::NotEmpty { place: place.to_string(), data: args.data.clone() };
        if place.file().is_some_and(|file| file.exists()) {
            return Err(not_empty());
        }
        files::create_folder(&args.data).map_err(DemoError::Folder)?;
        let store = log::open(place).await?;
        if store.head().await? != Position::START {
            return Err(not_empty());
        }
        let clock = Arc::new(ManualClock::at(at(FIRST_DAY, 9, 0)));
        let master = App::master_key(&args.data)?;
        let app = App::with_store(&args.data, store, master, Arc::clone(&clock) as _).await?;
        let app = Arc::new(app);
        let county = County::build(args.volunteers, args.seed)?;
        let mut story = Self {
            census: Census::new(&county),
            county,
            agenda: Agenda::default(),
            deliberation: Deliberation::default(),
            turns: Turns::default(),
            volunteers: args.volunteers,
            policies: Policies::new(Arc::clone(&app)),
            scheduler: Scheduler::new(Arc::clone(&app)),
            read_models: Some(ReadModels::open(app.data.join(files::READ))?),
            stage: Stage::new(app, clock, args.seed),
        };
        story.plan_november()?;
        story.plan_deliberation()?;
        Ok(story)
    }

    async fn play_day(&mut self, day: Date) -> Result<(), DemoError> {
        let evening = at(day, 23, 30);
        while let Some((moment, actions)) = self.agenda.next_before(evening) {
            self.stage.clock.set(moment);
            // A second action of the same person or village waits a minute: their order must not be chance.
            let mut busy = HashSet::new();
            let (actions, later): (Vec<_>, Vec<_>) = (actions.into_iter())
                .partition(|action| action.whose().is_none_or(|whose| busy.insert(whose)));
            let minute_later = agenda::after(moment, 1);
            self.agenda.extend(later.into_iter().map(|action| (minute_later, action)));
            let story = &*self;
            let next: Vec<action::Next> =
                stream::iter(actions.into_iter().map(|action| story.perform(action)))
                    .buffered(AT_ONCE)
                    .try_collect()
                    .await?;
            self.agenda.extend(next.into_iter().flatten());
        }
        self.stage.clock.set(evening);
        self.end_of_day(day).await
    }
}
