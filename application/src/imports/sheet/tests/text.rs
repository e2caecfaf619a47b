//! Tables in text.

use super::*;

#[test]
fn csv_with_mark_tabs_and_any_line_break() {
    let expected = vec![row(1, &["姓名", "代码"]), row(2, &["甲", "1"])];
    for text in [
        "姓名,代码\n甲,1\n",
        "\u{feff}姓名,代码\r\n甲,1",
        "姓名\t代码\r甲\t1\r",
        " 姓名 ,\"代码\",\n\u{3000}甲\u{3000},1,,\n",
    ] {
        assert_eq!(read(text), Ok(expected.clone()), "{text:?}");
    }
}

#[test]
fn csv_rows_are_numbered_as_excel_numbers_them() {
    let text = "a,b\n\n\"1\n2\n3\",x\n,\n\ny,\"\n\"\"z\"\nlast,";
    let numbered = vec![
        row(1, &["a", "b"]),
        row(3, &["1\n2\n3", "x"]),
        row(6, &["y", "\"z"]),
        row(7, &["last"]),
    ];
    assert_eq!(read(text), Ok(numbered.clone()));
    assert_eq!(read(text.replace('\n', "\r\n")), Ok(numbered));
}

#[test]
fn csv_cells_that_cannot_be_believed() {
    let long = "长".repeat(MAX_CELL_CHARS + 1);
    let text = format!("3.30225E+17,1E5,E+17,{long},{}", &long[3..]);
    assert_eq!(read(text), Ok(vec![row(1, &["!digits", "1E5", "E+17", "!long", &long[3..]])]));
}

/// A table in Chinese, its separator, and how it should be read.
const TABLE: &str = "姓名,代码\r\n\"示例，甲\",1\r\n示例乙,2\r\n";

fn table() -> Vec<(u32, Vec<String>)> {
    vec![row(1, &["姓名", "代码"]), row(2, &["示例，甲", "1"]), row(3, &["示例乙", "2"])]
}

fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

fn gb18030(text: &str) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::GB18030.encode(text);
    assert!(!lost, "{text}");
    bytes.into_owned()
}

#[test]
fn every_encoding_that_spreadsheets_write() {
    let marked = format!("\u{feff}{TABLE}");
    for (bytes, encoding) in [
        (TABLE.as_bytes().to_vec(), "UTF-8"),
        (marked.clone().into_bytes(), "UTF-8"),
        (gb18030(TABLE), "GB18030"),
        (utf_16(&marked, u16::to_le_bytes), "UTF-16"),
        (utf_16(&marked, u16::to_be_bytes), "UTF-16"),
        (utf_16(TABLE, u16::to_le_bytes), "UTF-16"),
        (utf_16(TABLE, u16::to_be_bytes), "UTF-16"),
    ] {
        let book = book(&bytes).unwrap();
        assert_eq!(shown(&book.sheets[0]), table(), "{encoding} {:?}", &bytes[..4]);
        assert_eq!(book.read_as, Some(ReadAs { encoding, separator: ',' }));
    }
}

#[test]
fn characters_outside_of_the_common_ones_survive_gb18030() {
    let names = ["㛃", "䶮", "𬎆", "𠅤", "〇", "é", "·"];
    let text = names.map(|name| format!("示例{name},1\n")).concat();
    let rows = read(gb18030(&text)).unwrap();
    let read: Vec<_> = rows.iter().map(|row| row.1[0].clone()).collect();
    assert_eq!(read, names.map(|name| format!("示例{name}")));
}

