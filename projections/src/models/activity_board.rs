//! 活动公告板: what is announced, runs and took place.

use domain::activity::{self, Class, Kind};
use domain::{ActivityId, ActorId, PersonId, SealedDigest, UnitCode, service};
use jiff::Timestamp;
use rusqlite::Connection;

use super::service_timeliness::{self, Outcome};
use crate::TableDef;
use crate::engine::column::words;
use crate::engine::query::{Direction, MAX_PAGE, Page, PageRequest, QueryError, Select, find};
use crate::engine::row::table;
use crate::{Fact, Fold, Half, Projection, Rows, Share, described, reads};

words! {
    /// How far an activity has come.
    State {
        /// 补录待核准: entered from paper, and a second person is to approve it
        AwaitingApproval "awaiting_approval",
        /// 已发布
        Announced "announced",
        /// 进行中
        Running "running",
        /// 已结束
        Closed "closed",
        /// 已取消
        Cancelled "cancelled",
    }
}

table! {
    /// 志愿服务活动: an activity.
    pub struct Activity in "activity_board" {
        key {
            /// 活动编号 activity
            activity: ActivityId,
        }
        /// 活动名称 title
        #[example = "法治宣传进乡村"]
        title: String,
        /// 服务类别 kind
        kind: Kind,
        /// 服务分类 class
        class: Class,
        /// 组织单位 organiser
        organiser: UnitCode,
        /// 地点 place
        #[example = "文化礼堂"]
        place: String,
        /// 负责账号 account in charge
        #[example = "account-41"]
        in_charge: String,
        /// 预定开始时间 announced start (UTC)
        starts_at: Timestamp,
        /// 预定结束时间 announced end (UTC)
        ends_at: Timestamp,
        /// 是否应急 emergency
        emergency: bool,
        /// 是否有人身危险 dangerous, as announced or as assessed since
        dangerous: bool,
        /// 是否已作风险评估 whether the risk was assessed
        risk_assessed: bool,
        /// 名额 most people; NULL no limit
        capacity: Option<u32>,
        /// 报名人数 people signed up
        signed_up: i64,
        /// 现场报名人数 people of these who signed up while it ran
        walk_ins: i64,
        /// 已投保报名人数 people signed up and insured
        insured: i64,
        /// 是否补录 whether it was over when it was entered, from paper
        backfilled: bool,
        /// 状态 state
        state: State,
        /// 参加人数 people signed up at the start
        participants: Option<u32>,
        /// 实际结束时间 when it really ended (UTC)
        ended_at: Option<Timestamp>,
        /// 活动总结或取消原因 what came of it, or why it was cancelled
        #[example = "发放宣传册三十份"]
        summary: Option<String>,
        /// 发布时间 when it was published (UTC)
        published_at: Timestamp,
    }
    index (starts_at, activity);
    index (organiser, starts_at, activity);
}

table! {
    /// 报名与投保: who signed up for an activity or is insured for it.
    pub struct Participant in "activity_participant" as "Participant" {
        key {
            /// 活动编号 activity
            activity: ActivityId,
            /// 志愿者编号 volunteer number
            volunteer: PersonId,
        }
        /// 是否报名 signed up
        signed_up: bool,
        /// 是否现场报名 signed up while it ran
        walk_in: bool,
        /// 是否投保 insured
        insured: bool,
        /// 签到时间 when they last checked in (UTC)
        checked_in_at: Option<Timestamp>,
        /// 签退时间 when they checked out after that (UTC); NULL still there
        checked_out_at: Option<Timestamp>,
        /// 是否未签退 whether nobody checked out at some time, so that presence ended with the activity
        check_out_forgotten: bool,
    }
}

table! {
    /// 补录材料: a photograph of the paper that an activity was entered from.
    pub struct Photograph in "activity_photograph" as "ActivityPhotograph" {
        key {
            /// 活动编号 activity
            activity: ActivityId,
            /// 序号 number, from 1
            n: u8,
        }
        /// 照片摘要 SHA-256 of the photograph
        digest: SealedDigest,
    }
}

/// The read model *activity board*.
pub struct ActivityBoard;

