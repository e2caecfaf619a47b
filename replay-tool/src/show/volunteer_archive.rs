//! 志愿者档案.

use domain::identity_number::AgeGroup;
use projections::models::volunteer_archive::{self, File, Filter};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown, clock};
use crate::moment::county;
use crate::table::{Column, columns, or_blank};

/// The read model *volunteer archive*.
pub struct VolunteerArchive;

impl Shown for VolunteerArchive {
    type Row = File;
    const COLUMNS: &'static [Column<File>] = columns! { File:
        "volunteer" "志愿者" "Volunteer" left |row, _| row.archive.volunteer.to_string();
        "unit" "单位" "Unit" left |row, _| row.archive.unit.to_string();
        "squad" "小分队" "Squad" left |row, _| or_blank(row.archive.squad.as_ref());
        "kind" "类别" "Kind" left |row, lang| lang.word(row.archive.kind);
        "recruitment" "招募方式" "Recruitment" left |row, lang| lang.word(row.archive.recruitment);
        "political_status" "政治面貌" "Political status" left |row, lang| lang.word(row.archive.political_status);
        "age_group" "年龄段" "Age group" left |row, lang| match row.archive.age_group {
            AgeGroup::Minor => lang.pick("未成年人", "minor").to_owned(),
            AgeGroup::Adult => lang.pick("成年人", "adult").to_owned(),
            AgeGroup::Senior => lang.pick("老年人", "senior").to_owned(),
        };
        "tier" "层级" "Tier" left |row, lang| lang.word(row.archive.tier);
        "skills" "技能" "Skills" left |row, _| row.archive.skills.0.join("、");
        "stars" "星级" "Stars" right |row, _| row.archive.stars.to_string();
        "real_name" "实名比对" "Real name" left |row, lang| lang.word(row.archive.real_name);
        "status" "状态" "Status" left |row, lang| lang.word(row.archive.status);
        "registered_at" "注册时间" "Registered" left |row, _| county(row.archive.registered_at);
        "records" "记录" "Records" right |row, _| row.records.to_string();
        "attested" "已认定" "Attested" right |row, _| row.attested.to_string();
        "attested_time" "认定时长" "Attested time" right |row, _| clock(row.attested_minutes);
        "last_served" "最近服务" "Last served" left |row, _| or_blank(row.last_served.map(county));
    };

    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<File>, QueryError> {
        let filter = Filter { unit: asked.unit.clone(), ..Filter::default() };
        volunteer_archive::list(conn, &filter, page)
    }
}