#[test]
fn two_encodings_in_one_file_are_refused_with_their_line() {
    let (utf_8, gbk) = ("姓名,代码\r\n甲,1\r\n", gb18030("示例乙,2\r\n示例丙,3\r\n"));
    let joined = |parts: &[&[u8]]| read(parts.concat());
    let mixed = |line| Err(BadFile::MixedEncodings { line });
    assert_eq!(joined(&[utf_8.as_bytes(), &gbk]), mixed(3));
    assert_eq!(joined(&[b"\xef\xbb\xbf", utf_8.as_bytes(), &gbk]), mixed(3));
    assert_eq!(joined(&[&gbk, utf_8.as_bytes()]), mixed(3));
    assert_eq!(joined(&[b"a,b\rc,d\r", &gbk, "示例丁,4".as_bytes()]), mixed(5));
    let unknown = |line| Err(BadFile::UnknownEncoding { line });
    assert_eq!(joined(&[b"a,b\n\n", &gbk, b"\xff,1\n"]), unknown(3));
    assert_eq!(joined(&[b"a,b\nc,\xff\n"]), unknown(2));
    assert_eq!(joined(&[b"\xff\xfea\0,\0b"]), Err(BadFile::NotATable), "half a character");
}

/// The sign that makes the rows name the most columns.
fn read_as(text: &str) -> char {
    let named = |rows: &[Row]| {
        let cells = rows.iter().flat_map(|row| row.cells.iter().filter_map(|cell| cell.text()));
        cells.filter(|text| ["姓名", "代码", "技能"].contains(text)).count()
    };
    Book::read(text.as_bytes(), &named).unwrap().read_as.unwrap().separator
}

#[test]
fn the_separator_is_the_one_of_the_header() {
    for separator in [',', '\t', ';', '|', '，', '；'] {
        let header = format!("姓名{separator}代码{separator}技能\n");
        assert_eq!(read_as(&header), separator);
        let below = "a,b,c,d,e;f;g\th|i|j|k，l，m；n\n".repeat(3);
        assert_eq!(read_as(&format!("名册,,,,;;;;\n\n{header}{below}")), separator);
    }
    assert_eq!(read_as("sep=;\n姓名,代码;技能\n"), ';');
    assert_eq!(read_as("\"sep=\t\"\n姓名,代码\t技能\n"), '\t');
    assert_eq!(read("sep=;\n姓名;代码\n").unwrap(), [row(1, &["姓名", "代码"])]);
}

#[test]
fn a_quote_that_is_not_closed_is_refused_with_its_line() {
    let header = "姓名,身份证号,地址,技能,备注,同意\n甲,1,a,b,c,是\n";
    for (below, line) in [
        // Open up to the end.
        ("\"乙,2,a,b,c,是\n丙,3,a,b,c,是\n", 3),
        ("乙,2,\"a,b,c,是\n", 3),
        ("乙,2,a,b,c,\"是", 3),
        // Closed by a quote that opens another cell.
        ("乙,2,\"a,b,c,是\n丙,3,\"a\",b,c,是\n", 3),
        ("乙,2,a,b,c,是\n\n\"丙,3,a,b,c,是\n丁,4,a,b,\"c,d\",是\n", 5),
        // More behind a closing quote than a space.
        ("\"乙\"丙,2,a,b,c,是\n", 3),
    ] {
        for text in [format!("{header}{below}"), format!("{header}{below}").replace('\n', "\r\n")] {
            assert_eq!(read(&text), Err(BadFile::OpenQuote { line }), "{text}");
        }
    }
    // Closed where the text is well formed, and a row has vanished; or somebody wrote so much into one cell.
    for below in [
        "乙,2,\"示例路,b,c,是\n丙,3,示例街\",b,c,是\n",
        "乙,2,示例路,b,c,\"是\n丙,13800138000\",a,b,c,是\n",
        "\"乙,2,a,b,c,是\n丙,3,a,b,c,是\n丁,4,a,b,c,是\"\n",
        "乙,2,\"示例路1号,后门,\n下午在,晚上不在\",b,c,是\n",
    ] {
        assert_eq!(read(format!("{header}{below}")), Err(BadFile::RowsInACell { line: 3 }));
        let told = read(format!("sep=,\n{header}{below}"));
        assert_eq!(told, Err(BadFile::RowsInACell { line: 4 }));
    }
    for good in [
        "乙,2,\"示例路\n3号\",b,c,是\n",
        "乙,2, \"a,b,c,d,e,f\" ,b,c,是\n",
        "乙,2,\"say \"\"a\"\"\",b,c,是\n",
        "乙,2,12\" wide,b,c,是\n",
        "乙,2,\"\",b,c,\"是\"",
    ] {
        let rows = read(format!("{header}{good}")).unwrap();
        assert_eq!((rows.len(), rows[2].1.len(), &*rows[2].1[5]), (3, 6, "是"), "{good}");
    }
}

