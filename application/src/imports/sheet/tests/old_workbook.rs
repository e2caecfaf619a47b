//! .xls files, written byte by byte: nothing writes them any more.

use super::*;

/// A compound file of one stream.
fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    compound_of(&[(name, stream)], 1)
}

/// A compound file of streams of which the first so many lie in the root, each the right neighbour of the one before, and the
/// others in a storage; in sectors of 512 bytes: first the table of sectors, then the directory, then the stream.
fn compound_of(streams: &[(&str, &[u8])], in_root: usize) -> Vec<u8> {
    const NONE: u32 = u32::MAX;
    let padded = |stream: &[u8]| stream.len().max(4096).next_multiple_of(512);
    let sectors: usize = streams.iter().map(|(_, stream)| padded(stream) / 512).sum();
    // Each sector of the table tells of 128, itself among them.
    let tables = (sectors + 1).div_ceil(127);
    let mut table: Vec<u32> = vec![0xffff_fffd; tables];
    table.push(0xffff_fffe);
    let entry = |name: &str, sort: u8, right: u32, within: u32, start: u32, length: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let written = entry.len() as u16 + 2;
        entry.resize(64, 0);
        entry.extend(written.to_le_bytes());
        entry.extend([sort, 1]);
        entry.extend([NONE, right, within].into_iter().flat_map(u32::to_le_bytes));
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(length.to_le_bytes());
        entry.resize(128, 0);
        entry
    };
    let mut directory = entry("Root Entry", 5, NONE, 1, 0xffff_fffe, 0);
    let mut content = Vec::new();
    for (at, (name, stream)) in (1..).zip(streams) {
        // Below this length it would lie in small sectors.
        let mut stream = stream.to_vec();
        stream.resize(padded(&stream), 0);
        let right = if at < in_root { at as u32 + 1 } else { NONE };
        let start = table.len() as u32;
        directory.extend(entry(name, 2, right, NONE, start, stream.len() as u32));
        table.extend((0..stream.len() as u32 / 512).map(|at| start + at + 1));
        *table.last_mut().unwrap() = 0xffff_fffe;
        content.extend(stream);
    }
    directory.resize(512, 0);
    table.resize(128 * tables, NONE);
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(30, 0);
    file.extend(9_u16.to_le_bytes());
    file.resize(48, 0);
    file.extend((tables as u32).to_le_bytes());
    file.resize(60, 0);
    file.extend(0xffff_fffe_u32.to_le_bytes());
    file.resize(68, 0);
    file.extend(0xffff_fffe_u32.to_le_bytes());
    file.resize(76, 0);
    file.extend((0..tables as u32).flat_map(u32::to_le_bytes));
    file.resize(512, 0xff);
    file.extend(table.into_iter().flat_map(u32::to_le_bytes));
    file.extend(directory);
    file.extend(content);
    file
}

fn record(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
    let data = parts.concat();
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), &data].concat()
}

