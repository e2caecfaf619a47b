//! `explain resolution-… --prose`.

use serde_json::{Value, json};

use crate::story::county;
use crate::village::{ASKER, Line, OBJECTOR, RESOLUTION, Village, line};

fn prose(village: &Village, lang: &str, as_of: &str) -> String {
    let as_of = format!("2022-{as_of}");
    let args = ["explain", RESOLUTION, "--prose", "--quiet", "--as-of", &as_of];
    let page = village.told().run_in(lang, &args).exits(0).out;
    for hidden in [ASKER, OBJECTOR, "离住房太近", "None", "Some("] {
        assert!(!page.contains(hidden), "{hidden} in:\n{page}");
    }
    page
}

/// The page must hold all of these, in Chinese and in English.
#[track_caller]
fn says(village: &Village, as_of: &str, zh: &[&str], en: &[&str]) {
    for (lang, texts) in [("zh", zh), ("en", en)] {
        let page = prose(village, lang, as_of);
        texts.iter().for_each(|text| assert!(page.contains(text), "no {text} in:\n{page}"));
    }
}

fn tell(kind: &'static str, at: &str, data: Value) -> Line {
    line(RESOLUTION, kind, at, data)
}

const PAGE: &str = "  2022年2月19日,有人反映“村口垃圾随意倾倒”,2月20日登记为议题Y000000000001。3月3日,示范村(330225100201)议事会召开会议,有权参加4人,到会3人,赞成2人、反对1人、弃权0人,通过决议“增设垃圾收集点”:“在村口增设两处收集点”。

  2022年3月4日起公示7天,到3月11日为止,期间收到1件异议。3月6日,第1件异议提出,应于3月11日前答复。3月8日,第1件异议答复为不成立。3月12日,公示结束。

  2022年3月14日,明确由村委会副主任(V000000000009)执行,期限是4月10日。3月25日,执行人报告进展:“一处已建成”。4月2日,执行人第1次报告完成,称“两处已启用”;是否完成,要由监督小组核实。4月5日,监督小组V000000000008把第1次报告退回,认为没有完成:“第二处没有盖板”,期限改为4月15日。4月10日,执行人第2次报告完成,称“盖板已装”;是否完成,要由监督小组核实。

  2022年4月12日,监督小组V000000000008核实第2次报告,确已完成:“两处均可使用”。4月13日,监督情况反馈党支部。4月20日,向议事会通报了执行情况。4月22日起向居民公示完成情况7天:“两处收集点已启用”。

  截至2022年6月30日,决议已经核实完成,完成情况已经公示。报告完成共2次,其中退回1次。没有逾期未办的环节,也没有发现违反规则之处。
";

#[test]
fn a_life_reads_from_its_beginning_to_its_end() {
    assert_eq!(prose(&Village::clean(), "zh", "06-30"), PAGE);
    let en = prose(&Village::clean(), "en", "06-30");
    for text in [
        "On 19 February 2022 a problem was raised",
        "(3 of 4 entitled present; 2 for, 1 against, 0 abstaining)",
        "It was publicised on 4 March 2022 for 7 days, until 11 March; in that time 1 objection was filed.",
        "given to 村委会副主任 (V000000000009) to execute until 10 April",
        "On 5 April V000000000008 of the supervision group returned claim 1 as not done",
        "On 20 April a meeting was told how the execution went.",
        "As of 30 June 2022, it is verified as done",
        "Claims of completion: 2, of them returned: 1.",
    ] {
        assert!(en.contains(text), "no {text} in:\n{en}");
    }
}

#[test]
fn claimed_is_never_told_as_done() {
    says(
        &Village::clean(),
        "04-11",
        &["截至2022年4月11日,执行人报告已经完成,但监督小组还没有核实,不能算完成。"],
        &["which the supervision group has not verified, so that it does not count as done."],
    );
}

#[test]
fn the_moment_decides_what_is_told_and_what_is_missing() {
    says(
        &Village::clean(),
        "03-05",
        &["至今没有收到异议", "正在公示"],
        &["so far no objection was filed"],
    );
    let idle = Village::clean().until("ExecutionProgressed");
    let idle = idle.and(tell("ExecutionOverdue", "04-11", json!({"due": "2022-04-10"})));
    says(
        &idle,
        "04-30",
        &[
            "到期限4月10日没有报告完成,记为执行逾期。",
            "逾期未办1处:(1)应于2022-04-10前执行并报告完成,至今未办,逾期20天。",
        ],
        &["recorded as overdue", "1 overdue: (1) Not done until today, 20 days overdue"],
    );
}

