//! What is merged, hidden or never calculated.

use super::*;

fn only_sheet(workbook: &mut Workbook) -> Sheet {
    book(workbook.save_to_buffer().unwrap()).unwrap().sheets.remove(0)
}

#[test]
fn areas_and_columns_are_named_as_excel_names_them() {
    let names = [0, 25, 26, 51, 52, 701, 702, 16_383].map(letters);
    assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    let area = Area { top: 2, left: 6, bottom: 4, right: 27 };
    assert_eq!(area.to_string(), "G3:AB5");
}

#[test]
fn merged_cells_are_marked_where_a_row_holds_anything() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 3, "标题", &plain).unwrap();
    sheet.merge_range(1, 1, 3, 1, "代码", &plain).unwrap();
    sheet.merge_range(4, 0, 9, 1, "只在一行", &plain).unwrap();
    for row in [1, 3] {
        sheet.write(row, 0, "甲").unwrap();
    }
    let title = row(1, &["标题", "!A1:D1", "!A1:D1", "!A1:D1"]);
    let wide = row(5, &["只在一行", "!A5:B10"]);
    let expected = [title, row(2, &["甲", "代码"]), row(4, &["甲", "!B2:B4"]), wide];
    assert_eq!(shown(&only_sheet(&mut workbook)), expected);
}

#[test]
fn hidden_rows_columns_and_sheets_are_read_and_told() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..4 {
        sheet.write_row(row, 0, ["甲", "乙", "丙"]).unwrap();
    }
    sheet.set_row_hidden(1).unwrap().set_row_hidden(3).unwrap();
    sheet.set_column_range_hidden(1, 2).unwrap();
    workbook.add_worksheet().set_hidden(true).write(0, 0, "x").unwrap();
    let book = book(workbook.save_to_buffer().unwrap()).unwrap();
    let [first, second] = &book.sheets[..] else { panic!() };
    assert_eq!(
        first.rows.iter().map(|row| row.hidden).collect::<Vec<_>>(),
        [false, true, false, true]
    );
    assert_eq!((&first.hidden_columns[..], first.hidden), (&[(1, 2)][..], false));
    assert_eq!((second.hidden, second.rows.len()), (true, 1));
}

#[test]
fn a_formula_that_nobody_calculated_is_no_blank_cell() {
    let cells = [
        ("A1", "<f>B1</f>"),
        ("B1", "<f>1+1</f><v>2</v>"),
        ("C1", "<f>B1</f><v></v>"),
        ("D1", "<f t=\"shared\" si=\"0\"/>"),
        ("E1", ""),
        ("F1", "<f>B1</f><v/>"),
    ];
    let mut cells: String =
        cells.map(|(at, content)| format!("<c r=\"{at}\">{content}</c>")).concat();
    cells.push_str("<c r=\"G1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"H1\"><v>5</v></c>");
    let part = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>"
    );
    let expected = ["!formula", "2", "!formula", "!formula", "", "!formula", "", "5"];
    assert_eq!(read(with_part("xl/worksheets/sheet1.xml", &part)), Ok(vec![row(1, &expected)]));
}

#[test]
fn areas_that_lie_over_each_other_are_refused() {
    let rows =
        (1..=20_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>"));
    let rows: String = rows.collect();
    let areas = "<mergeCell ref=\"A1:BL20000\"/>".repeat(8);
    let part = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData><mergeCells>{areas}</mergeCells></worksheet>"
    );
    assert_eq!(read(with_part("xl/worksheets/sheet1.xml", &part)), Err(BadFile::Inflated));
    let many = "<mergeCell ref=\"A1:B2\"/>".repeat(100_001);
    let part = format!("<worksheet><sheetData/><mergeCells>{many}</mergeCells></worksheet>");
    assert_eq!(read(with_part("xl/worksheets/sheet1.xml", &part)), Err(BadFile::Inflated));
}

/// Else a small file would be read as often as it names its sheet.
#[test]
fn a_part_that_is_many_sheets_is_refused() {
    let sheets =
        (1..=200).map(|id| format!("<sheet name=\"{id}\" sheetId=\"{id}\" r:id=\"rId1\"/>"));
    let sheets: String = sheets.collect();
    let part = format!(
        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{sheets}</sheets></workbook>"
    );
    assert_eq!(read(with_part("xl/workbook.xml", &part)), Err(BadFile::NotATable));
    let once = part.replace(&sheets, "<sheet name=\"一\" sheetId=\"7\" r:id=\"rId1\"/>");
    assert_eq!(read(with_part("xl/workbook.xml", &once)).map(|rows| rows.len()), Ok(5));
}

/// The workbook lies in whatever folder its archive says.
#[test]
fn what_is_merged_is_known_wherever_the_workbook_lies() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 1, 1, 1, "代码", &Format::new()).unwrap();
    sheet.write(0, 0, "甲").unwrap().write(1, 0, "乙").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let moved = |from: &str, to: &str| {
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let name = entry.name().unwrap().replace(from, to);
            let mut content = String::new();
            std::io::Read::read_to_string(&mut entry, &mut content).unwrap();
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content.replace(from, to).as_bytes()).unwrap();
        }
        read(writer.finish().unwrap().into_inner())
    };
    let expected = Ok(vec![row(1, &["甲", "代码"]), row(2, &["乙", "!B1:B2"])]);
    assert_eq!(moved("xl/", "xl/"), expected);
    assert_eq!(moved("xl/", "book/of/2021/"), expected);
    assert_eq!(moved("worksheets/", "pages/"), Err(BadFile::NotATable), "no part, no layout");
}
