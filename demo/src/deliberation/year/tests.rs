use jiff::civil::date;

use super::{Dice, day_of_month, days_after, skipped};

#[test]
fn no_two_meetings_of_a_village_are_sealed_more_than_forty_days_apart() {
    for village in 0..8 {
        for seed in 0..50 {
            let mut dice = Dice::new(seed, "meetings", village as u64);
            let months = (1..=12).filter(|month| skipped(village) != Some(*month));
            let held: Vec<_> = months
                .map(|month| {
                    let day = day_of_month(village, month, &mut dice);
                    days_after(date(2022, month, 1), day - 1)
                })
                .collect();
            for pair in held.windows(2) {
                let sealed_on = days_after(pair[1], 1);
                assert!(sealed_on <= days_after(pair[0], 40), "village {village}: {pair:?}");
                assert!(pair[1] > pair[0], "village {village}: {pair:?}");
            }
        }
    }
}
