use domain::permission::Act;
use domain::rulebook::Deliberation;
use domain::station::{Capacity, Group, Item, List};
use domain::{Actor, Month, TopicCode, UnitCode};
use jiff::civil::Date;
use projections::models::meeting_calendar::{self, CalendarMonth};
use projections::models::station_board::{self, Elected, Filter, ItemEvidence, Member, Station};
use projections::models::supervision_worklist::{self, SupervisionChange};
use projections::{MAX_PAGE, Page, PageRequest, QueryError, described};
use rusqlite::Connection;

use super::{Moment, Queries, Seen, Versioned, View, whole};
use crate::Error;

described! {
    /// 工作站 a station, since when it has which of the five, and what its groups lack.
    pub struct BoardStation as "StationOnBoard" {
        /// 工作站 the station itself
        #[serde(flatten)]
        pub station: Station,
        /// 组成缺口数 capacities, those of heads among them, that the rulebook asks for and nobody in office has
        pub gaps: u32,
    }
}

described! {
    /// 小组组成 as what somebody is to sit in a group, and how many do.
    pub struct Seats as "GroupSeats" {
        /// 所在机构 group
        pub in_group: Group,
        /// 身份 as what
        pub capacity: Capacity,
        /// 是否组长 whether who sits so heads the group
        pub head: bool,
        /// 在任人数 how many in office sit so; 0 is a gap
        pub holders: u32,
    }
}

described! {
    /// 议事清单事项 an item of the list of what may be deliberated.
    pub struct Topic as "ListedTopic" {
        /// 清单编码 code
        pub topic: TopicCode,
        /// 清单 which list
        pub list: List,
        /// 事项 what may be deliberated
        #[example = "村内广告牌设置"]
        pub title: String,
        /// 责任人身份 who is responsible; none: the leading group
        pub responsible: Option<Capacity>,
        /// 是否本站增列 whether the station added it
        pub own: bool,
    }
}

impl Queries {
    /// 工作站名册, by code.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn stations(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<BoardStation>, Error> {
        let within = self.narrowed(actor, Act::ReadDeliberation, filter.within)?;
        let filter = Filter { within, ..filter };
        let known = self.app.reference_data();
        let query = move |seen: &Seen<'_>, page: &_| {
            let rules = known.rulebook.in_force(seen.today()).rules.deliberation();
            let Page { items, next } = station_board::list(seen.rows, &filter, page)?;
            let items = items.into_iter().map(|station| on_board(seen, station, rules));
            Ok(Page { items: items.collect::<Result<_, QueryError>>()?, next })
        };
        self.list(view, query).await
    }

    /// One station: since when it has which of the five.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn station(
        &self,
        actor: &Actor,
        unit: UnitCode,
        moment: Moment,
    ) -> Result<Option<Versioned<BoardStation>>, Error> {
        self.may_read_station(actor, &unit)?;
        let known = self.app.reference_data();
        self.one::<domain::station::Station, _>(&unit.to_string(), moment, move |seen| {
            let rules = known.rulebook.in_force(seen.today()).rules.deliberation();
            let station = station_board::get(seen.rows, &unit)?;
            station.map(|station| on_board(seen, station, rules)).transpose()
        })
        .await
    }

    /// 小组组成: of whom each group of the station is to consist by the rulebook in force at the moment, and how many do.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn station_groups(
        &self,
        actor: &Actor,
        unit: UnitCode,
        view: &View,
    ) -> Result<Page<Seats>, Error> {
        self.may_read_station(actor, &unit)?;
        let known = self.app.reference_data();
        let query = move |seen: &Seen<'_>, _: &_| {
            let rules = known.rulebook.in_force(seen.today()).rules.deliberation();
            let station = station_board::get(seen.rows, &unit)?;
            let seats = station.map(|station| seats(seen, &station, rules)).transpose()?;
            Ok(whole(seats.unwrap_or_default()))
        };
        self.list(view, query).await
    }

    /// 推选结果: whom residents chose to supervise.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn station_elections(
        &self,
        actor: &Actor,
        unit: UnitCode,
        view: &View,
    ) -> Result<Page<Elected>, Error> {
        self.may_read_station(actor, &unit)?;
        self.list(view, move |seen, page| station_board::elected(seen.rows, &unit, page)).await
    }

    /// 监督人员变动: who joined or left the supervision group while a resolution was executed, the latest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn supervision_changes(
        &self,
        actor: &Actor,
        unit: UnitCode,
        view: &View,
    ) -> Result<Page<SupervisionChange>, Error> {
        self.may_read_station(actor, &unit)?;
        let query = move |seen: &Seen<'_>, page: &_| {
            supervision_worklist::supervision_changes(seen.rows, &unit, page)
        };
        self.list(view, query).await
    }

    /// 工作站成员, by number; who they are, only the vault knows.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn station_members(
        &self,
        actor: &Actor,
        unit: UnitCode,
        group: Option<Group>,
        on: Option<Date>,
        view: &View,
    ) -> Result<Page<Member>, Error> {
        self.may_read_station(actor, &unit)?;
        let query = move |seen: &Seen<'_>, page: &_| {
            station_board::members(seen.rows, &unit, group, on, page)
        };
        self.list(view, query).await
    }

    /// 五有佐证: what shows that the station has, or had, one of the five.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn station_evidence(
        &self,
        actor: &Actor,
        unit: UnitCode,
        item: Option<Item>,
        view: &View,
    ) -> Result<Page<ItemEvidence>, Error> {
        self.may_read_station(actor, &unit)?;
        self.list(view, move |seen, page| station_board::evidence(seen.rows, &unit, item, page))
            .await
    }

    /// 议事日历: the months of a year up to the moment, those without a meeting too. The year is the moment's unless given.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn station_calendar(
        &self,
        actor: &Actor,
        unit: UnitCode,
        year: Option<i16>,
        view: &View,
    ) -> Result<Page<CalendarMonth>, Error> {
        self.may_read_station(actor, &unit)?;
        let query = move |seen: &Seen<'_>, _: &_| {
            let today = seen.today();
            let year = year.unwrap_or(today.year());
            let months = meeting_calendar::calendar(seen.rows, &unit, year, Month::of(today))?;
            Ok(whole(months))
        };
        self.list(view, query).await
    }

    /// 议事清单: what may be deliberated, by the rulebook in force at the moment and by the station's own additions.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn topics(
        &self,
        actor: &Actor,
        station: Option<UnitCode>,
        view: &View,
    ) -> Result<Page<Topic>, Error> {
        let station = self.narrowed(actor, Act::ReadDeliberation, station)?;
        let known = self.app.reference_data();
        let query = move |seen: &Seen<'_>, _: &_| {
            let rules = known.rulebook.in_force(seen.today()).rules.deliberation();
            Ok(whole(topics(seen.rows, rules, station.as_ref())?))
        };
        self.list(view, query).await
    }

    fn may_read_station(&self, actor: &Actor, unit: &UnitCode) -> Result<(), Error> {
        self.app.permit(actor, Act::ReadDeliberation, Some(unit), None)
    }
}