#[test]
fn what_a_spreadsheet_writes_for_an_error_is_no_value() {
    for error in ["#REF!", "#N/A", "#div/0!", "#NAME?", "########"] {
        assert_eq!(read(format!("a,{error}\n")), Ok(vec![row(1, &["a", "!formula"])]), "{error}");
    }
    assert_eq!(read("#1,##\n"), Ok(vec![row(1, &["#1", "##"])]));
}

/// A cell as a table in this separator holds it.
fn quoted(cell: &str, separator: char) -> String {
    if cell.contains([separator, '"', '\n']) || cell.starts_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn written(rows: &[Vec<String>], separator: char, end: &str) -> String {
    let line = |cells: &Vec<String>| {
        let cells: Vec<_> = cells.iter().map(|cell| quoted(cell, separator)).collect();
        cells.join(&separator.to_string()).replace('\n', end) + end
    };
    rows.iter().map(line).collect()
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[a\"',;\t\r\n姓 ]{0,60}") {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count() + 1;
        if let Ok(rows) = read(&text) {
            let numbers: Vec<_> = rows.iter().map(|row| row.0 as usize).collect();
            prop_assert!(numbers.is_sorted_by(|a, b| a < b));
            prop_assert!(numbers.iter().all(|number| (1..=lines).contains(number)));
        }
    }

    /// Whatever file a table is written to, it is read as it was.
    #[test]
    fn any_table_reads_back_from_any_file(
        below in proptest::collection::vec(
            proptest::collection::vec(
                prop_oneof![4 => "[甲乙𠀀é·a-z0-9,;|\t\"，；]{0,8}", 1 => "[甲乙a-z]{1,4}\n[甲乙a-z\"]{1,4}"],
                3,
            ),
            0..12,
        ),
        separator in proptest::sample::select(vec![',', '\t', ';', '|', '，', '；']),
        end in proptest::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let mut rows = vec![["姓名", "代码", "技能"].map(str::to_owned).to_vec()];
        rows.extend(below);
        let text = written(&rows, separator, end);
        let marked = format!("\u{feff}{text}");
        let expected: Vec<Vec<String>> = rows
            .iter()
            .map(|cells| cells.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>())
            .filter(|cells| cells.iter().any(|cell| !cell.is_empty()))
            .collect();
        let named = |rows: &[Row]| {
            let first = rows.first().map_or(&[][..], |row| &row.cells);
            first.iter().filter(|cell| ["姓名", "代码", "技能"].contains(&cell.text().unwrap_or(""))).count()
        };
        for bytes in [
            text.clone().into_bytes(),
            marked.clone().into_bytes(),
            gb18030(&text),
            utf_16(&marked, u16::to_le_bytes),
            utf_16(&marked, u16::to_be_bytes),
            utf_16(&text, u16::to_le_bytes),
            utf_16(&text, u16::to_be_bytes),
        ] {
            let book = Book::read(&bytes, &named).unwrap();
            let mut read: Vec<Vec<String>> =
                shown(&book.sheets[0]).into_iter().map(|(_, cells)| cells).collect();
            read.iter_mut().for_each(|cells| cells.resize(3, String::new()));
            prop_assert_eq!(&read, &expected, "{:?}", text);
        }
    }
}
