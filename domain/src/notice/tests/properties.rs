//! Whatever is asked in whatever order: a notice never closes early nor over an open objection.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn command(what: u8, objection: u32) -> Command {
    match what {
        0 => publish(None),
        1 | 2 => object(),
        3 => answer(objection, Verdict::Dismissed),
        4 => answer(objection, Verdict::Upheld),
        5 if objection == 0 => withdraw(),
        6 => Command::MissAnswer { objection },
        7 => Command::EscalateObjection { objection },
        _ => Command::Close,
    }
}

proptest! {
    #[test]
    fn it_never_closes_early_nor_over_an_open_objection(
        notice_days in 1_u8..20,
        asked in proptest::collection::vec((0_u8..10, 0_u32..5, 0_i32..6), 1..40),
    ) {
        let mut scene = given::<Notice>([])
            .rules(|rules| rules.notice_days.value = notice_days)
            .when(publish(Some("T1")))
            .granted()
            .by(another());
        let opened = day("2021-11-30");
        let mut today = opened;
        let (mut open, mut up, mut dismissed) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let (mut upheld, mut ended) = (false, false);
        for (what, objection, days) in asked {
            today = today.saturating_add(jiff::Span::new().days(days));
            let now = format!("{today}T12:00:00+08:00");
            let (after, facts) = scene.at(&now).when(command(what, objection)).whatever();
            scene = after;
            let stood = opened.until(today).unwrap().get_days();
            for fact in facts {
                prop_assert!(!ended, "something happened to an ended notice: {fact:?}");
                match fact {
                    Event::Published(_) => prop_assert!(false, "published twice"),
                    Event::ObjectionFiled(filed) => {
                        prop_assert!(stood <= i32::from(notice_days));
                        prop_assert!(open.insert(filed.objection));
                    }
                    Event::ObjectionAnswered(answered) => {
                        prop_assert!(open.remove(&answered.objection));
                        prop_assert!(!up.contains(&answered.objection), "answered below");
                        match answered.verdict {
                            Verdict::Upheld => upheld = true,
                            Verdict::Dismissed => { dismissed.insert(answered.objection); }
                        }
                    }
                    Event::ObjectionOverdue(overdue) => {
                        prop_assert!(open.contains(&overdue.objection) && overdue.due < today);
                    }
                    Event::ObjectionEscalated(escalated) => {
                        prop_assert!(up.insert(escalated.objection), "went up twice");
                        let unsatisfied = dismissed.remove(&escalated.objection);
                        prop_assert!(unsatisfied ^ open.contains(&escalated.objection));
                        open.insert(escalated.objection);
                    }
                    Event::Posted(_) => prop_assert!(false, "nobody posted it"),
                    Event::Closed(closed) => {
                        prop_assert!(stood > i32::from(notice_days) && open.is_empty());
                        prop_assert_eq!(closed.upheld, upheld);
                        ended = true;
                    }
                    Event::Withdrawn(_) => ended = true,
                }
            }
        }
    }
}
