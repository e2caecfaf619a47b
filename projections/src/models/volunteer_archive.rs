//! 志愿者档案: what is known of a volunteer by number.

use domain::identity_number::AgeGroup;
use domain::volunteer::{Kind, PersonalItem, PoliticalStatus, Recruitment, Tier};
use domain::{PersonId, Text, UnitCode, squad, volunteer};
use jiff::Timestamp;
use rusqlite::Connection;

pub use corrections::{Corrected, Correction};
pub use registered::{Registered, registered};
pub use states::{RealName, Status};

use super::service_timeliness::{self, ByVolunteer};
use crate::TableDef;
use crate::engine::column::{self, Texts};
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};
use crate::engine::row::table;
use crate::{Fact, Fold, Half, Projection, Rows, Share, described, reads};

pub mod corrections;
mod registered;
mod states;

table! {
    /// 志愿者档案: a volunteer's file; who it is, only the vault knows.
    pub struct Archive in "volunteer_archive" {
        key {
            /// 志愿者编号 volunteer number
            volunteer: PersonId,
        }
        /// 单位代码 unit
        unit: UnitCode,
        /// 类别 kind of registration
        kind: Kind,
        /// 招募方式 recruitment
        recruitment: Recruitment,
        /// 政治面貌 political status
        political_status: PoliticalStatus,
        /// 年龄段 age group on the day of registration
        age_group: AgeGroup,
        /// 层级 tier
        tier: Tier,
        /// 技能 skills, as a JSON array
        skills: Texts,
        /// 现有星级 stars held
        stars: u8,
        /// 拟评星级 stars proposed and under public notice
        stars_proposed: Option<u8>,
        /// 注册时间 when registered (UTC)
        registered_at: Timestamp,
        /// 实名比对 real-name comparison
        real_name: RealName,
        /// 状态 status
        status: Status,
        /// 所在小分队 unit of the squad the volunteer is a member of
        squad: Option<UnitCode>,
        /// 加入小分队时间 when the squad was joined (UTC)
        squad_joined_at: Option<Timestamp>,
        /// 最后变更时间 when the file last changed (UTC)
        changed_at: Timestamp,
    }
    index (unit, volunteer);
}

table! {
    /// 个人信息删除: whose personal data was erased. Members, askers and objectors among them have no file.
    pub struct Erasure in "personal_data_erased" {
        key {
            /// 编号 number of the person
            person: PersonId,
        }
        /// 删除时间 when the log learned it (UTC)
        erased_at: Timestamp,
    }
}

/// The read model *volunteer archive*.
pub struct VolunteerArchive;

impl Projection for VolunteerArchive {
    const NAME: &'static str = "volunteer_archive";
    const REVISION: u32 = 4;
    const TABLES: &'static [TableDef] =
        &[TableDef::of::<Archive>(), TableDef::of::<Correction>(), TableDef::of::<Erasure>()];
    const SHARE: Share = Share { half: Half::First, work: 29 };
}

impl Fold<Rows<'_>> for VolunteerArchive {
    reads! { Rows<'_>: volunteer, squad }

    fn volunteer(fact: &Fact, volunteer: &PersonId, event: &volunteer::Event, rows: &mut Rows<'_>) {
        on_volunteer(rows, fact.recorded_at, *volunteer, event);
        corrections::note(rows, fact, *volunteer, event);
    }

    fn squad(fact: &Fact, unit: &UnitCode, event: &squad::Event, rows: &mut Rows<'_>) {
        on_squad(rows, fact.recorded_at, unit, event);
    }
}

fn on_volunteer(rows: &mut Rows<'_>, at: Timestamp, who: PersonId, event: &volunteer::Event) {
    if let volunteer::Event::Registered(registered) = event {
        rows.put(Archive::new(who, registered, at));
        return;
    }
    if let volunteer::Event::PersonalDataErased(_) = event {
        rows.put(Erasure { person: who, erased_at: at });
    }
    rows.update::<Archive, _>(&who, |own| {
        own.changed_at = at;
        own.take(event);
    });
}

