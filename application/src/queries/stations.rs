use domain::permission::Act;
use domain::rulebook::Deliberation;
use domain::station::{Group, Item, List};
use domain::{Actor, Month, TopicCode, UnitCode};
use jiff::civil::Date;
use projections::models::meeting_calendar::{self, CalendarMonth};
use projections::models::station_board::{self, Filter, ItemEvidence, Member, Station};
use projections::{MAX_PAGE, Page, PageRequest, QueryError, described};
use rusqlite::Connection;

use super::{Moment, Queries, Seen, Versioned, View, whole};
use crate::Error;

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
    ) -> Result<Page<Station>, Error> {
        let within = self.narrowed(actor, Act::ReadDeliberation, filter.within)?;
        let filter = Filter { within, ..filter };
        self.list(view, move |seen, page| station_board::list(seen.rows, &filter, page)).await
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
    ) -> Result<Option<Versioned<Station>>, Error> {
        self.may_read_station(actor, &unit)?;
        self.one::<domain::station::Station, _>(&unit.to_string(), moment, move |seen| {
            station_board::get(seen.rows, &unit)
        })
        .await
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
            own: true,
        }));
    }
    Ok(topics)
}
