use super::*;
use crate::testing::{day, every_code_is_tested, given, text};
use crate::{Minutes, Points};

mod deliberation;

fn adopt(effective_from: &str, change: impl FnOnce(&mut Rules)) -> Command {
    let mut rules = Box::new(Adopted::shipped().rules.clone());
    change(&mut rules);
    Command::Adopt {
        effective_from: day(effective_from), rules, reason: text("县里另有规定")
    }
}

fn adopted(version: u32, effective_from: &str, change: impl FnOnce(&mut Rules)) -> Event {
    let Command::Adopt { effective_from, rules, reason } = adopt(effective_from, change);
    Event::Adopted(Box::new(Adopted { version, effective_from, rules: *rules, reason }))
}

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("rejection.rs"), include_str!("tests.rs"), "rulebook");
}

#[test]
fn the_shipped_version_passes_its_own_checks_and_cites_every_source() {
    let shipped = Adopted::shipped();
    assert_eq!((shipped.version, shipped.rules.check()), (0, Ok(())));
    assert_eq!(*shipped.rules.record_within_working_days, 10);
    assert!(shipped.rules.sources().iter().all(|(_, source)| source.chars().count() > 5));
    // No county inherits another's November: deadlines and quota belong to campaigns.
    assert!(shipped.rules.administrator_deadline.is_none());
    assert!(shipped.rules.squad_deadline.is_none() && shipped.rules.county_total.is_none());
}

#[test]
fn versions_rise_and_each_holds_from_its_day() {
    let thirty = |rules: &mut Rules| rules.notice_days.value = 30;
    let fourteen = |rules: &mut Rules| rules.notice_days.value = 14;
    let book = given::<Rulebook>([])
        .when(adopt("2021-12-01", thirty))
        .then([adopted(1, "2021-12-01", thirty)])
        .when(adopt("2022-01-01", fourteen))
        .then([adopted(2, "2022-01-01", fourteen)]);
    for (on, version) in
        [("2021-11-30", 0), ("2021-12-01", 1), ("2021-12-31", 1), ("2022-01-01", 2)]
    {
        assert_eq!(book.state().in_force(day(on)).version, version, "{on}");
    }
    assert_eq!(book.state().versions().len(), 2);
}

#[test]
fn a_later_version_does_not_reach_back() {
    let first = || given::<Rulebook>([adopted(1, "2021-01-01", |_| {})]);
    first().when(adopt("2021-11-29", |_| {})).refused("rulebook.backdated");
    first().when(adopt("2021-11-30", |_| {})).then([adopted(2, "2021-11-30", |_| {})]);
    // The first may: it says by which rules the county worked before it had this program.
    given::<Rulebook>([]).when(adopt("2021-01-01", |_| {})).granted();
}

#[test]
fn a_figure_out_of_range_is_refused() {
    let refused: [fn(&mut Rules); 15] = [
        |rules| rules.member_percent.value = 0,
        |rules| rules.member_percent.value = 101,
        |rules| rules.party_percent.value = 101,
        |rules| rules.active_days.value = 0,
        |rules| rules.active_days.value = 3661,
        |rules| rules.record_within_working_days.value = 0,
        |rules| rules.record_within_working_days.value = 251,
        |rules| rules.star_minutes.value = [100, 200, 200, 400, 500].map(Minutes),
        |rules| rules.notice_days.value = 0,
        |rules| rules.notice_days.value = 91,
        |rules| rules.objection_answer_days.value = 0,
        |rules| rules.points_per_hour.value = Points(-1),
        |rules| rules.points_per_hour.value = Points(10_001),
        |rules| rules.points_valid_months.value = Some(0),
        |rules| rules.points_valid_months.value = Some(241),
    ];
    for change in refused {
        given::<Rulebook>([]).when(adopt("2022-01-01", change)).refused("rulebook.figure");
    }
}

#[test]
fn a_figure_at_the_edge_of_its_range_is_taken() {
    let taken: [fn(&mut Rules); 9] = [
        |rules| rules.member_percent.value = 100,
        |rules| rules.party_percent.value = 0,
        |rules| rules.active_days.value = 3660,
        |rules| rules.record_within_working_days.value = 1,
        |rules| rules.notice_days.value = 90,
        |rules| rules.points_per_hour.value = Points(0),
        |rules| rules.points_per_hour.value = Points(10_000),
        |rules| rules.points_valid_months.value = None,
        |rules| rules.redeemables.value = vec![],
    ];
    for change in taken {
        given::<Rulebook>([]).when(adopt("2022-01-01", change)).granted();
    }
}