fn on_squad(rows: &mut Rows<'_>, at: Timestamp, unit: &UnitCode, event: &squad::Event) {
    use squad::Event;
    match event {
        Event::MemberJoined(joined) => {
            rows.update::<Archive, _>(&joined.volunteer, |own| {
                own.squad = Some(unit.clone());
                own.squad_joined_at = Some(at);
                own.changed_at = at;
            });
        }
        Event::MemberLeft(left) => {
            rows.update::<Archive, _>(&left.volunteer, |own| {
                if own.squad.as_ref() == Some(unit) {
                    own.leave();
                    own.changed_at = at;
                }
            });
        }
        Event::Applied(_)
        | Event::Approved(_)
        | Event::PartyShareChanged(_)
        | Event::Completed(_) => {}
    }
}

fn texts(skills: &[Text<40>]) -> Texts {
    Texts(skills.iter().map(ToString::to_string).collect())
}

impl Archive {
    fn new(volunteer: PersonId, registered: &volunteer::Registered, at: Timestamp) -> Self {
        Self {
            volunteer,
            unit: registered.unit.clone(),
            kind: registered.kind,
            recruitment: registered.recruitment,
            political_status: registered.political_status,
            age_group: registered.age_group,
            tier: Tier::Ordinary,
            skills: texts(&registered.skills),
            stars: 0,
            stars_proposed: None,
            registered_at: at,
            real_name: RealName::Pending,
            status: Status::Active,
            squad: None,
            squad_joined_at: None,
            changed_at: at,
        }
    }

    fn leave(&mut self) {
        self.squad = None;
        self.squad_joined_at = None;
    }

    fn take(&mut self, event: &volunteer::Event) {
        use volunteer::Event;
        match event {
            Event::Registered(_)
            | Event::IdentityCorrectionRequested(_)
            | Event::IdentityCorrectionRefused(_) => {}
            // Stars, hours and the day of the first registration are kept.
            Event::Returned(registered) => {
                self.unit = registered.unit.clone();
                self.kind = registered.kind;
                self.recruitment = registered.recruitment;
                self.political_status = registered.political_status;
                self.age_group = registered.age_group;
                self.skills = texts(&registered.skills);
                self.status = Status::Active;
                self.real_name = RealName::Pending;
            }
            Event::PersonalDataCorrected(corrected) => {
                if corrected.items.contains(&PersonalItem::Name) {
                    self.real_name = RealName::Pending;
                }
            }
            Event::IdentityCorrected(corrected) => {
                self.age_group = corrected.age_group;
                self.real_name = RealName::Pending;
            }
            Event::PoliticalStatusChanged(changed) => self.political_status = changed.to,
            Event::CategoriesChanged(changed) => {
                self.kind = changed.kind;
                self.recruitment = changed.recruitment;
            }
            Event::RealNameMatched(_) => self.real_name = RealName::Matched,
            Event::RealNameRefused(_) => self.real_name = RealName::Refused,
            Event::TierChanged(changed) => self.tier = changed.tier,
            Event::SkillsDeclared(declared) => self.skills = texts(&declared.skills),
            Event::Moved(moved) => self.unit = moved.to.clone(),
            Event::StarProposed(proposed) => self.stars_proposed = Some(proposed.to),
            Event::StarProposalEnded(_) => self.stars_proposed = None,
            Event::StarChanged(changed) => {
                self.stars = changed.to;
                self.stars_proposed = None;
            }
            Event::Suspended(_) => self.status = Status::Suspended,
            Event::Resumed(_) => self.status = Status::Active,
            Event::Withdrawn(_) => {
                self.status = Status::Withdrawn;
                self.leave();
            }
            Event::PersonalDataErased(_) => {
                self.status = Status::Erased;
                self.leave();
            }
        }
    }
}

