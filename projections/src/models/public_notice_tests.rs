#![allow(clippy::unwrap_used)]
use domain::notice::{self, Verdict};

use super::*;
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
