#![allow(clippy::unwrap_used)]
use super::*;

fn unit(name: &str, rank: Option<u32>, completion: Option<u32>) -> Unit {
    let late = vec!["管理员上报逾期".to_owned(), "小分队组建逾期".to_owned()];
    let name = name.to_owned();
    let (required, gap) = (completion.map(|_| 120), completion.map(|_| 20));
    Unit { rank, name, required, members: 100, gap, completion, late, ..Unit::default() }
}

fn bulletin() -> Bulletin {
    let units = vec![unit("墙头镇", Some(1), Some(833)), unit("<b>镇", None, None)];
    Bulletin {
        id: "5a0c1d2e-3f4b-4c5d-8e6f-7a8b9c0d1e2f".to_owned(),
        number: Some("象法治办〔2026〕12号".to_owned()),
        title: "关于进度的通报".to_owned(),
        note: Some("现将进度通报如下。".to_owned()),
        as_of: "2026-11-30 12:00".to_owned(),
        published_at: "2026-11-30 12:05".to_owned(),
        tables: vec![Table { kind: "镇乡、街道".to_owned(), units }],
        ..Bulletin::default()
    }
}

#[test]
fn a_bulletin_shows_rank_gap_and_what_is_late_and_escapes_what_it_is_given() {
    let page = page(&bulletin()).unwrap();
    for shown in [
        "<td class=\"figure\">1</td><td>墙头镇</td>",
        "83.3%",
        "<td class=\"figure\">—</td><td class=\"figure\">100</td><td class=\"figure\">—</td>",
        "无任务",
        "管理员上报逾期、小分队组建逾期",
        "象法治办〔2026〕12号",
        "截至 2026-11-30 12:00",
    ] {
        assert!(page.contains(shown), "{shown} in {page}");
    }
    assert!(!page.contains("<b>镇") && page.contains("镇</td>"));
    assert!(!page.contains("更正"));
    assert!(POLICY.contains("sha256-"));
}

#[test]
fn a_correction_names_the_other_bulletin_on_both() {
    let corrects = Some(("7d9f".to_owned(), "一个单位漏列".to_owned()));
    let later = page(&Bulletin { corrects, ..bulletin() }).unwrap();
    assert!(later.contains("本通报更正通报 7d9f。原因:一个单位漏列"));
    let corrected_by = Some("8e0a".to_owned());
    let earlier = page(&Bulletin { corrected_by, ..bulletin() }).unwrap();
    assert!(earlier.contains("本通报已由通报 8e0a 更正"));
}
