#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};

use super::cells::Rows;
use super::*;
use crate::imports::limits::{MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS};

mod layout;
mod old_workbook;
mod text;

/// Rows as number and cells, with `!` for what has no text.
fn shown(sheet: &Sheet) -> Vec<(u32, Vec<String>)> {
    let cell = |cell: &Cell| match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text.to_string(),
        Cell::LostDigits => "!digits".to_owned(),
        Cell::FormulaError => "!formula".to_owned(),
        Cell::TooLong => "!long".to_owned(),
        Cell::Merged(area) => format!("!{area}"),
    };
    sheet.rows.iter().map(|row| (row.number, row.cells.iter().map(cell).collect())).collect()
}

/// Reads a file of which no header is known.
fn book(bytes: impl AsRef<[u8]>) -> Result<Book, BadFile> {
    Book::read(bytes.as_ref(), &|_| 0)
}

/// The rows of its first sheet.
fn read(bytes: impl AsRef<[u8]>) -> Result<Vec<(u32, Vec<String>)>, BadFile> {
    book(bytes).map(|book| shown(&book.sheets[0]))
}

fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
    (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn excel_cells_as_a_person_sees_them() {
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(1, 0, "张三").unwrap();
    sheet.write(1, 1, 13_800_138_000_u64).unwrap();
    sheet.write(1, 2, 2.5).unwrap();
    sheet.write(1, 3, 330_225_199_001_010_019_f64).unwrap();
    sheet.write(1, 4, "330225199001010019").unwrap();
    sheet.write_with_format(1, 5, 44530, &date).unwrap();
    sheet.write_with_format(1, 6, 44530.5, &moment).unwrap();
    sheet.write(1, 7, true).unwrap();
    sheet.write_formula(3, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    workbook.add_worksheet().write(0, 0, "another sheet").unwrap();
    workbook.add_worksheet();
    let bytes = workbook.save_to_buffer().unwrap();
    let first = [
        "张三",
        "13800138000",
        "2.5",
        "!digits",
        "330225199001010019",
        "2021-11-30",
        "2021-11-30 12:00:00",
        "TRUE",
    ];
    let book = book(bytes).unwrap();
    let sheets: Vec<_> = book.sheets.iter().map(shown).collect();
    let expected =
        [vec![row(2, &first), row(4, &["", "!formula"])], vec![row(1, &["another sheet"])], vec![]];
    assert_eq!(sheets, expected);
    assert_eq!(book.sheets[1].name.as_deref(), Some("Sheet2"));
}

#[test]
fn a_time_without_a_day_is_a_time_whenever_days_begin() {
    let time = Format::new().set_num_format("h:mm");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, part) in [(0, 0.375), (1, 0.0), (2, 44_530.375)] {
        sheet.write_with_format(0, column, part, &time).unwrap();
    }
    let since_1900 = workbook.save_to_buffer().unwrap();
    let part = part_of(&since_1900, "xl/workbook.xml")
        .replace("<workbookPr", "<workbookPr date1904=\"1\"");
    let since_1904 = replaced(&since_1900, "xl/workbook.xml", &part);
    let of = |day: &str| Ok(vec![row(1, &["09:00:00", "00:00:00", &format!("{day} 09:00:00")])]);
    assert_eq!(read(since_1900), of("2021-11-30"));
    assert_eq!(read(since_1904), of("2025-12-01"));
}

#[test]
fn files_that_are_no_table() {
    for (bytes, reason) in [
        (&b""[..], BadFile::Empty),
        (b" \r\n\t\n", BadFile::Empty),
        (b",,\n", BadFile::Empty),
        (b"\x89PNG\r\n\x1a\n\0", BadFile::NotATable),
        (b"PK\x03\x04 and nothing more", BadFile::NotATable),
        (b"%PDF-1.7 and more", BadFile::NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", BadFile::NotATable),
        (b"<html><table><tr><td>1</td></tr></table></html>", BadFile::WebPage),
        (b"\r\n <?xml version=\"1.0\"?><Workbook/>", BadFile::WebPage),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", BadFile::WebPage),
    ] {
        assert_eq!(read(bytes), Err(reason), "{bytes:?}");
    }
    assert_eq!(read(zip_of("a.txt", b"no workbook", 1)), Err(BadFile::NotATable));
    for part in ["content.xml", "xl/workbook.bin", "word/document.xml"] {
        assert_eq!(read(zip_of(part, b"<a/>", 1)), Err(BadFile::OtherFormat), "{part}");
    }
}

#[test]
fn limits_hold_exactly() {
    let rows = |count: usize| "x\n".repeat(count);
    assert_eq!(read(rows(MAX_ROWS)).map(|rows| rows.len()), Ok(MAX_ROWS));
    assert_eq!(read(rows(MAX_ROWS + 1)), Err(BadFile::TooManyRows));
    let columns = |count: usize| vec!["x"; count].join(",");
    assert_eq!(read(columns(MAX_COLUMNS)).map(|rows| rows[0].1.len()), Ok(MAX_COLUMNS));
    assert_eq!(read(columns(MAX_COLUMNS + 1)), Err(BadFile::TooManyColumns));
    let mut wide = Rows::default();
    let mut push = || wide.push(1, (0..MAX_COLUMNS).map(|_| Cell::TooLong).collect());
    assert!((0..MAX_CELLS / MAX_COLUMNS).all(|_| push().is_ok()));
    assert_eq!(push(), Err(BadFile::TooManyRows));
    assert_eq!(read(vec![b' '; MAX_FILE_BYTES]), Err(BadFile::Empty));
    assert_eq!(read(vec![b' '; MAX_FILE_BYTES + 1]), Err(BadFile::TooLarge));
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, MAX_COLUMNS as u16, "x").unwrap();
    assert_eq!(read(workbook.save_to_buffer().unwrap()), Err(BadFile::TooManyColumns));
    let with_sheets = |count: usize| {
        let mut workbook = Workbook::new();
        for _ in 0..count {
            workbook.add_worksheet().write(0, 0, "x").unwrap();
        }
        book(workbook.save_to_buffer().unwrap()).map(|book| book.sheets.len())
    };
    assert_eq!(with_sheets(MAX_SHEETS), Ok(MAX_SHEETS));
    assert_eq!(with_sheets(MAX_SHEETS + 1), Err(BadFile::TooManySheets));
}

/// A ZIP of one entry that holds `content` many times over.
fn zip_of(name: &str, content: &[u8], times: usize) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    (0..times).for_each(|_| writer.write_all(content).unwrap());
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_small_archive_that_unpacks_to_much_is_refused_unread() {
    let mebibyte = vec![b' '; 1 << 20];
    for (name, mebibytes) in [("xl/sharedStrings.xml", 97), ("xl/worksheets/sheet1.xml", 161)] {
        let bomb = zip_of(name, &mebibyte, mebibytes);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(read(bomb), Err(BadFile::Inflated), "{name}");
    }
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for entry in 0..=1_000 {
        writer.start_file(entry.to_string(), zip::write::SimpleFileOptions::default()).unwrap();
    }
    assert_eq!(read(writer.finish().unwrap().into_inner()), Err(BadFile::Inflated));
}

fn small_workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..5 {
        sheet.write(row, 0, "文字").unwrap().write(row, 1, row).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// A small workbook one part of which is another.
fn with_part(name: &str, content: &str) -> Vec<u8> {
    replaced(&small_workbook(), name, content)
}

fn part_of(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

fn replaced(workbook: &[u8], name: &str, content: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        writer.start_file(entry.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
        if entry.name().unwrap() == name {
            writer.write_all(content.as_bytes()).unwrap();
        } else {
            std::io::copy(&mut entry, &mut writer).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_number_of_strings_that_is_only_claimed_takes_no_memory() {
    for claimed in ["100000000000", "99999999999999999999", "4000001"] {
        for attribute in [
            format!("uniqueCount=\"{claimed}\""),
            format!("uniqueCount = '{claimed}'"),
            format!("count='5' uniqueCount='5' uniqueCount='{claimed}'"),
        ] {
            let strings = format!("<sst {attribute}><si><t>文字</t></si></sst>");
            let workbook = with_part("xl/sharedStrings.xml", &strings);
            assert_eq!(read(workbook), Err(BadFile::Inflated), "{attribute}");
        }
    }
    for claimed in ["", "uniqueCount='4000000'", "uniqueCount='many'"] {
        let strings = format!("<sst {claimed}><si><t>文字</t></si></sst>");
        assert_eq!(read(with_part("xl/sharedStrings.xml", &strings)).map(|rows| rows.len()), Ok(5));
    }
}

#[test]
fn formats_that_all_copy_a_long_name_are_refused() {
    let styles = |letters: usize, formats: usize| {
        let name = "a".repeat(letters);
        let format = "<xf fontId=\"0\"/>".repeat(formats);
        let fonts = format!("<fonts><font><name val=\"{name}\"/></font></fonts>");
        let styles = format!("<styleSheet>{fonts}<cellXfs>{format}</cellXfs></styleSheet>");
        read(with_part("xl/styles.xml", &styles)).map(|rows| rows.len())
    };
    assert_eq!(styles(31, 65_490), Ok(5), "as many as Excel keeps");
    assert_eq!(styles(31, 2 * 65_490 + 1), Err(BadFile::Inflated));
    assert_eq!(styles(100_000, 20_000), Err(BadFile::Inflated));
}

/// The parts of a workbook, stored so that a changed byte reaches the reader of the format.
fn changed_part(part: usize, changes: &[(usize, u8)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(small_workbook())).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let part = part % archive.len();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        std::io::copy(&mut entry, &mut content).unwrap();
        if index == part {
            for (at, byte) in changes {
                let at = at % content.len();
                content[at] = *byte;
            }
        }
        writer.start_file(entry.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes).is_ok_and(|rows| !rows.is_empty()) || read(&bytes).is_err());
    }

    /// Damage in the archive itself.
    #[test]
    fn a_damaged_archive_breaks_nothing(changes in proptest::collection::vec(any::<(usize, u8)>(), 1..8)) {
        let mut bytes = small_workbook();
        for (at, byte) in changes {
            let at = 4 + at % (bytes.len() - 4);
            bytes[at] = byte;
        }
        prop_assert!(read(&bytes).map_or(true, |rows| rows.len() <= 5));
    }

    /// Damage inside a part, behind valid checksums.
    #[test]
    fn a_damaged_part_breaks_nothing(
        part in 0_usize..16,
        changes in proptest::collection::vec((any::<usize>(), prop_oneof![any::<u8>(), Just(b'"'), Just(b'<'), Just(b'9')]), 1..8),
    ) {
        prop_assert!(read(changed_part(part, &changes)).map_or(true, |rows| rows.len() <= 10));
    }
}