/// Numbers of two bytes.
fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A text with its length in two bytes.
fn long_text(text: &str) -> Vec<u8> {
    [&words(&[text.encode_utf16().count() as u16])[..], &[1], &wide(text)].concat()
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;

fn begin(version: u16, sort: u16) -> Vec<u8> {
    record(BEGIN, &[&words(&[version, sort, 0, 0, 0, 0, 0, 0])])
}

/// A workbook of these sheets: a name, whether it is hidden, and the records.
fn workbook(globals: &[Vec<u8>], sheets: &[(&str, bool, Vec<Vec<u8>>)]) -> Vec<u8> {
    let mut head = begin(0x0600, 5);
    head.extend(globals.concat());
    let length_of_name = |name: &str| 8 + name.encode_utf16().count() * 2;
    let mut at = head.len() + 4;
    at += sheets.iter().map(|(name, ..)| 4 + length_of_name(name)).sum::<usize>();
    let mut bodies = Vec::new();
    for (name, hidden, records) in sheets {
        let start = (at + bodies.len()) as u32;
        let letters = name.encode_utf16().count() as u8;
        head.extend(record(
            0x0085,
            &[&start.to_le_bytes(), &[u8::from(*hidden), 0, letters, 1], &wide(name)],
        ));
        bodies.extend(begin(0x0600, 0x10));
        bodies.extend(records.concat());
        bodies.extend(record(END, &[]));
    }
    head.extend(record(END, &[]));
    [head, bodies].concat()
}

fn float(row: u16, column: u16, style: u16, value: f64) -> Vec<u8> {
    record(0x0203, &[&words(&[row, column, style]), &value.to_le_bytes()])
}

fn shared(row: u16, column: u16, text: u32) -> Vec<u8> {
    record(0x00fd, &[&words(&[row, column, 0]), &text.to_le_bytes()])
}

fn formula(row: u16, column: u16, result: [u8; 8]) -> Vec<u8> {
    record(0x0006, &[&words(&[row, column, 0]), &result, &[0; 8]])
}

/// Texts that cells refer to; the third goes on in another record, with narrow characters.
fn texts() -> Vec<u8> {
    let rich =
        [&words(&[2])[..], &[0x0d], &words(&[1]), &4_u32.to_le_bytes(), &wide("丙丁")].concat();
    let first = record(
        0x00fc,
        &[
            &[4, 0, 0, 0, 4, 0, 0, 0],
            &long_text("姓名"),
            &rich,
            &[9; 8],
            &words(&[4]),
            &[1],
            &wide("甲乙"),
        ],
    );
    [first, record(0x003c, &[&[0], b"AB", &words(&[3]), &[0], b"\xe9tc"])].concat()
}

#[test]
fn cells_of_every_kind_are_read_as_a_person_sees_them() {
    let style = |format: u16| record(0x00e0, &[&words(&[0, format, 0])]);
    let format = |number: u16, text: &str| record(0x041e, &[&words(&[number]), &long_text(text)]);
    let globals = [
        format(164, "yyyy\"年\"m\"月\"d\"日\""),
        format(165, "[Red]\"day\"0.00"),
        style(0),
        style(164),
        style(165),
        style(14),
        texts(),
    ];
    let cells = vec![
        shared(1, 0, 0),
        shared(1, 1, 1),
        shared(1, 2, 2),
        shared(1, 3, 3),
        float(1, 5, 1, 44_530.0),
        float(1, 6, 2, 2.5),
        float(1, 7, 3, 44_530.5),
        float(2, 0, 0, 13_800_138_000.0),
        float(2, 1, 0, 330_225_199_001_010_019.0),
        record(0x027e, &[&words(&[2, 2, 0]), &((1234_u32 << 2) | 2).to_le_bytes()]),
        record(0x027e, &[&words(&[2, 3, 0]), &((1234_u32 << 2) | 3).to_le_bytes()]),
        record(
            0x00bd,
            &[
                &words(&[2, 4, 0]),
                &((7_u32 << 2) | 2).to_le_bytes(),
                &words(&[1]),
                &((44_530_u32 << 2) | 2).to_le_bytes(),
                &words(&[5]),
            ],
        ),
        record(0x0204, &[&words(&[3, 0, 0]), &long_text("直接写的字")]),
        record(0x0205, &[&words(&[3, 1, 0]), &[1, 0]]),
        record(0x0205, &[&words(&[3, 2, 0]), &[0x2a, 1]]),
        formula(3, 3, 5.0_f64.to_le_bytes()),
        formula(3, 4, [0, 0, 0, 0, 0, 0, 0xff, 0xff]),
        record(0x0207, &[&long_text("算出的字")]),
        formula(3, 5, [2, 0, 0x17, 0, 0, 0, 0xff, 0xff]),
        formula(3, 6, [1, 0, 1, 0, 0, 0, 0xff, 0xff]),
        formula(3, 7, [3, 0, 0, 0, 0, 0, 0xff, 0xff]),
    ];
    let file = compound("Workbook", &workbook(&globals, &[("一队", false, cells)]));
    let expected = [
        row(2, &["姓名", "丙丁", "甲乙AB", "étc", "", "2021-11-30", "2.5", "2021-11-30 12:00:00"]),
        row(3, &["13800138000", "!digits", "1234", "12.34", "7", "2021-11-30"]),
        row(4, &["直接写的字", "TRUE", "!formula", "5", "算出的字", "!formula", "TRUE"]),
    ];
    assert_eq!(read(&file), Ok(expected.to_vec()));
}

#[test]
fn sheets_and_what_is_merged_or_hidden_in_them() {
    let chart = [begin(0x0600, 0x20), float(0, 0, 0, 7.0), record(END, &[])].concat();
    let first = vec![
        record(0x007d, &[&words(&[1, 2, 0, 0, 1, 0])]),
        record(0x0208, &[&words(&[1, 0, 2, 0, 0, 0, 0x20, 0])]),
        float(0, 0, 0, 1.0),
        chart,
        float(1, 0, 0, 2.0),
        record(0x00e5, &[&words(&[1, 1, 1, 0, 2])]),
    ];
    let merged =
        vec![float(0, 1, 0, 1.0), float(1, 0, 0, 2.0), record(0x00e5, &[&words(&[1, 0, 1, 1, 1])])];
    let sheets = [("一队", false, first), ("旧表", true, merged), ("空", false, vec![])];
    let book = book(compound("Workbook", &workbook(&[], &sheets))).unwrap();
    let names: Vec<_> =
        book.sheets.iter().map(|sheet| (sheet.name.as_deref(), sheet.hidden)).collect();
    assert_eq!(names, [(Some("一队"), false), (Some("旧表"), true), (Some("空"), false)]);
    assert_eq!(shown(&book.sheets[0]), [row(1, &["1"]), row(2, &["2", "!A2:C2", "!A2:C2"])]);
    assert_eq!(book.sheets[0].rows.iter().map(|row| row.hidden).collect::<Vec<_>>(), [false, true]);
    assert_eq!(book.sheets[0].hidden_columns, [(1, 2)]);
    assert_eq!(shown(&book.sheets[1]), [row(1, &["", "1"]), row(2, &["2", "!B1:B2"])]);
    assert!(book.sheets[2].rows.is_empty());
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so() {
    let style = |format: u16| record(0x00e0, &[&words(&[0, format, 0])]);
    let globals = [
        record(0x0022, &[&words(&[1])]),
        record(0x041e, &[&words(&[164]), &long_text("h\"点\"mm\"分\"")]),
        record(0x041e, &[&words(&[165]), &long_text("[h]:mm")]),
        style(14),
        style(20),
        style(164),
        style(165),
    ];
    let cells = vec![
        float(0, 0, 0, 43_068.0),
        float(0, 1, 1, 0.375),
        float(0, 2, 2, 0.0),
        float(0, 3, 3, 1.5),
        float(0, 4, 1, 43_068.375),
    ];
    let file = compound("Workbook", &workbook(&globals, &[("x", false, cells)]));
    let expected = ["2021-11-30", "09:00:00", "00:00:00", "1.5", "2021-11-30 09:00:00"];
    assert_eq!(read(&file), Ok(vec![row(1, &expected)]));
}

#[test]
fn what_cannot_be_read_is_named() {
    let cells = || vec![float(0, 0, 0, 1.0)];
    let locked = workbook(&[record(0x002f, &[&words(&[1, 1, 1])])], &[("x", false, cells())]);
    let mut older = workbook(&[], &[("x", false, cells())]);
    older[4..6].copy_from_slice(&0x0500_u16.to_le_bytes());
    let mut twice = workbook(&[], &[("x", false, cells()), ("y", false, vec![])]);
    let name =
        |from: usize| twice[from..].windows(2).position(|two| two == [0x85, 0]).map(|at| from + at);
    let first = name(0).unwrap();
    let second = name(first + 2).unwrap();
    twice.copy_within(first + 4..first + 8, second + 4);
    for (file, reason) in [
        (compound("Workbook", &locked), BadFile::Locked),
        (compound("EncryptedPackage", &[]), BadFile::Locked),
        (compound("Workbook", &older), BadFile::OldWorkbook),
        (compound("Book", &older), BadFile::OldWorkbook),
        (compound("WordDocument", b"text"), BadFile::NotATable),
        (compound("Workbook", &twice), BadFile::NotATable),
        (compound("Workbook", b"no record"), BadFile::NotATable),
        (compound("Workbook", &workbook(&[], &[("x", false, vec![])])), BadFile::Empty),
        (
            compound("Workbook", &workbook(&[], &[("x", false, vec![float(0, 64, 0, 1.0)])])),
            BadFile::TooManyColumns,
        ),
    ] {
        assert_eq!(read(file), Err(reason));
    }
}

#[test]
fn a_chain_that_comes_back_to_itself_is_damage() {
    let file = compound("Workbook", &workbook(&[], &[("x", false, vec![float(0, 0, 0, 1.0)])]));
    assert_eq!(read(&file), Ok(vec![row(1, &["1"])]));
    // The stream's last sector leads to its first, and it claims to be longer; the directory's sector leads to itself.
    let mut stream = file.clone();
    let last = 512 + 4 * 9;
    stream[last..last + 4].copy_from_slice(&2_u32.to_le_bytes());
    stream[512 * 2 + 128 + 120..][..4].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut directory = file;
    directory[516..520].copy_from_slice(&1_u32.to_le_bytes());
    for damaged in [stream, directory] {
        assert_eq!(read(damaged), Err(BadFile::NotATable));
    }
}

/// Rows enough for several sectors.
fn long() -> Vec<u8> {
    let cells = (0..300).map(|row| float(row, 0, 0, 1.0)).collect();
    workbook(&[texts()], &[("x", false, cells)])
}

#[test]
fn a_workbook_that_is_cut_short_is_refused_wherever_the_cut_is() {
    let stream = long();
    let whole = compound("Workbook", &stream);
    assert_eq!(read(&whole).map(|rows| rows.len()), Ok(300));
    for cut in (0..stream.len() - 4).step_by(7) {
        let read = read(compound("Workbook", &stream[..cut]));
        assert_eq!(read, Err(BadFile::NotATable), "the stream cut at {cut}");
    }
    for cut in (8..whole.len()).step_by(61) {
        assert_eq!(read(&whole[..cut]), Err(BadFile::NotATable), "the file cut at {cut}");
    }
}

#[test]
fn texts_that_are_missing_are_damage() {
    let more = record(0x00fc, &[&[2, 0, 0, 0, 2, 0, 0, 0], &long_text("姓名")]);
    for (globals, cells) in [
        (vec![more], vec![float(0, 0, 0, 1.0)]),
        (vec![texts()], vec![shared(0, 0, 4)]),
        (vec![], vec![record(0x0204, &[&words(&[0, 0, 0, 9]), &[1], &wide("短")])]),
    ] {
        let file = compound("Workbook", &workbook(&globals, &[("x", false, cells)]));
        assert_eq!(read(&file), Err(BadFile::NotATable));
    }
}

#[test]
fn the_workbook_is_the_one_of_the_root_and_no_object_within_a_sheet() {
    let of = |value| workbook(&[], &[("x", false, vec![float(0, 0, 0, value)])]);
    let (own, other) = (of(1.0), of(2.0));
    let file = compound_of(&[("Other", &other), ("Workbook", &own), ("Workbook", &other)], 2);
    assert_eq!(read(&file), Ok(vec![row(1, &["1"])]));
    let within = compound_of(&[("Other", &other), ("Workbook", &other)], 1);
    assert_eq!(read(&within), Err(BadFile::NotATable));
}

#[test]
fn merged_areas_beyond_the_last_column_cost_nothing() {
    let areas = words(&[0, 65_535, 64, 255]).repeat(8_000);
    let mut records = vec![float(0, 0, 0, 1.0)];
    records.extend((0..13).map(|_| record(0x00e5, &[&words(&[8_000]), &areas])));
    let file = compound("Workbook", &workbook(&[], &[("x", false, records)]));
    assert_eq!(read(&file), Ok(vec![row(1, &["1"])]), "as in an XLSX, they are not kept");
}

proptest! {
    #[test]
    fn a_damaged_workbook_breaks_nothing(changes in proptest::collection::vec(any::<(usize, u8)>(), 1..12)) {
        let cells = vec![shared(0, 0, 2), float(1, 1, 0, 1.0), record(0x00e5, &[&words(&[1, 0, 1, 1, 1])])];
        let mut file = compound("Workbook", &workbook(&[texts()], &[("x", false, cells)]));
        for (at, byte) in changes {
            // Most of what stands there: the header, the table, the directory, the records.
            let at = 8 + at % (512 * 3 + 300);
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
        }
        prop_assert!(read(&file).map_or(true, |rows| rows.len() <= 10));
    }
}