impl Projection for ActivityBoard {
    const NAME: &'static str = "activity_board";
    const REVISION: u32 = 3;
    const TABLES: &'static [TableDef] =
        &[TableDef::of::<Activity>(), TableDef::of::<Participant>(), TableDef::of::<Photograph>()];
    const SHARE: Share = Share { half: Half::First, work: 101 };
}

impl Fold<Rows<'_>> for ActivityBoard {
    reads! { Rows<'_>: activity, service }

    fn activity(fact: &Fact, activity: &ActivityId, event: &activity::Event, rows: &mut Rows<'_>) {
        on_activity(rows, fact.recorded_at, *activity, event);
    }

    fn service(_: &Fact, volunteer: &PersonId, event: &service::Event, rows: &mut Rows<'_>) {
        on_presence(rows, *volunteer, event);
    }
}

fn on_presence(rows: &mut Rows<'_>, volunteer: PersonId, event: &service::Event) {
    use service::Event;
    match event {
        Event::CheckedIn(checked) => take_part(rows, checked.activity, volunteer, |one| {
            one.checked_in_at = Some(checked.at);
            one.checked_out_at = None;
        }),
        Event::CheckedOut(checked) => take_part(rows, checked.activity, volunteer, |one| {
            one.checked_out_at = Some(checked.at);
            one.check_out_forgotten |= checked.forgotten;
        }),
        Event::Recorded(_)
        | Event::BackfillRequested(_)
        | Event::BackfillApproved(_)
        | Event::DueSettled(_)
        | Event::Attested(_)
        | Event::Disputed(_)
        | Event::DisputeDismissed(_)
        | Event::Corrected(_)
        | Event::Voided(_) => {}
    }
}

fn on_activity(rows: &mut Rows<'_>, at: Timestamp, id: ActivityId, event: &activity::Event) {
    use activity::Event;
    let mut change = |change: &dyn Fn(&mut Activity)| {
        rows.update::<Activity, _>(&id, |own| change(own));
    };
    match event {
        Event::Published(published) => {
            rows.put(Activity::new(id, published, at));
            let photographs = published.paper.iter().flat_map(|paper| &paper.evidence);
            for (n, photograph) in (1..).zip(photographs) {
                rows.put(Photograph { activity: id, n, digest: photograph.digest });
            }
        }
        Event::BackfillApproved(_) => change(&|own| {
            own.state = State::Closed;
            own.ended_at = Some(own.ends_at);
        }),
        Event::BackfillRefused(refused) => change(&|own| {
            own.state = State::Cancelled;
            own.summary = Some(refused.reason.to_string());
        }),
        Event::RiskAssessed(assessed) => change(&|own| {
            own.risk_assessed = true;
            own.dangerous = assessed.dangerous;
        }),
        Event::Insured(insured) => {
            for &volunteer in &insured.volunteers {
                take_part(rows, id, volunteer, |one| one.insured = true);
            }
        }
        Event::SignedUp(up) => take_part(rows, id, up.volunteer, |one| {
            one.signed_up = true;
            one.walk_in = up.walk_in;
        }),
        Event::SignUpCancelled(off) => {
            take_part(rows, id, off.volunteer, |one| one.signed_up = false);
        }
        Event::Started(started) => change(&|own| {
            own.state = State::Running;
            own.participants = Some(started.participants);
        }),
        Event::Closed(closed) => change(&|own| {
            own.state = State::Closed;
            own.ended_at = Some(closed.ended_at);
            own.summary = Some(closed.summary.to_string());
        }),
        Event::Cancelled(cancelled) => change(&|own| {
            own.state = State::Cancelled;
            own.summary = Some(cancelled.reason.to_string());
        }),
    }
}

/// Changes how somebody takes part, and the activity's counts with it.
fn take_part(
    rows: &mut Rows<'_>,
    activity: ActivityId,
    volunteer: PersonId,
    change: impl FnOnce(&mut Participant),
) {
    let known = rows.get::<Participant>(&(activity, volunteer)).cloned();
    let before = known.unwrap_or_else(|| Participant::new(activity, volunteer));
    let mut after = before.clone();
    change(&mut after);
    let counts = |one: &Participant| {
        [true, one.walk_in, one.insured].map(|counts| i64::from(one.signed_up && counts))
    };
    let ([was_up, walked_in, was_insured], [is_up, walks_in, is_insured]) =
        (counts(&before), counts(&after));
    rows.put(after);
    rows.update::<Activity, _>(&activity, |own| {
        own.signed_up += is_up - was_up;
        own.walk_ins += walks_in - walked_in;
        own.insured += is_insured - was_insured;
    });
}

