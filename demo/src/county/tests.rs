use super::{County, Fate};

#[test]
fn task_numbers_leave_every_squad_room_to_fulfil_them_or_to_fail() {
    for volunteers in [120, 1_000, 10_800] {
        let county = County::build(volunteers, 1).unwrap();
        assert_eq!(county.squads.iter().map(|squad| squad.members).sum::<u32>(), volunteers);
        for squad in &county.squads {
            assert_eq!(squad.members < squad.task, squad.fate == Fate::TooFew, "{squad:?}");
            assert_eq!(
                squad.party * 10 < squad.members * 3,
                squad.fate == Fate::TooFewParty,
                "{squad:?}"
            );
            assert!(
                squad.headcount * 60 <= squad.members * 100 || squad.fate == Fate::TooFew,
                "{squad:?}"
            );
        }
    }
}

#[test]
fn the_real_county_has_18_towns_and_410_villages() {
    let county = County::build(10_800, 1).unwrap();
    let towns = county.squads.iter().filter(|squad| squad.unit.as_str().len() == 9);
    assert_eq!(towns.clone().count(), 18);
    assert_eq!(towns.map(|town| town.places.len() - 1).sum::<usize>(), 410);
}