described! {
    /// 志愿者档案 a volunteer's file with what the service records add to it.
    pub struct File as "Volunteer" {
        /// 档案 the file itself
        #[serde(flatten)]
        pub archive: Archive,
        /// 记录数 records, voided ones among them
        pub records: i64,
        /// 已认定记录数 attested records
        pub attested: i64,
        /// 已认定时长 attested minutes
        pub attested_minutes: i64,
        /// 评价数 ratings
        pub ratings: i64,
        /// 评价之和 sum of ratings; the mean is this over `ratings`
        pub rating_sum: i64,
        /// 最近服务时间 end of the latest attested service (UTC)
        pub last_served: Option<Timestamp>,
    }
}

impl File {
    fn of(conn: &Connection, archive: Archive) -> Result<Self, QueryError> {
        let volunteer = archive.volunteer;
        let sums = service_timeliness::volunteer(conn, volunteer)?;
        let last_served = service_timeliness::last_served(conn, volunteer)?;
        let sum = |of: fn(&ByVolunteer) -> i64| sums.as_ref().map_or(0, of);
        Ok(Self {
            records: sum(|sums| sums.records),
            attested: sum(|sums| sums.attested),
            attested_minutes: sum(|sums| sums.attested_minutes),
            ratings: sum(|sums| sums.ratings),
            rating_sum: sum(|sums| sums.rating_sum),
            last_served,
            archive,
        })
    }
}

/// Which files a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this unit itself.
    pub unit: Option<UnitCode>,
    /// Only with this status.
    pub status: Option<Status>,
    /// Only where the real-name comparison found this.
    pub real_name: Option<RealName>,
    /// Only with at least so many stars.
    pub least_stars: Option<u8>,
}

/// Files by volunteer number.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<File>, QueryError> {
    let Page { items, next } = Select::<Archive>::ordered(&["volunteer"], Direction::Ascending)
        .filter("unit", "=", filter.unit.as_ref().map(UnitCode::as_str))?
        .filter("status", "=", filter.status.map(Status::as_str))?
        .filter("real_name", "=", filter.real_name.map(RealName::as_str))?
        .filter("stars", ">=", filter.least_stars)?
        .page(conn, page)?;
    let items = items.into_iter().map(|archive| File::of(conn, archive));
    Ok(Page { items: items.collect::<Result<_, _>>()?, next })
}

/// Whose names are wanted.
#[derive(Debug, Clone, Default)]
pub struct PeopleFilter {
    /// Only of this unit.
    pub unit: Option<UnitCode>,
    /// And of the units below it.
    pub below: bool,
    /// Only with this status; those who serve or are suspended where none is given.
    pub status: Option<Status>,
}

/// The files of a unit's people, by unit and number.
///
/// # Errors
/// See [`QueryError`].
pub fn people(
    conn: &Connection,
    filter: &PeopleFilter,
    page: &PageRequest,
) -> Result<Page<Archive>, QueryError> {
    let PeopleFilter { unit, below, status } = filter;
    let own = unit.as_ref().filter(|_| !below).map(UnitCode::as_str);
    let serving = status.is_none().then_some("status IN ('active', 'suspended')");
    Select::<Archive>::ordered(&["unit", "volunteer"], Direction::Ascending)
        .filter("unit", "=", own)?
        .within("unit", unit.as_ref().filter(|_| *below))
        .filter("status", "=", status.map(Status::as_str))?
        .filter_raw(serving)
        .page(conn, page)
}

/// One volunteer's file.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, volunteer: PersonId) -> Result<Option<File>, QueryError> {
    let found = find::<Archive>(conn, &volunteer)?;
    found.map(|archive| File::of(conn, archive)).transpose()
}

/// Everybody whose personal data was erased.
///
/// # Errors
/// See [`QueryError`].
pub fn erased(conn: &Connection) -> Result<Vec<PersonId>, QueryError> {
    let mut query =
        conn.prepare_cached("SELECT person FROM personal_data_erased ORDER BY person")?;
    let persons = query.query_map([], |row| column::read(row, 0))?;
    Ok(persons.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
