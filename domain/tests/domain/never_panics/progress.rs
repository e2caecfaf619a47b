use domain::bulletin::{self, Correction, Figures};
use domain::comparison;
use domain::unit::Kind;
use jiff::Timestamp;

use super::{golden, text, unit_code};

pub fn comparison_commands() -> Vec<comparison::Command> {
    use comparison::{Command, Event};
    let Event::Began(began) = golden("ComparisonBegan") else { unreachable!() };
    let Event::Finished(finished) = golden("ComparisonFinished") else { unreachable!() };
    let outcomes = comparison::Outcome::ALL.iter().map(|outcome| (*outcome, u32::MAX)).collect();
    vec![
        Command::Begin(comparison::Began { rows: 0, ..began.clone() }),
        Command::Begin(comparison::Began { rows: u32::MAX, ..began }),
        Command::Finish(comparison::Finished { registered: u32::MAX, outcomes }),
        Command::Finish(finished),
    ]
}

pub fn bulletin_commands() -> Vec<bulletin::Command> {
    use bulletin::{Command, Event};
    let Event::Ordered(ordered) = golden("BulletinOrdered") else { unreachable!() };
    let corrects = Correction { bulletin: golden_id(), reason: text() };
    let order = |as_of| Command::Order {
        ordered: bulletin::Ordered { as_of, corrects: Some(corrects.clone()), ..ordered.clone() },
        earlier_published: true,
    };
    let unit = |most: u32| Figures {
        unit: unit_code(),
        name: Some(text()),
        kind: Kind::Town,
        required: most,
        members: u32::MAX,
        registered: most,
        matched: u32::MAX,
        refused: u32::MAX,
        open: u32::MAX,
        late: vec![],
    };
    let as_of = Timestamp::MAX;
    vec![
        order(None),
        order(Some(Timestamp::MIN)),
        Command::Publish { as_of, units: vec![] },
        Command::Publish { as_of, units: vec![unit(0), unit(u32::MAX), unit(1)] },
        Command::Publish { as_of, units: vec![unit(1); bulletin::MOST_UNITS + 1] },
    ]
}

fn golden_id() -> domain::BulletinId {
    "6b3f5f0e-4c1d-4e5a-9f55-0d2a5a3c7e11".parse().unwrap()
}
