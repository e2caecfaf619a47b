use domain::meeting::Body;
use domain::station::{Capacity, Group, Item, Level, List, Opened, Way};
use domain::{MediaType, PersonId, SealedDigest, TopicCode, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::row::table;

table! {
    /// 援法议事工作站: a station and since when it has which of the five (五有).
    pub struct Station in "station_board" as "Station" {
        key {
            /// 村社区 village or community
            station: UnitCode,
        }
        /// 层级 at which level it works
        level: Level,
        /// 是否有集中居住小区 whether it has an estate
        estate: bool,
        /// 设立日 day on which it was opened
        opened_on: Date,
        /// 固定场所自 premises since; none: not there
        premises_since: Option<Date>,
        /// 工作人员自 staff since
        staff_since: Option<Date>,
        /// 问题登记簿自 register since
        register_since: Option<Date>,
        /// 意见建议信箱自 suggestion box since
        suggestion_box_since: Option<Date>,
        /// 公示公告栏自 notice board since
        notice_board_since: Option<Date>,
        /// 户数 households, as last stated
        households: Option<u32>,
        /// 户数截至日 day as of which that is so
        households_as_of: Option<Date>,
        /// 户数来源 where the figure comes from, masked
        #[example = "镇统计站户籍人口表"]
        households_source: Option<String>,
        /// 已达标项数 how many of the five it has
        items_met: u8,
        /// 五有齐备自 since when it has all five
        complete_since: Option<Date>,
    }
    index (complete_since);
}

table! {
    /// 工作站成员: who sits, sat or will sit in a group of a station, a row for each term.
    pub struct Member in "station_member" as "StationMember" {
        key {
            /// 村社区 village or community
            station: UnitCode,
            /// 所在机构 group
            in_group: Group,
            /// 人员编号 number of the member
            member: PersonId,
            /// 任期首日 first day of the term
            term_from: Date,
        }
        /// 身份 what they sit in it as
        capacity: Capacity,
        /// 任期末日 last day of the term
        term_until: Date,
        /// 推选号 number of the election that a supervisor's term rests on; none before elections were recorded
        election: Option<u32>,
        /// 离任日 day on which they left before the end of the term
        left_on: Option<Date>,
    }
}

table! {
    /// 推选结果: whom residents chose to supervise.
    pub struct Elected in "station_elected" as "StationElected" {
        key {
            /// 村社区 village or community
            station: UnitCode,
            /// 推选号 number of the election, from 1
            election: u32,
            /// 人员编号 number of who was elected
            member: PersonId,
        }
        /// 推选日 day of the election
        held_on: Date,
        /// 推选主体 body that chose
        body: Body,
        /// 方式 whether it elected or recommended
        way: Way,
        /// 结果 how it came out, masked
        #[example = "到会28人,均过半数赞成"]
        result: String,
        /// 登记时间 when it was recorded (UTC)
        at: Timestamp,
    }
}

table! {
    /// 工作站佐证: what shows that a station has, or had, one of the five, or held an election.
    pub struct ItemEvidence in "station_evidence" as "StationEvidence" {
        key {
            /// 村社区 village or community
            station: UnitCode,
            /// 工作站事件版本 version of the event in the station's stream
            version: u64,
            /// 序号 number within the event, from 1
            n: u8,
        }
        /// 五有事项 which of the five; none for an election
        item: Option<Item>,
        /// 推选号 number of the election; none for one of the five
        election: Option<u32>,
        /// 材料摘要 SHA-256 of the piece of evidence
        digest: SealedDigest,
        /// 材料类型 what it is
        media_type: MediaType,
        /// 字节数 its length in bytes
        bytes: u32,
        /// 说明 note, or how the election came out, masked
        #[example = "已到位"]
        note: String,
        /// 提交时间 when it was handed in (UTC)
        at: Timestamp,
    }
}

table! {
    /// 增列清单事项: what a station added to the list of topics (议事清单).
    pub struct Topic in "station_topic" {
        key {
            /// 村社区 village or community
            station: UnitCode,
            /// 清单编码 code
            topic: TopicCode,
        }
        /// 清单 which list
        list: List,
        /// 事项 what may be deliberated, masked
        #[example = "村内广告牌设置"]
        title: String,
        /// 责任人身份 who is responsible; none: the leading group
        responsible: Option<Capacity>,
        /// 增列时间 when it was added (UTC)
        at: Timestamp,
    }
}

impl Station {
    pub(super) fn opened(opened: &Opened) -> Self {
        Self {
            station: opened.unit.clone(),
            level: opened.level,
            estate: opened.estate,
            opened_on: opened.opened_on,
            premises_since: None,
            staff_since: None,
            register_since: None,
            suggestion_box_since: None,
            notice_board_since: None,
            households: None,
            households_as_of: None,
            households_source: None,
            items_met: 0,
            complete_since: None,
        }
    }

    /// Since when it has one of the five.
    #[must_use]
    pub fn since(&self, item: Item) -> Option<Date> {
        match item {
            Item::Premises => self.premises_since,
            Item::Staff => self.staff_since,
            Item::Register => self.register_since,
            Item::SuggestionBox => self.suggestion_box_since,
            Item::NoticeBoard => self.notice_board_since,
        }
    }

    fn since_mut(&mut self, item: Item) -> &mut Option<Date> {
        match item {
            Item::Premises => &mut self.premises_since,
            Item::Staff => &mut self.staff_since,
            Item::Register => &mut self.register_since,
            Item::SuggestionBox => &mut self.suggestion_box_since,
            Item::NoticeBoard => &mut self.notice_board_since,
        }
    }

    /// Evidence for what is there already does not make it newer.
    pub(super) fn gain(&mut self, item: Item, on: Date) {
        self.since_mut(item).get_or_insert(on);
        self.recount(on);
    }

    pub(super) fn lose(&mut self, item: Item, on: Date) {
        *self.since_mut(item) = None;
        self.recount(on);
    }

    fn recount(&mut self, on: Date) {
        let met = |item: &&Item| self.since(**item).is_some();
        self.items_met = Item::ALL.iter().filter(met).map(|_| 1).sum();
        let complete = usize::from(self.items_met) == Item::ALL.len();
        self.complete_since = complete.then(|| self.complete_since.unwrap_or(on));
    }
}
