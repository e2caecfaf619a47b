#![allow(clippy::unwrap_used)]
use domain::notice::{self, Verdict};
use domain::resolution::Escalation;
use domain::{Evidence, MediaType, NoticeId, SealedDigest};

use super::*;
use crate::PageRequest;
use crate::models::due;
use crate::testing::*;

#[test]
fn numbers_run_within_a_year() {
    let mut log = Log::new();
    log.add("notice-a", published_notice("2021-12-20", "2021-12-27"))
        .add("notice-b", published_notice("2021-12-21", "2021-12-28"))
        .add("notice-c", published_notice("2022-01-03", "2022-01-10"));
    let page = list(log.read().connection(), None, &PageRequest::default()).unwrap();
    let numbers: Vec<String> = page.items.into_iter().map(|notice| notice.number).collect();
    assert_eq!(numbers, ["公示〔2022〕第1号", "公示〔2021〕第2号", "公示〔2021〕第1号"]);
}

#[test]
fn the_public_table_counts_objections_and_does_not_say_what_they_are() {
    let mut log = Log::new();
    log.add("notice-a", published_notice("2022-01-01", "2022-01-08")).add("notice-a", objected(1));
    log.add("notice-a", objected(2)).add("notice-a", answered(1, Verdict::Upheld));
    let models = log.read();
    let found = get(models.connection(), &notice_id("a")).unwrap().unwrap();
    let counts = (found.objections_open, found.objections_answered, found.objections_upheld);
    assert_eq!(counts, (1, 1, 1));
    assert_eq!(found.volunteer, Some(person(1)));
    let public = serde_json::to_string(&found).unwrap();
    assert!(!public.contains("时长存疑") && !public.contains("经核实"));
    let objections = objections(models.connection(), &notice_id("a"), &PageRequest::default());
    let public = serde_json::to_string(&objections.unwrap()).unwrap();
    assert!(public.contains("upheld") && !public.contains("时长存疑"));
    let text = objection_text(models.connection(), &notice_id("a"), 1).unwrap().unwrap();
    assert_eq!((text.ground.as_str(), text.answer.as_deref()), ("时长存疑", Some("经核实")));
}

#[test]
fn a_notice_is_due_after_its_last_day_unless_an_objection_is_open() {
    let mut log = Log::new();
    log.add("notice-a", published_notice("2022-01-01", "2022-01-08"));
    log.add("notice-b", published_notice("2022-01-01", "2022-01-08")).add("notice-b", objected(1));
    let due = |log: &Log, date| due::notices(log.read().connection(), day(date), 9).unwrap();
    assert_eq!(due(&log, "2022-01-08"), []);
    assert_eq!(due(&log, "2022-01-09"), [notice_id("a")]);
    log.add("notice-b", answered(1, Verdict::Dismissed));
    assert_eq!(due(&log, "2022-01-09"), [notice_id("a"), notice_id("b")]);
    let subject = notice::Subject::General;
    log.add(
        "notice-a",
        notice::Event::Closed(notice::Closed { subject: subject.clone(), upheld: false }),
    );
    log.add("notice-b", notice::Event::Closed(notice::Closed { subject, upheld: true }));
    assert_eq!(due(&log, "2022-01-09"), []);
    let status = |id| get(log.read().connection(), &notice_id(id)).unwrap().unwrap().status;
    assert_eq!((status("a"), status("b")), (Status::Closed, Status::Upheld));
}

/// Who does not accept the unit's answer may take it further, also where the period ends meanwhile.
#[test]
fn a_notice_waits_while_an_answer_may_be_taken_further() {
    let mut log = Log::new();
    log.add("notice-a", published_notice("2022-01-01", "2022-01-08")).add("notice-a", objected(1));
    log.add("notice-a", answered_until(1, Verdict::Dismissed, Some("2022-01-12")));
    let due = |log: &Log, date| due::notices(log.read().connection(), day(date), 9).unwrap();
    assert_eq!(due(&log, "2022-01-12"), []);
    assert_eq!(due(&log, "2022-01-13"), [notice_id("a")]);
    let escalated = notice::ObjectionEscalated {
        objection: 1,
        cause: domain::objection::Escalation::Unsatisfied,
        answer_due: day("2022-01-15"),
    };
    log.add("notice-a", notice::Event::ObjectionEscalated(escalated));
    assert_eq!(due(&log, "2022-01-13"), []);
    log.add("notice-a", answered(1, Verdict::Dismissed));
    assert_eq!(due(&log, "2022-01-09"), [notice_id("a")]);
}

const RESOLUTION: &str = "resolution-00000000-0000-0000-0000-000000000001-1";

fn period(n: u32) -> NoticeId {
    NoticeId::resolution(resolution_id(1, 1), n)
}

