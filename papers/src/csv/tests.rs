#![allow(clippy::unwrap_used)]
use super::*;

#[derive(Serialize)]
struct Inner {
    unit: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Outer {
    #[serde(flatten)]
    inner: Inner,
    active: bool,
    members: Option<i32>,
    tags: Vec<&'static str>,
}

#[test]
fn fields_keep_their_order_and_formulas_are_defused() {
    let row = |name, members| Outer {
        inner: Inner { unit: "330225", name },
        active: true,
        members,
        tags: vec![],
    };
    let written = of_rows(&[row("县司法局", Some(-3)), row("=1+1,\"x\"", None)]).unwrap();
    assert_eq!(
        String::from_utf8(written).unwrap(),
        "\u{feff}unit,name,active,members,tags\n\
         330225,县司法局,true,-3,[]\n330225,\"'=1+1,\"\"x\"\"\",true,,[]\n"
    );
}

#[test]
fn every_beginning_of_a_formula_is_defused_in_texts_alone() {
    for (text, shown) in [
        ("@SUM(1)", "'@SUM(1)"),
        ("+8613800138000", "'+8613800138000"),
        ("-1+cmd", "'-1+cmd"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("a=b", "a=b"),
        ("", ""),
    ] {
        assert_eq!(defused(text.into()), shown, "{text}");
    }
    let mut written = Vec::new();
    let mut table = Table::new(&mut written).unwrap();
    table.head(["a", "b"]).unwrap();
    table.row([Cell::Text("-5".into()), Cell::Figure("-5".into())]).unwrap();
    table.end().unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), "\u{feff}a,b\n'-5,-5\n");
}

#[test]
fn lists_within_a_cell_are_json() {
    assert_eq!(cell(serde_json::json!(["a", 1])), Cell::Figure("[\"a\",1]".into()));
    assert_eq!(cell(serde_json::json!(-5)), Cell::Figure("-5".into()));
}

#[test]
fn a_row_of_another_length_is_an_error() {
    let mut table = Table::new(Vec::new()).unwrap();
    table.head(["a", "b"]).unwrap();
    assert!(matches!(table.row([Cell::Text("a".into())]), Err(CsvError::Csv(_))));
}
