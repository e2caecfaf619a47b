#![allow(clippy::unwrap_used)]

use domain::unit::Kind;

use super::campaign::by_kind;
use super::moment::{Moment, Until};

fn moment(text: &str) -> Option<String> {
    text.parse::<Moment>().ok().map(|Moment(at)| at.to_string())
}

#[test]
fn moments_are_read_as_they_are_written() {
    for (text, at) in [
        ("2027-05-31", Some("2027-05-31T16:00:00Z")),
        ("2027-05-31 17:00", Some("2027-05-31T09:00:00Z")),
        ("2027-05-31T17:00", Some("2027-05-31T09:00:00Z")),
        ("2027-05-31 24:00", Some("2027-05-31T16:00:00Z")),
        ("2027-05-31T17:00:00+08:00", Some("2027-05-31T09:00:00Z")),
        ("2027-02-29", None),
        ("2027-5-31", None),
        ("2027-05-31 25:00", None),
        ("2027-05-31 17:60", None),
        ("月底", None),
        ("", None),
    ] {
        assert_eq!(moment(text).as_deref(), at, "{text}");
    }
}

#[test]
fn a_deadline_may_be_that_of_a_kind() {
    let until = |text: &str| text.parse::<Until>().ok();
    assert_eq!(until("school=2027-07-31").unwrap().kind, Some(Kind::School));
    assert_eq!(until("学校=2027-07-31"), until("school=2027-07-31"));
    assert_eq!(until("2027-07-31").unwrap().kind, None);
    assert!(until("college=2027-07-31").is_none() && until("school=").is_none());
    let all = by_kind(
        &[until("2027-03-31").unwrap(), until("school=2027-04-30").unwrap()],
        &[until("school=2027-07-31").unwrap(), until("village=2027-06-30").unwrap()],
    );
    let kinds: Vec<_> = all.iter().map(|of| of.kind).collect();
    assert_eq!(kinds, [Kind::School, Kind::Village]);
    assert!(all[0].deadlines.administrator.is_some() && all[0].deadlines.squad.is_some());
    assert!(all[1].deadlines.administrator.is_none());
}
