//! Why a sheet or a row is not read as data.

use crate::imports::bad_file::BadFile;
use crate::imports::problems::Reason;

/// A hidden sheet with the header: perhaps an old version of the table, so it is not believed.
pub(super) fn hidden() -> Reason {
    Reason::new(
        "sheet.hidden",
        "此工作表是隐藏的，其中的行未读取；需要导入请取消隐藏，不需要请删去此表。",
        "The sheet is hidden, and its rows were not read; unhide it to have them taken, or delete it.",
    )
}

/// Something like the table, in which columns are missing or stand twice.
pub(super) fn not_the_table(bad: &BadFile) -> Reason {
    let Reason { zh, en, .. } = bad.reason();
    Reason::new(
        "sheet.not_the_table",
        format!("此工作表未读取：{zh}不是要导入的表可以删去。"),
        format!("The sheet was not read. {en} Delete it if it is not meant to be taken."),
    )
}

/// Rows as of a table, and no header.
pub(super) fn no_header() -> Reason {
    Reason::new(
        "sheet.no_header",
        "此工作表中有成列的内容，但没有找到表头，未读取；需要导入请加上与模板相同的表头，不需要请删去此表。",
        "The sheet has columns of values but no header, and was not read; give it the header of the template to have it taken, or delete it.",
    )
}

/// A separator within a value moves all that stands behind it.
pub(super) fn too_many_cells(cells: usize, expected: usize) -> Reason {
    Reason::new(
        "row.too_many_cells",
        format!(
            "此行有{cells}格，表头只有{expected}格，可能是内容中的分隔符把后面的格推后了；请把含分隔符的内容放在引号内。"
        ),
        format!(
            "The row has {cells} cells, {expected} are expected; perhaps a separator within a value moved those behind it. Put such a value in quotes."
        ),
    )
}
