use rust_xlsxwriter::Workbook;

use super::*;

const ROSTER: &str = "团县委实名库,,,\n\
姓名,身份证号,志愿者编号,单位\n\
示例 甲,999999199001010016,V0123456789AB,330225-D01\n\
示例乙,999999199001010016,,\n\
示例丙,99999919900101001,,\n\
示例丁,999999199001010016,V1,\n\
,999999199001010016,,\n";

#[test]
fn a_row_says_who_it_is_or_what_is_wrong_with_it() {
    let reading = read(ROSTER.as_bytes()).unwrap();
    assert_eq!(reading.total, 5);
    let rows: Vec<_> =
        reading.rows.iter().map(|row| (row.row.row, row.value.name.expose())).collect();
    assert_eq!(rows, [(3, "示例甲"), (4, "示例乙")], "one number twice is taken");
    let first = &reading.rows[0].value;
    assert_eq!(first.volunteer, "V0123456789AB".parse().ok());
    assert_eq!(first.unit.as_ref().map(Personal::expose), Some("330225-D01"));
    let problems: Vec<_> =
        reading.problems.iter().map(|problem| (problem.row, problem.column.as_str())).collect();
    assert_eq!(problems, [(5, "身份证号"), (6, "志愿者编号"), (7, "姓名")]);
    assert!(reading.problems.iter().all(|problem| !problem.zh.contains("9999")));
}

#[test]
fn number_and_unit_may_be_left_out_but_name_and_identity_number_not() {
    let reading = read("姓名,身份证号\n示例甲,999999199001010016\n".as_bytes()).unwrap();
    assert_eq!((reading.rows.len(), reading.problems.len()), (1, 0));
    assert!(matches!(
        read("姓名,单位\n示例甲,某局\n".as_bytes()),
        Err(BadFile::MissingColumns { .. })
    ));
}

#[test]
fn a_sheet_of_which_nothing_was_read_is_known_by_its_note() {
    let mut workbook = Workbook::new();
    let first = workbook.add_worksheet().set_name("一队").unwrap();
    first.write_row(0, 0, ["姓名", "身份证号"]).unwrap();
    first.write_row(1, 0, ["示例甲", "999999199001010016"]).unwrap();
    let next = workbook.add_worksheet().set_name("续").unwrap();
    next.write_row(0, 0, ["示例乙", "999999199001010024"]).unwrap();
    workbook.add_worksheet().set_name("空").unwrap();
    let reading = read(&workbook.save_to_buffer().unwrap()).unwrap();
    let unread = reading.notes.iter().filter(|note| note.is_of_unread_sheet());
    let unread: Vec<_> = unread.filter_map(|note| note.sheet.as_deref()).collect();
    assert_eq!((reading.total, unread), (1, vec!["续"]));
}
