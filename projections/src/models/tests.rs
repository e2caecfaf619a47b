use domain::Category;

use super::ALL;
use crate::{Half, ReadModel};

/// Whether a read model is about what villages deliberate.
fn deliberates(model: &ReadModel) -> bool {
    use Category as C;
    let deliberation = [C::Station, C::Issue, C::Meeting, C::Resolution, C::Survey];
    model.reads.iter().any(|category| deliberation.contains(category))
}

#[test]
fn both_threads_of_a_rebuild_have_about_as_much_to_do() {
    for deliberation in [true, false] {
        let work = |half| {
            let models = ALL.iter().filter(|model| deliberates(model) == deliberation);
            let share = models.map(|model| model.share).filter(|share| share.half == half);
            share.map(|share| share.work).sum::<u32>()
        };
        let (first, second) = (work(Half::First), work(Half::Second));
        let all = first + second;
        assert!(
            first.min(second) * 100 >= all * 40,
            "deliberation {deliberation}: {first}, {second}"
        );
    }
}
