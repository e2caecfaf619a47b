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
}
