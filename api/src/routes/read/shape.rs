//! What the rows of read models look like, for `/openapi.json`: taken from the tables themselves.

use std::borrow::Cow;

use projections::Row;
use projections::models::{
    activity_board, points_bank, public_notice, quota, service_timeliness, volunteer_archive,
};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, Object, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// A field: name, type in SQLite, meaning.
pub type Field = (&'static str, &'static str, &'static str);

/// The columns of a table.
pub fn columns<R: Row>() -> Vec<Field> {
    R::COLUMNS.iter().map(|column| (column.name, column.sql_type, column.meaning.trim())).collect()
}

/// Declares a row, described by a table and some fields beside, and a page of such rows where a list gives them.
macro_rules! shown {
    ($($row:ident $($page:ident)? $name:literal from $($table:ty)? $(, $field:literal $type:literal $meaning:literal)*;)+) => { $(
        #[doc = concat!("One ", $name, ".")]
        pub struct $row;

        impl $row {
            fn fields() -> Vec<Field> {
                #[allow(unused_mut)]
                let mut fields: Vec<Field> = Vec::new();
                $( fields.extend(columns::<$table>()); )?
                let beside: &[Field] = &[$( ($field, $type, $meaning) ),*];
                fields.extend_from_slice(beside);
                fields
            }
        }

        impl PartialSchema for $row {
            fn schema() -> RefOr<Schema> {
                RefOr::T(Schema::Object(object(Self::fields())))
            }
        }

        impl ToSchema for $row {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        }

        $( shown_page!($page $row $name); )?
    )+ };
}
pub(super) use shown;

/// Declares a page of such rows.
macro_rules! shown_page {
    ($page:ident $row:ident $name:literal) => {
        #[doc = concat!("A page of ", $name, ": `items`, and `cursor` unless it is the last.")]
        pub struct $page;

        impl PartialSchema for $page {
            fn schema() -> RefOr<Schema> {
                RefOr::T(Schema::Object(page(object($row::fields()))))
            }
        }

        impl ToSchema for $page {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(concat!($name, "Page"))
            }
        }
    };
}
pub(super) use shown_page;

shown! {
    QuotaRow QuotaPage "Quota" from quota::Unit,
        "required" "INTEGER" "应有队员数 members required",
        "active" "INTEGER" "本单位活跃队员数 active members of the unit itself",
        "active_total" "INTEGER" "活跃队员数 active members in all",
        "member_share_met" "BOOLEAN" "队员比例达标 share of members met",
        "party_share_met" "BOOLEAN" "党员和积极分子比例达标 share of party members and activists met",
        "task_met" "BOOLEAN" "任务数达标 task number met",
        "administrator_overdue" "BOOLEAN" "管理员上报逾期 administrator overdue",
        "squad_overdue" "BOOLEAN" "小分队逾期 squad overdue";
    AccountRow AccountPage "PointsAccount" from ,
        "account" "TEXT" "账户 volunteer number, or issuer",
        "opening" "INTEGER" "期初余额 balance before `since`, in hundredths of a point",
        "earned" "INTEGER" "获得 earned",
        "redeemed" "INTEGER" "兑换 redeemed",
        "returned" "INTEGER" "撤销兑换退回 returned",
        "expired" "INTEGER" "过期 expired",
        "reversed" "INTEGER" "冲正 reversed",
        "settled" "INTEGER" "补扣 settled",
        "balance" "INTEGER" "余额 balance",
        "owed" "INTEGER" "尚欠 owed",
        "next_expiry" "TEXT" "最早到期日 next expiry";
    EntryRow EntryPage "PointsEntry" from points_bank::Entry;
    NoticeRow NoticePage "Notice" from public_notice::Notice;
    ObjectionRow ObjectionPage "Objection" from public_notice::Objection;
    VolunteerRow VolunteerPage "Volunteer" from volunteer_archive::Archive,
        "records" "INTEGER" "记录数 records",
        "attested" "INTEGER" "已认定记录数 attested records",
        "attested_minutes" "INTEGER" "已认定时长 attested minutes",
        "ratings" "INTEGER" "评价数 ratings",
        "rating_sum" "INTEGER" "评价之和 sum of ratings",
        "last_served" "TEXT" "最近服务时间 end of the latest attested service";
    RecordRow RecordPage "ServiceRecord" from service_timeliness::ServiceRecord;
    OrganiserRow OrganiserPage "ServiceTimeliness" from service_timeliness::ByOrganiser;
    ActivityRow ActivityPage "Activity" from activity_board::Activity,
        "records" "INTEGER" "服务记录数 records",
        "attested" "INTEGER" "已认定记录数 attested records",
        "attested_minutes" "INTEGER" "已认定时长 attested minutes",
        "outcomes" "JSON" "活动成果 outcomes";
    ParticipantRow ParticipantPage "Participant" from activity_board::Participant;
}

/// A row as an object.
pub fn object(fields: Vec<Field>) -> Object {
    let row = fields.into_iter().fold(ObjectBuilder::new(), |row, (name, kind, meaning)| {
        // SQLite has no booleans: an INTEGER may be shown as one. NULL is shown as null.
        let types = match kind {
            "INTEGER" => vec![Type::Integer, Type::Boolean, Type::Null],
            "BOOLEAN" => vec![Type::Boolean],
            "TEXT" => vec![Type::String, Type::Array, Type::Object, Type::Null],
            _ => vec![Type::Array, Type::Object],
        };
        let field = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter(types))
            .description(Some(meaning));
        row.property(name, field.build())
    });
    row.build()
}

/// A page of rows.
pub fn page(row: Object) -> Object {
    let cursor = ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some("Asks for the next page; left out on the last one."));
    ObjectBuilder::new()
        .property("items", ArrayBuilder::new().items(row).build())
        .required("items")
        .property("cursor", cursor.build())
        .build()
}