fn notice(log: &Log, id: &NoticeId) -> Notice {
    get(log.read().connection(), id).unwrap().unwrap()
}

#[test]
fn a_resolution_has_a_notice_for_each_period_and_one_for_its_completion() {
    let mut log = Log::new();
    log.add(RESOLUTION, adopted("V", None))
        .add(RESOLUTION, publicised(1, "2022-03-11", "2022-03-18"))
        .add(RESOLUTION, against(1, "2022-03-17", false));
    let shown = notice(&log, &period(1));
    assert_eq!((shown.subject, shown.status), (SubjectKind::Resolution, Status::Open));
    assert_eq!((shown.text.as_str(), shown.objections_open), ("两周内修好东巷路灯", 1));
    log.add(RESOLUTION, ruled(1, Verdict::Upheld)).add(RESOLUTION, text_corrected());
    log.add(RESOLUTION, publicised(2, "2022-03-20", "2022-03-27"));
    assert_eq!(notice(&log, &period(1)).status, Status::Upheld, "it was corrected");
    assert_eq!(notice(&log, &period(1)).text, "两周内修好东巷路灯", "as it stood there");
    assert_eq!(notice(&log, &period(2)).text, "费用由村集体承担");
    log.add(RESOLUTION, period_closed(2));
    assert_eq!(notice(&log, &period(2)).status, Status::Closed);
    log.add(RESOLUTION, completed("2022-05-01", "2022-05-08"));
    let completion = NoticeId::completion(resolution_id(1, 1), 1);
    let shown = notice(&log, &completion);
    assert_eq!((shown.status, shown.text.as_str()), (Status::Posted, "东巷路灯全部修复"));
    log.add(RESOLUTION, resolution_reopened())
        .add(RESOLUTION, completed("2022-06-01", "2022-06-08"));
    assert_eq!(notice(&log, &completion).status, Status::Withdrawn);
    let models = log.read();
    let filter = Filter { resolution: Some(resolution_id(1, 1)), ..Filter::default() };
    let all = board(models.connection(), &filter, &PageRequest::default()).unwrap().items;
    assert_eq!(all.len(), 4);
    assert_eq!(due::notices(models.connection(), day("2023-01-01"), 9).unwrap(), []);
}

#[test]
fn an_objection_to_a_resolution_is_shown_without_what_it_says() {
    let mut log = Log::new();
    log.add(RESOLUTION, adopted("V", None))
        .add(RESOLUTION, publicised(1, "2022-03-11", "2022-03-18"))
        .add(RESOLUTION, against(1, "2022-03-17", false))
        .add(RESOLUTION, ruled(1, Verdict::Dismissed))
        .add(RESOLUTION, against(2, "2022-03-17", false))
        .add(RESOLUTION, objection_overdue(2, "2022-03-17"))
        .add(RESOLUTION, escalated(2, Escalation::Overdue, "2022-03-23"));
    let counts = |log: &Log| {
        let shown = notice(log, &period(1));
        (shown.objections_open, shown.objections_answered, shown.objections_upheld)
    };
    assert_eq!(counts(&log), (1, 1, 0));
    log.add(RESOLUTION, escalated(1, Escalation::Unsatisfied, "2022-03-24"));
    assert_eq!(counts(&log), (2, 0, 0), "open again");
    log.add(RESOLUTION, ruled(1, Verdict::Upheld)).add(RESOLUTION, ruled(2, Verdict::Dismissed));
    assert_eq!(counts(&log), (0, 2, 1));
    let models = log.read();
    let page = PageRequest::default();
    let found = objections(models.connection(), &period(1), &page).unwrap().items;
    let [first, second] = &found[..] else { panic!("two objections") };
    assert_eq!((first.verdict, first.answer_due), (Some(Verdict::Upheld), day("2022-03-24")));
    assert_eq!(second.overdue_since, Some(day("2022-03-17")));
    assert_eq!(second.escalation, Some(Escalation::Overdue));
    let public = serde_json::to_string(&found).unwrap();
    assert!(!public.contains("费用分摊不公") && !public.contains(&person(88).to_string()));
}

#[test]
fn a_late_objection_shows_on_the_latest_notice_and_takes_back_what_was_done() {
    let mut log = Log::new();
    log.add(RESOLUTION, adopted("V", None))
        .add(RESOLUTION, publicised(1, "2022-03-11", "2022-03-18"))
        .add(RESOLUTION, period_closed(1))
        .add(RESOLUTION, completed("2022-05-01", "2022-05-08"))
        .add(RESOLUTION, against(1, "2022-05-10", true))
        .add(RESOLUTION, escalated(1, Escalation::Late, "2022-05-10"));
    assert_eq!(
        (notice(&log, &period(1)).status, notice(&log, &period(1)).objections_open),
        (Status::Closed, 1)
    );
    log.add(RESOLUTION, ruled(1, Verdict::Upheld));
    let completion = NoticeId::completion(resolution_id(1, 1), 1);
    assert_eq!(notice(&log, &completion).status, Status::Withdrawn);
    log.add(RESOLUTION, resolution_withdrawn());
    assert_eq!(notice(&log, &period(1)).status, Status::Withdrawn);
}