impl Participant {
    fn new(activity: ActivityId, volunteer: PersonId) -> Self {
        Self {
            activity,
            volunteer,
            signed_up: false,
            walk_in: false,
            insured: false,
            checked_in_at: None,
            checked_out_at: None,
            check_out_forgotten: false,
        }
    }
}

impl Activity {
    fn new(activity: ActivityId, published: &activity::Published, at: Timestamp) -> Self {
        Self {
            activity,
            title: published.title.to_string(),
            kind: published.kind,
            class: published.class,
            organiser: published.organiser.clone(),
            place: published.place.to_string(),
            in_charge: ActorId::to_string(&published.in_charge),
            starts_at: published.starts_at,
            ends_at: published.ends_at,
            emergency: published.emergency,
            dangerous: published.dangerous,
            risk_assessed: false,
            capacity: published.capacity,
            signed_up: 0,
            walk_ins: 0,
            insured: 0,
            backfilled: published.paper.is_some(),
            state: match published.paper {
                Some(_) => State::AwaitingApproval,
                None => State::Announced,
            },
            participants: None,
            ended_at: None,
            summary: None,
            published_at: at,
        }
    }
}

described! {
    /// 志愿服务活动 an activity with what the service records add to it.
    pub struct Board as "Activity" {
        /// 活动 the activity itself
        #[serde(flatten)]
        pub activity: Activity,
        /// 服务记录数 records, voided ones among them
        pub records: i64,
        /// 已认定记录数 attested records
        pub attested: i64,
        /// 已认定时长 attested minutes
        pub attested_minutes: i64,
        /// 活动成果 outcomes of attested services
        pub outcomes: Vec<Outcome>,
        /// 补录材料 photographs of the paper, where it was entered from paper
        pub photographs: Vec<Photograph>,
    }
}

impl Board {
    fn of(conn: &Connection, activity: Activity) -> Result<Self, QueryError> {
        let sums = service_timeliness::activity(conn, activity.activity)?;
        let (records, attested, attested_minutes) =
            sums.map_or((0, 0, 0), |sums| (sums.records, sums.attested, sums.attested_minutes));
        let outcomes = service_timeliness::outcomes(conn, activity.activity)?;
        let page = PageRequest { after: None, limit: MAX_PAGE };
        let photographs = Select::<Photograph>::ordered(&["n"], Direction::Ascending)
            .filter("activity", "=", Some(activity.activity.to_string()))?
            .page(conn, &page)?
            .items;
        Ok(Self { activity, records, attested, attested_minutes, outcomes, photographs })
    }
}

/// Which activities a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this organiser.
    pub organiser: Option<UnitCode>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only of this kind.
    pub kind: Option<Kind>,
}

/// Activities, the latest start first.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Board>, QueryError> {
    let Page { items, next } =
        Select::<Activity>::ordered(&["starts_at", "activity"], Direction::Descending)
            .filter("organiser", "=", filter.organiser.as_ref().map(UnitCode::as_str))?
            .filter("state", "=", filter.state.map(State::as_str))?
            .filter("kind", "=", filter.kind.map(Kind::as_str))?
            .page(conn, page)?;
    let items = items.into_iter().map(|activity| Board::of(conn, activity));
    Ok(Page { items: items.collect::<Result<_, _>>()?, next })
}

/// One activity.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, activity: ActivityId) -> Result<Option<Board>, QueryError> {
    let found = find::<Activity>(conn, &activity)?;
    found.map(|activity| Board::of(conn, activity)).transpose()
}

/// Who signed up for an activity or is insured for it, by number.
///
/// # Errors
/// See [`QueryError`].
pub fn participants(
    conn: &Connection,
    activity: ActivityId,
    page: &PageRequest,
) -> Result<Page<Participant>, QueryError> {
    Select::<Participant>::ordered(&["volunteer"], Direction::Ascending)
        .filter("activity", "=", Some(activity.to_string()))?
        .page(conn, page)
}

#[cfg(test)]
mod tests;
