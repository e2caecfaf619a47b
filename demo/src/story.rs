//! A story while it is played: what it is played with, and its days.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use application::policies::Policies;
use application::scheduler::Scheduler;
use application::{App, ManualClock, files, log};
use event_store::{Place, Position};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use jiff::civil::Date;
use projections::ReadModels;

use crate::action::{Action, Next};
use crate::agenda::{Agenda, after, at};
use crate::census::Census;
use crate::county::County;
use crate::deliberation::Deliberation;
use crate::error::{DemoError, FIRST_DAY};
use crate::oddity::Oddities;
use crate::stage::Stage;

/// Actions of one moment that are done at the same time; the log commits what waits together.
pub(crate) const AT_ONCE: usize = 64;

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

/// A story while it is played.
pub struct Story {
    pub stage: Stage,
    pub county: County,
    pub census: Census,
    pub agenda: Agenda<Action>,
    pub deliberation: Deliberation,
    pub oddities: Oddities,
    pub turns: Turns,
    pub volunteers: u32,
    pub policies: Policies,
    pub scheduler: Scheduler,
    /// Taken out only while a thread of its own writes them.
    pub read_models: Option<ReadModels>,
}

/// What is counted to give things their turns.
#[derive(Debug, Default)]
pub struct Turns {
    /// Activities planned.
    pub plans: u64,
    /// Ordinary ones among them.
    pub ordinary: u64,
    /// Notices of stars.
    pub star_notices: u64,
    /// Stars that changed.
    pub stars: u64,
    /// Wishes to redeem points.
    pub redemptions: u64,
    /// Volunteers who withdraw.
    pub withdrawals: u64,
    /// Volunteers whose records are checked on a day.
    pub checks: BTreeMap<Date, Vec<usize>>,
    /// Squads that patrol.
    pub patrols: Vec<usize>,
}

impl Story {
    /// An empty folder and what is known of the story beforehand.
    pub(super) async fn open(place: &Place, args: &Args) -> Result<Self, DemoError> {
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
            oddities: Oddities::default(),
            turns: Turns::default(),
            volunteers: args.volunteers,
            policies: Policies::new(Arc::clone(&app)),
            scheduler: Scheduler::new(Arc::clone(&app)),
            read_models: Some(ReadModels::open(app.data.join(files::READ))?),
            stage: Stage::new(app, clock, args.seed),
        };
        story.plan_november()?;
        story.plan_deliberation()?;
        story.plan_oddities();
        Ok(story)
    }

    /// Plays one day.
    pub(super) async fn play_day(&mut self, day: Date) -> Result<(), DemoError> {
        let evening = at(day, 23, 30);
        while let Some((moment, actions)) = self.agenda.next_before(evening) {
            self.stage.clock.set(moment);
            // A second action of the same person or village waits a minute: their order must not be chance.
            let mut busy = HashSet::new();
            let (actions, later): (Vec<_>, Vec<_>) = (actions.into_iter())
                .partition(|action| action.whose().is_none_or(|whose| busy.insert(whose)));
            let minute_later = after(moment, 1);
            self.agenda.extend(later.into_iter().map(|action| (minute_later, action)));
            let story = &*self;
            let next: Vec<Next> =
                stream::iter(actions.into_iter().map(|action| story.perform(action)))
                    .buffered(AT_ONCE)
                    .try_collect()
                    .await?;
            self.agenda.extend(next.into_iter().flatten());
        }
        self.stage.clock.set(evening);
        self.end_of_day(day).await
    }

    /// Carries an action out.
    async fn perform(&self, action: Action) -> Result<Next, DemoError> {
        match action {
            Action::AdoptRulebook => self.adopt_rulebook().await,
            Action::ImportDivisions => self.import_divisions().await,
            Action::ImportUnits => self.import_units().await,
            Action::ApproveSquad(squad) => self.approve_squad(squad).await,
            Action::ReportAdministrator(squad, contact) => {
                self.report_administrator(squad, contact).await
            }
            Action::ImportRoster(batch) => self.import_roster(&batch).await,
            Action::DeclareComplete(squad, refused) => self.declare_complete(squad, refused).await,
            Action::MatchRealName(who, agrees) => self.match_real_name(who, agrees).await,
            Action::PublishProgress(day) => self.publish_progress(day).await,
            Action::Publish(plan) => self.publish(plan).await,
            Action::Enlist(plan) => self.enlist(plan).await,
            Action::Start(plan) => self.start(plan).await,
            Action::LeaveEarly(plan) => self.leave_early(&plan).await,
            Action::Finish(plan) => self.finish(plan).await,
            Action::Record(part) => self.record(part).await,
            Action::Backfill(part) => self.backfill(part).await,
            Action::ApproveBackfill(part, record) => self.approve_backfill(part, record).await,
            Action::Attest(part, record) => self.attest(part, record).await,
            Action::Dispute(part, record) => self.dispute(part, record).await,
            Action::Settle(part, record) => self.settle(part, record).await,
            Action::AttestAgain(part, record) => self.attest_again(&part, record).await,
            Action::Void(who, record) => self.void(who, record).await,
            Action::Promote(who) => self.promote(who).await,
            Action::Redeem(who, item, undone) => self.redeem(who, item, undone).await,
            Action::CancelRedemption(who, number) => self.cancel_redemption(who, number).await,
            Action::Overdraw(who) => self.overdraw(who).await,
            Action::CloseEarly(notice) => self.close_early(&notice).await,
            Action::Object(notice, verdict) => self.object(notice, verdict).await,
            Action::Answer(notice, verdict) => self.answer(&notice, verdict).await,
            Action::Withdraw(who, erased) => self.withdraw(who, erased).await,
            Action::Odd(oddity) => self.play_odd(oddity).await,
            Action::Deliberate(action) => self.deliberate(action).await,
        }
    }
}
