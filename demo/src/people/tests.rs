use std::collections::HashSet;

use super::{Flaw, People, roster};
use application::imports::Register;
use application::imports::roster::read;
use domain::UnitCode;
use jiff::civil::date;

#[test]
fn people_pass_every_check_of_a_roster_and_nobody_comes_twice() {
    let unit = UnitCode::new("330225001").unwrap();
    let mut people = People::new(1);
    let rows: Vec<_> =
        (0..2000).map(|n| people.person(&unit, n % 3 == 0, n % 50 == 0).unwrap()).collect();
    let read = read(&roster(&rows).unwrap(), date(2021, 11, 15), &Register::default()).unwrap();
    assert_eq!(read.problems, vec![]);
    let numbers: HashSet<_> =
        read.rows.iter().map(|row| row.value.identity_number.clone()).collect();
    assert_eq!(numbers.len(), 2000);
}

#[test]
fn flaws_that_a_reader_sees_are_refused_with_their_code() {
    let unit = UnitCode::new("330225001").unwrap();
    let mut people = People::new(1);
    for flaw in [Flaw::Checksum, Flaw::NoConsent, Flaw::NoGuardian, Flaw::Sex] {
        let row = people.flawed(&unit, &unit, flaw).unwrap();
        let read =
            read(&roster(&[row]).unwrap(), date(2021, 11, 15), &Register::default()).unwrap();
        let codes: Vec<_> = read.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [flaw.code()]);
    }
}