fn on_board(
    seen: &Seen<'_>,
    station: Station,
    rules: &Deliberation,
) -> Result<BoardStation, QueryError> {
    let missing = seats(seen, &station, rules)?.iter().filter(|seat| seat.holders == 0).count();
    Ok(BoardStation { station, gaps: u32::try_from(missing).unwrap_or(u32::MAX) })
}

/// Every capacity that the groups of a station are to have, with those who have it on the day.
fn seats(
    seen: &Seen<'_>,
    station: &Station,
    rules: &Deliberation,
) -> Result<Vec<Seats>, QueryError> {
    let holders = station_board::holders(seen.rows, &station.station, seen.today())?;
    let compositions = rules.compositions().iter().filter(|one| one.level == station.level);
    let seats = compositions.flat_map(|one| {
        one.capacities().map(|capacity| Seats {
            in_group: one.group,
            capacity,
            head: one.head == Some(capacity),
            holders: holders.get(&(one.group, capacity)).copied().unwrap_or(0),
        })
    });
    Ok(seats.collect())
}

/// Without the estate's list where the station has no estate.
fn topics(
    rows: &Connection,
    rules: &Deliberation,
    station: Option<&UnitCode>,
) -> Result<Vec<Topic>, QueryError> {
    let found = station.map(|station| station_board::get(rows, station)).transpose()?;
    let estate = found.flatten().is_none_or(|station| station.estate);
    let shipped = rules.topics.value.iter().filter(|topic| estate || topic.list == List::General);
    let mut topics: Vec<_> = shipped
        .map(|topic| Topic {
            topic: topic.code.clone(),
            list: topic.list,
            title: topic.title.to_string(),
            responsible: rules.responsible(&topic.code),
            own: false,
        })
        .collect();
    if let Some(station) = station {
        let page = PageRequest { after: None, limit: MAX_PAGE };
        let own = station_board::topics(rows, station, &page)?.items.into_iter();
        topics.extend(own.map(|topic| Topic {
            topic: topic.topic,
            list: topic.list,
            title: topic.title,
            responsible: topic.responsible,
            own: true,
        }));
    }
    Ok(topics)
}
