use domain::bulletin::{Figures, Late, Ordered};
use domain::unit::Kind;
use domain::{BulletinId, UnitCode};
use jiff::Timestamp;

use crate::engine::column::Texts;
use crate::engine::row::table;

table! {
    /// 通报: how far every unit had come at a moment.
    pub struct Bulletin in "bulletin" {
        key {
            /// 通报编号 bulletin
            bulletin: BulletinId,
        }
        /// 文号 number of the document
        #[example = "象法治办〔2026〕12号"]
        number: Option<String>,
        /// 标题 title
        #[example = "关于志愿者队伍组建进度的通报"]
        title: String,
        /// 说明 what stands above the table
        #[example = "截至11月30日,各单位进度如下。"]
        note: Option<String>,
        /// 截至 the moment that its figures tell of (UTC)
        as_of: Option<Timestamp>,
        /// 单位数 rows of its table
        units: u32,
        /// 发布时间 when it was published (UTC)
        published_at: Option<Timestamp>,
        /// 更正的通报 the earlier bulletin that it corrects
        corrects: Option<BulletinId>,
        /// 更正原因 what was wrong with that
        #[example = "一个单位漏列"]
        correction_reason: Option<String>,
        /// 更正通报 the later bulletin that corrects it
        corrected_by: Option<BulletinId>,
    }
    index (published_at);
}

table! {
    /// 通报中的单位: a row of a bulletin's table.
    pub struct BulletinUnit in "bulletin_unit" {
        key {
            /// 通报编号 bulletin
            bulletin: BulletinId,
            /// 序号 place in the table
            place: u32,
        }
        /// 名次 rank among the units of its kind; none without a task
        rank: Option<u32>,
        /// 单位代码 unit
        unit: UnitCode,
        /// 单位名称 its name then
        #[example = "墙头镇"]
        name: String,
        /// 类别 kind
        kind: Kind,
        /// 应有队员数 members required; none without a task
        required: Option<u32>,
        /// 队员数 members
        members: u32,
        /// 差额 members that are missing; none without a task
        gap: Option<u32>,
        /// 完成率(千分) members of those required, in tenths of a percent; none without a task
        completion: Option<u32>,
        /// 注册人数 registered volunteers
        registered: u32,
        /// 比对一致 whose real name matched
        matched: u32,
        /// 比对不一致 whose real name did not
        refused: u32,
        /// 未比对 of whom no roster said anything yet
        pending: u32,
        /// 待办 records that wait for attestation or approval, and disputes
        open: u32,
        /// 逾期 what is late
        late: Texts,
    }
}

impl Bulletin {
    /// One that is not published yet.
    pub(super) fn ordered(bulletin: BulletinId, ordered: &Ordered) -> Self {
        let corrects = ordered.corrects.as_ref();
        Self {
            bulletin,
            number: ordered.number.as_ref().map(ToString::to_string),
            title: ordered.title.to_string(),
            note: ordered.note.as_ref().map(ToString::to_string),
            as_of: None,
            units: 0,
            published_at: None,
            corrects: corrects.map(|correction| correction.bulletin),
            correction_reason: corrects.map(|correction| correction.reason.to_string()),
            corrected_by: None,
        }
    }
}

impl BulletinUnit {
    /// A row as its event tells it, with what follows from its figures.
    pub(super) fn told(
        bulletin: BulletinId,
        place: u32,
        rank: Option<u32>,
        figures: &Figures,
    ) -> Self {
        let has_task = figures.required > 0;
        let name = figures.name.as_ref().map(ToString::to_string);
        Self {
            bulletin,
            place,
            rank,
            unit: figures.unit.clone(),
            name: name.unwrap_or_else(|| figures.unit.to_string()),
            kind: figures.kind,
            required: has_task.then_some(figures.required),
            members: figures.members,
            gap: has_task.then_some(figures.gap()),
            completion: figures.completion(),
            registered: figures.registered,
            matched: figures.matched,
            refused: figures.refused,
            pending: figures.pending(),
            open: figures.open,
            late: Texts(figures.late.iter().map(|late: &Late| late.zh().to_owned()).collect()),
        }
    }
}
