use super::*;

#[test]
fn micros_round_down_on_both_sides_of_1970() {
    for (nanos, expected) in [(1_999, 1), (0, 0), (-1, -1), (-1_000, -1), (-1_001, -2)] {
        let at = Timestamp::from_nanosecond(nanos).unwrap();
        assert_eq!(micros(at), expected, "{nanos} ns");
    }
}

#[test]
fn the_extremes_of_time_survive() {
    for at in [Timestamp::MIN, Timestamp::MAX] {
        let back = Timestamp::from_microsecond(micros(at)).unwrap();
        assert!(at.duration_since(back).abs().as_secs() < 1);
    }
}
