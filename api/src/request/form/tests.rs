use super::*;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[test]
fn a_table_is_asked_for_by_name_and_weight() {
    let csv = Format::Table(Form::Csv);
    let xlsx = Format::Table(Form::Xlsx);
    for (accept, format) in [
        ("", Format::Json),
        ("*/*", Format::Json),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Format::Json),
        ("application/json, text/csv", Format::Json),
        ("application/json;q=0.5, text/csv", csv),
        ("text/csv", csv),
        ("Text/CSV; charset=utf-8; header=present", csv),
        ("text/csv, */*;q=0.1", csv),
        ("*/*, text/csv", csv),
        ("*/*, text/csv;q=0.5", Format::Json),
        ("text/csv;q=0", Format::Json),
        ("text/csv;q=nonsense", Format::Json),
        (XLSX, xlsx),
        (&format!("text/csv;q=0.8, {XLSX};q=0.9"), xlsx),
        (&format!("text/csv, {XLSX}"), csv),
        ("application/pdf", Format::Json),
    ] {
        assert_eq!(Format::accepted(accept), format, "{accept}");
    }
}

#[test]
fn the_language_is_the_best_liked_of_two() {
    for (languages, wording) in [
        ("zh-CN,zh;q=0.9,en;q=0.8", Some(Wording::Chinese)),
        ("en-GB, zh;q=0.9", Some(Wording::English)),
        ("de-DE,de;q=0.9,zh-TW;q=0.5", Some(Wording::Chinese)),
        ("ZH-hans", Some(Wording::Chinese)),
        ("zh;q=0, en;q=0.001", Some(Wording::English)),
        ("zh;q=0", None),
        ("*", None),
        ("de", None),
        ("", None),
    ] {
        assert_eq!(spoken(languages), wording, "{languages}");
    }
}