/// Code and name of an offer enter the history when it is redeemed.
#[test]
fn an_offer_has_its_own_code_a_name_and_a_price() {
    let refused: [fn(&mut Redeemable); 5] = [
        |offer| offer.points = Points(0),
        |offer| offer.points = Points(-1),
        |offer| offer.item = "".into(),
        |offer| offer.item = "LIBRARY".into(),
        |offer| offer.name = "名".repeat(81).into(),
    ];
    for change in refused {
        let command = adopt("2022-01-01", |rules| change(&mut rules.redeemables.value[0]));
        given::<Rulebook>([]).when(command).refused("rulebook.figure");
    }
    let command = adopt("2022-01-01", |rules| {
        let offer = rules.redeemables.value[0].clone();
        rules.redeemables.value =
            (0..101).map(|n| Redeemable { item: n.to_string().into(), ..offer.clone() }).collect();
    });
    given::<Rulebook>([]).when(command).refused("rulebook.figure");
}

#[test]
fn a_rule_without_a_source_is_refused() {
    let command = adopt("2022-01-01", |rules| rules.active_days.source = " ".into());
    given::<Rulebook>([]).when(command).refused("rulebook.uncited");
}

/// Words that are no `Text` stand in the history all the same.
#[test]
fn no_word_of_the_rulebook_reaches_a_person() {
    let refused: [fn(&mut Rules); 5] = [
        |rules| rules.active_days.source = "县委法治办（139.8765.4321）通知".into(),
        |rules| rules.redeemables.value[0].name = "请致电13800138000".into(),
        |rules| rules.redeemables.value[0].item = "0574-65712345".into(),
        |rules| {
            let deliberation = rules.deliberation.as_mut().unwrap();
            deliberation.topics.value[0].title = "330225.19850607.4324的宅基地".into();
        },
        |rules| rules.deliberation.as_mut().unwrap().bodies.source = "a@b.cn".into(),
    ];
    for change in refused {
        let command = adopt("2022-01-01", change);
        given::<Rulebook>([]).when(command).refused("rulebook.personal_data");
    }
}

/// 成员不少于总人数的60%: 60 of 100 do, 59 do not; a part of a person is rounded up.
#[test]
fn the_share_of_the_headcount_rounds_up_and_the_task_may_ask_for_more() {
    let rules = &Adopted::shipped().rules;
    for (headcount, task, required) in [
        (0, 0, 0),
        (1, 0, 1),
        (5, 0, 3),
        (100, 0, 60),
        (101, 0, 61),
        (100, 60, 60),
        (100, 61, 61),
        (100, 59, 60),
        (u32::MAX, 0, 2_576_980_377),
    ] {
        assert_eq!(rules.required_members(headcount, task), required, "{headcount}, {task}");
    }
}

#[test]
fn stars_turn_exactly_at_their_hours() {
    let rules = &Adopted::shipped().rules;
    for (hours, stars) in [(100, 1), (300, 2), (600, 3), (1_000, 4), (1_500, 5)] {
        assert_eq!(rules.stars_for(Minutes(hours * 60 - 1)), stars - 1);
        assert_eq!(rules.stars_for(Minutes(hours * 60)), stars);
    }
    assert_eq!(rules.stars_for(Minutes(u32::MAX)), 5);
}

proptest::proptest! {
    #[test]
    fn more_minutes_never_mean_fewer_stars(
        thresholds in proptest::collection::btree_set(0_u32..200_000, 5),
        a in 0_u32..250_000,
        b in 0_u32..250_000,
    ) {
        let mut rules = Adopted::shipped().rules.clone();
        for (slot, minutes) in rules.star_minutes.value.iter_mut().zip(thresholds) {
            *slot = Minutes(minutes);
        }
        proptest::prop_assert_eq!(rules.check(), Ok(()));
        let (less, more) = (a.min(b), a.max(b));
        proptest::prop_assert!(rules.stars_for(Minutes(less)) <= rules.stars_for(Minutes(more)));
    }
}
