use super::*;

#[test]
fn rounds_down_and_is_none_of_nothing() {
    for (count, whole, per_mille) in [
        (0, 0, None),
        (3, 0, None),
        (0, 7, Some(0)),
        (8_999, 10_000, Some(899)),
        (9, 10, Some(900)),
    ] {
        assert_eq!(Rate::of(count, whole).per_mille, per_mille.map(PerMille), "{count} of {whole}");
    }
}