#[test]
fn a_notice_leads_to_the_fact_that_published_it() {
    let mut log = Log::new();
    let stream = "resolution-00000000-0000-0000-0000-000000000001-1";
    log.add("notice-a", published_notice("2021-12-20", "2021-12-27"));
    log.add(stream, adopted("V1", None)).add(stream, publicised(1, "2022-03-11", "2022-03-18"));
    log.add(stream, publicised(2, "2022-03-20", "2022-03-27"));
    let page = list(log.read().connection(), None, &PageRequest::default()).unwrap();
    let facts = &log.facts;
    let kinds = page.items.iter().map(|notice| {
        let of: Vec<_> = facts
            .iter()
            .filter(|fact| fact.stream.as_str() == stream_of(notice))
            .cloned()
            .collect();
        let fact = published_by(&notice.notice, &of).unwrap();
        (fact.event.kind().name, fact.version.0)
    });
    let mut kinds: Vec<_> = kinds.collect();
    kinds.sort_unstable();
    let expected =
        [("NoticePublished", 1), ("ResolutionPublicised", 2), ("ResolutionPublicised", 3)];
    assert_eq!(kinds, expected);
}

/// Nobody may state such words today; what history holds is masked.
#[test]
fn a_fact_that_the_board_masks_is_not_shown_whole() {
    for (text, whole) in [("请各户知悉", true), ("请拨打13812345678", false)] {
        let data = format!(
            r#"{{"subject":{{"kind":"general"}},"title":"公示","text":"{text}","opens_on":"2021-12-09","closes_on":"2021-12-16"}}"#
        );
        let event = domain::Event::decode("NoticePublished", data.as_bytes()).unwrap();
        let mut log = Log::new();
        log.add("notice-a", event);
        assert_eq!(is_shown_whole(&log.facts[0]), whole, "{text}");
    }
}

#[test]
fn what_nobody_answers_is_overdue_and_goes_up() {
    let mut log = Log::new();
    log.add("notice-a", published_notice("2022-01-01", "2022-01-08")).add("notice-a", objected(1));
    let due = |log: &Log, on| {
        due::notice_objections_overdue(log.read().connection(), day(on), 9).unwrap()
    };
    assert_eq!(due(&log, "2022-01-10"), []);
    assert_eq!(due(&log, "2022-01-11"), [(notice_id("a"), 1)]);
    let overdue = notice::ObjectionOverdue { objection: 1, due: day("2022-01-10") };
    let escalated = notice::ObjectionEscalated {
        objection: 1,
        cause: Escalation::Overdue,
        answer_due: day("2022-01-16"),
    };
    log.add("notice-a", notice::Event::ObjectionOverdue(overdue))
        .add("notice-a", notice::Event::ObjectionEscalated(escalated));
    let found = objection(log.read().connection(), &notice_id("a"), 1).unwrap().unwrap();
    assert_eq!(found.overdue_since, Some(day("2022-01-10")));
    assert_eq!(
        (found.escalation, found.answer_due),
        (Some(Escalation::Overdue), day("2022-01-16"))
    );
    assert_eq!(due(&log, "2022-01-16"), []);
    assert_eq!(due(&log, "2022-01-17"), [(notice_id("a"), 1)]);
    let withdrawn = notice::Withdrawn { reason: text("时长变化") };
    log.add("notice-a", notice::Event::Withdrawn(withdrawn));
    assert_eq!(due(&log, "2022-01-17"), [], "nobody waits for an answer any more");
}

#[test]
fn a_notice_shows_the_boards_it_hung_on() {
    let mut log = Log::new();
    log.add("notice-a", published_notice("2022-01-01", "2022-01-08"));
    let one = |byte| Evidence {
        digest: SealedDigest([byte; 32]),
        media_type: MediaType::Jpeg,
        bytes: 1024,
    };
    let posted = notice::Posted {
        unit: code("V"),
        board: text("村委会门口公示栏"),
        posted_on: day("2022-01-02"),
        evidence: vec![one(1), one(2)],
    };
    log.add("notice-a", notice::Event::Posted(posted));
    let found = postings(log.read().connection(), &notice_id("a"), &PageRequest::default());
    let shown = found.unwrap().items.into_iter().map(|one| (one.unit, one.n, one.digest));
    let expected = [1, 2].map(|n| (code("V"), n, SealedDigest([n; 32])));
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}
