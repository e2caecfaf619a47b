//! 实名名册: the office's register of real names, which is compared with everybody registered.

use domain::PersonId;
use domain::identity_number::IdentityNumber;
use domain::writing::Writing;

use super::column::{Column, Need};
use super::fields::{Fields, read_rows};
use super::table::Tables;
use super::{BadFile, Reading};
use crate::people::Personal;

/// The columns of the table.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "姓名",
        also: &["名字", "志愿者姓名", "人员姓名"],
        need: Need::Value,
        writing: Writing::Name,
        zh: "与证件一致，最多50字。",
        en: "As on the card, at most 50 characters.",
        example: "示例甲",
        ..Column::PLAIN
    },
    Column {
        name: "身份证号",
        also: &[
            "身份证号码",
            "身份证",
            "公民身份号码",
            "公民身份证号码",
            "证件号码",
            "居民身份证号码",
        ],
        need: Need::Value,
        writing: Writing::Code,
        zh: "18位公民身份号码；单元格须为文本格式。",
        en: "Identity number of 18 characters, in a cell formatted as text.",
        example: "999999199001010016",
        ..Column::PLAIN
    },
    Column {
        name: "志愿者编号",
        also: &["志愿者号", "志愿者号码"],
        need: Need::Nothing,
        writing: Writing::Code,
        zh: "名册中已记的编号，如 V0123456789AB；可留空。",
        en: "The number that the register has of the person, for example V0123456789AB; may be blank.",
        example: "",
        ..Column::PLAIN
    },
    Column {
        name: "单位",
        need: Need::Nothing,
        filled_down: true,
        zh: "单位代码或单位名称，也可为其上级；可留空。",
        en: "Code or name of the unit, or of one above it; may be blank.",
        example: "",
        ..Column::PLAIN
    },
];

/// A person whom the register lists. `Debug` shows nothing that reaches them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 姓名.
    pub name: Personal,
    /// 身份证号.
    pub identity_number: IdentityNumber,
    /// 志愿者编号.
    pub volunteer: Option<PersonId>,
    /// 单位, by code or name.
    pub unit: Option<Personal>,
}

/// Reads a register; the same person may stand in it twice.
///
/// # Errors
/// When the file is no such table.
pub fn read(bytes: &[u8]) -> Result<Reading<Entry>, BadFile> {
    read_rows(&Tables::read(bytes, COLUMNS)?, entry)
}

fn entry(fields: &mut Fields<'_>) -> Option<Entry> {
    let name = fields.read("姓名", Personal::name);
    let identity_number = fields.read("身份证号", IdentityNumber::parse);
    let volunteer = fields.read("志愿者编号", str::parse::<PersonId>);
    let unit = fields.read("单位", Personal::text);
    Some(Entry { name: name?, identity_number: identity_number?, volunteer, unit })
}

#[cfg(test)]
mod tests;
