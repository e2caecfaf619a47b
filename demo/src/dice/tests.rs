use super::Dice;

#[test]
fn the_same_seed_rolls_the_same_and_another_does_not() {
    let rolls = |seed, what| {
        let mut dice = Dice::new(seed, what, 3);
        [(); 8].map(|()| dice.below(1_000_000))
    };
    assert_eq!(rolls(1, "people"), rolls(1, "people"));
    assert_ne!(rolls(1, "people"), rolls(2, "people"));
    assert_ne!(rolls(1, "people"), rolls(1, "units"));
}

#[test]
fn rolls_stay_within_their_bounds_and_reach_them() {
    let mut dice = Dice::new(7, "bounds", 0);
    let rolls: Vec<u32> = (0..1000).map(|_| dice.between(3, 6)).collect();
    assert_eq!(rolls.iter().min(), Some(&3));
    assert_eq!(rolls.iter().max(), Some(&6));
    assert_eq!(dice.below(0), 0);
}
