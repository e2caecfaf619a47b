use jiff::civil::date;

use super::{Agenda, at};

#[test]
fn actions_come_in_the_order_of_their_time_and_not_before_it() {
    let day = date(2021, 11, 30);
    let mut agenda = Agenda::default();
    agenda.add(at(day, 14, 0), "later");
    agenda.extend([(at(day, 9, 0), "first"), (at(day, 9, 0), "with it")]);
    assert_eq!(agenda.next_before(at(day, 9, 0)), None);
    assert_eq!(agenda.next_before(at(day, 12, 0)), Some((at(day, 9, 0), vec!["first", "with it"])));
    assert_eq!(agenda.next_before(at(day, 12, 0)), None);
}

#[test]
fn the_wall_clock_is_eight_hours_ahead() {
    assert_eq!(at(date(2021, 11, 23), 12, 0).to_string(), "2021-11-23T04:00:00Z");
}
