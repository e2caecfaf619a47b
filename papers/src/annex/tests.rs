#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use calamine::{Reader as _, Xlsx, open_workbook_from_rs};
use jiff::civil::date;

use super::{Annex, Heading, advisers, record, register};
use crate::table::{Form, Wording};

fn heading(named: bool) -> Heading {
    let reading = ("打印登记簿".to_owned(), "village-1".to_owned());
    Heading {
        town: Some("示例镇".to_owned()),
        unit: "示例<村>".to_owned(),
        as_of: None,
        printed_on: date(2021, 11, 29),
        reading: named.then_some(reading),
    }
}

fn line(asker: &str, telephone: Option<&str>) -> register::Line {
    register::Line {
        raised_at: "2021-11-12T01:30:00Z".parse().unwrap(),
        place: "东巷".to_owned(),
        registrar: Some("V0123456789AB".to_owned()),
        asker: asker.to_owned(),
        channel: "来访",
        telephone: telephone.map(str::to_owned),
        problem: "路灯不亮".to_owned(),
        solution: "已办结：已更换".to_owned(),
        remark: "议题〔2021〕第1号".to_owned(),
    }
}

fn minutes() -> record::Record {
    let topic = |title: &str, result: Option<&str>| record::Topic {
        title: title.to_owned(),
        process: Some(format!("讨论{title}。")),
        result: result.map(str::to_owned),
    };
    record::Record {
        time: "2021-11-12 10:00".to_owned(),
        place: "村文化广场".to_owned(),
        present: vec!["示例甲".to_owned(), "示例乙".to_owned()],
        topics: vec![topic("路灯维修", Some("月底修复。")), topic("清理杂物", None)],
        reports: vec!["路面平整。".to_owned()],
        corrections: vec!["应为三盏（笔误）".to_owned()],
        recorder: Some("示例丙".to_owned()),
    }
}

/// The cells of the only sheet.
fn opened(annex: &Annex) -> Vec<Vec<String>> {
    let table = annex.table("2021-11-29T00:00:00Z".parse().unwrap(), Wording::Chinese);
    let file = annex.file(&table, Form::Xlsx).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(file)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn the_register_has_the_columns_of_the_form_in_its_order() {
    let annex = register::annex(heading(true), vec![line("示例咨询人", Some("13900009999"))]);
    let page = annex.page().unwrap();
    assert!(page.contains("<h1>示例镇示例&#60;村&#62;“援法议事”问题登记簿</h1>"), "{page}");
    let columns = "<th>时间</th><th>地点</th><th>登记人</th><th>咨询人</th><th>咨询方式</th>\
        <th>联系电话</th><th>具体问题</th><th>解决方式</th><th>备注</th>";
    assert!(page.contains(columns), "{page}");
    assert!(page.contains("size:A4 landscape"));
    let row = "<td>2021-11-12 09:30:00</td><td>东巷</td><td>V0123456789AB</td><td>示例咨询人</td>\
        <td>来访</td><td>13900009999</td><td>路灯不亮</td>";
    assert!(page.contains(row), "{page}");
    for said in ["查阅事由：打印登记簿", "打印账号：village-1", "用毕妥善销毁"]
    {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("示例<村>"), "what is written is no markup");
    let sheet = opened(&annex);
    let header = [
        "时间",
        "地点",
        "登记人",
        "咨询人",
        "咨询方式",
        "联系电话",
        "具体问题",
        "解决方式",
        "备注",
    ];
    assert_eq!(sheet[0], header);
    assert_eq!(sheet[1][3..6], ["示例咨询人", "来访", "13900009999"]);
}

#[test]
fn a_page_that_names_nobody_says_so_and_one_of_the_past_says_of_when() {
    let past = Heading { as_of: Some("2021-11-12T04:00:00Z".parse().unwrap()), ..heading(false) };
    let page = register::annex(past, vec![line("已留名", None)]).page().unwrap();
    assert!(page.contains("（截至 2021-11-12T12:00:00）"), "{page}");
    assert!(page.contains("人员以编号表示") && !page.contains("查阅事由"));
    let empty = register::annex(heading(false), vec![]).page().unwrap();
    assert!(empty.contains("<td colspan=\"9\">没有记录</td>"));
}

#[test]
fn a_record_has_the_lines_of_the_form_in_its_order() {
    let annex = record::annex(heading(true), minutes());
    let page = annex.page().unwrap();
    assert!(page.contains("size:A4;") && !page.contains("<thead>"));
    for said in [
        "<th>活动时间</th><td>2021-11-12 10:00</td>",
        "<th>参加人员</th><td>示例甲、示例乙（共2人）</td>",
        "<th>活动议题</th><td>1. 路灯维修\n2. 清理杂物</td>",
        "<th>会议内容</th><td>1. 讨论路灯维修。\n2. 讨论清理杂物。\n通报：路面平整。</td>",
        "<th>处理意见</th><td>1. 月底修复。\n更正：应为三盏（笔误）</td>",
        "<th>记录人</th><td>示例丙</td>",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(page.contains("<h1>示例镇“援法议事”活动会议记录</h1>"));
    let labels: Vec<_> = opened(&annex).into_iter().skip(1).map(|row| row[0].clone()).collect();
    let form = ["活动时间", "活动地点", "参加人员", "活动议题", "会议内容", "处理意见", "记录人"];
    assert_eq!(labels, form);
    let one =
        record::Record { topics: minutes().topics.into_iter().take(1).collect(), ..minutes() };
    let page = record::annex(heading(true), one).page().unwrap();
    assert!(page.contains("<th>活动议题</th><td>路灯维修</td>"), "one topic needs no number");
}

#[test]
fn advisers_stand_with_their_village_and_term() {
    let adviser = advisers::Line {
        village: "示例村".to_owned(),
        name: "示例律师".to_owned(),
        telephone: Some("13900000006".to_owned()),
        term: (date(2021, 11, 12), date(2022, 11, 11)),
    };
    let annex = advisers::annex(heading(true), vec![adviser]);
    let page = annex.page().unwrap();
    let row = "<tr><td>示例村</td><td>示例律师</td><td>13900000006</td><td>2021-11-12</td><td>2022-11-11</td></tr>";
    assert!(page.contains(row), "{page}");
    assert!(annex.policy().contains("default-src 'none'"));
    assert_eq!(opened(&annex)[1][..3], ["示例村", "示例律师", "13900000006"]);
    let town = Heading { town: None, unit: "示例镇".to_owned(), ..heading(false) };
    let page = advisers::annex(town, vec![]).page().unwrap();
    assert!(page.contains("<h1>示例镇各村(社区)法律顾问名单</h1>"), "{page}");
}