#[test]
fn days_overdue_and_extensions_are_told_plainly() {
    let extended = json!({"from": "2022-04-10", "to": "2022-04-20", "reason": "连日下雨"});
    let claimed = json!({"claim": 1, "note": "两处已启用", "evidence": crate::village::photo()});
    let village = Village::clean()
        .until("ExecutionProgressed")
        .and(tell("ExecutionExtended", "04-12", extended))
        .and(tell("CompletionClaimed", "04-25", claimed));
    says(
        &village,
        "04-26",
        &["在逾期2天之后期限由4月10日延到4月20日", "第1次报告完成,比期限晚5天", "办得晚了2处"],
        &[
            "when it was 2 days overdue, the last day was moved",
            "5 days after the last day",
            "2 done late",
        ],
    );
}

#[test]
fn objections_that_change_the_course_are_told() {
    let upheld = Village::clean()
        .until("ResolutionObjectionAnswered")
        .with("ResolutionObjectionAnswered", |line| line.data["verdict"] = json!("upheld"));
    let corrected = upheld
        .clone()
        .and(tell(
            "ResolutionCorrected",
            "03-10",
            json!({"text": "增设一处", "reason": "离住房近"}),
        ))
        .and(tell(
            "ResolutionPublicised",
            "03-10T09:01",
            json!({"period": 2, "opens_on": "2022-03-10", "closes_on": "2022-03-17"}),
        ));
    says(
        &corrected,
        "03-12",
        &["答复为成立,一切停下", "决议修正为“增设一处”", "3月10日起重新公示7天"],
        &["was upheld, which stopped everything", "publicised again on 10 March"],
    );
    let withdrawn = upheld.and(tell("ResolutionWithdrawn", "03-10", json!({"reason": "另行选址"})));
    says(&withdrawn, "03-12", &["决议撤销,不再执行", "决议已经撤销"], &["it was withdrawn"]);
}

#[test]
fn what_goes_up_to_the_town_and_what_is_reopened_is_told() {
    let due = "2022-03-17";
    let overdue = Village::clean()
        .until("ResolutionObjectionFiled")
        .and(tell(
            "ResolutionObjectionOverdue",
            "03-12",
            json!({"objection": 1, "due": "2022-03-11"}),
        ))
        .and(tell(
            "ResolutionObjectionEscalated",
            "03-12",
            json!({"objection": 1, "cause": "overdue", "answer_due": due}),
        ))
        .and(tell(
            "ResolutionObjectionAnswered",
            "03-15",
            json!({"objection": 1, "verdict": "dismissed", "answer": "距离符合规定"}),
        ));
    says(
        &overdue,
        "03-16",
        &["第1件异议逾期没有答复", "转由乡镇(街道)在3月17日前答复", "答复逾期4天"],
        &["overdue without an answer", "went up to the town", "4 days after its last day"],
    );
    let again = Village::clean()
        .and(tell("ResolutionReopened", "05-02", json!({"reason": "收集点损坏"})))
        .and(tell(
            "ResolutionObjectionFiled",
            "05-03",
            json!({"objection": 2, "ground": "离住房太近", "answer_due": "2022-05-08", "late": true}),
        ));
    says(
        &again,
        "05-04",
        &["2022年5月2日,决议重新办理", "第2件异议在公示期满后提出", "还没有明确由谁执行"],
        &["it was reopened", "objection 2 came after the period"],
    );
}

#[test]
fn many_objections_are_only_counted() {
    let mut village = Village::clean().until("ResolutionPublicised");
    for number in 1..=12 {
        let filed = json!({"objection": number, "ground": "离住房太近", "answer_due": "2022-03-11", "late": false});
        village = village.and(tell("ResolutionObjectionFiled", "03-06", filed));
    }
    let page = prose(&village, "zh", "03-07");
    assert!(page.contains("至今收到12件异议") && !page.contains("第3件异议"), "{page}");
}

#[test]
fn only_an_adopted_resolution_is_told_so() {
    let folder = Village::clean().told();
    for (stream, as_of) in [("unit-330225", "2022-06-30"), (RESOLUTION, "2022-03-01")] {
        let answer = folder.run(&["explain", stream, "--prose", "--as-of", as_of]).exits(2);
        assert!(answer.err.contains("Only a resolution"), "{}", answer.err);
    }
}

#[test]
fn a_list_of_events_has_a_moment_too() {
    let folder = county();
    let args = ["explain", "notice-squads-2021", "--as-of", "2021-12-10"];
    let answer = folder.run(&args).exits(0).says(&["notice-squads-2021: 2 events"]);
    assert!(!answer.out.contains("NoticeClosed"), "{}", answer.out);
}
