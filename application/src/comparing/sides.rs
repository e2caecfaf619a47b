//! The two sides of a comparison: what the roster says, and who is registered.

use std::collections::HashMap;

use domain::comparison::Outcome;
use domain::identity_number::IdentityNumber;
use domain::{PersonId, UnitCode};
use projections::models::volunteer_archive::Registered;

use crate::App;
use crate::imports::Numbered;
use crate::imports::SheetRow;
use crate::imports::real_names::{Entry, letters};

/// Both sides, ready to be held against each other.
pub struct Sides {
    /// Rows that are looked for: each identity number once.
    pub wanted: Vec<Wanted>,
    /// Rows that say nothing of anybody, and why; their identity numbers are not missing either.
    pub set_aside: Vec<(SheetRow, IdentityNumber, Outcome)>,
    /// Everybody registered, also outside of what is compared.
    pub people: HashMap<PersonId, Registered>,
    /// Those whom the roster should name.
    pub expected: Vec<PersonId>,
}

/// A row that is looked for.
pub struct Wanted {
    /// Where it stands.
    pub row: SheetRow,
    /// What it says.
    pub entry: Entry,
    /// The letters of its name.
    pub letters: String,
    /// The units that it may mean; none where it names no unit.
    pub units: Option<Vec<UnitCode>>,
}

impl Sides {
    /// Sorts out what the roster says twice, and whom it should name.
    pub fn of(
        app: &App,
        rows: Vec<Numbered<Entry>>,
        people: Vec<Registered>,
        within: Option<&UnitCode>,
    ) -> Self {
        let known = app.reference_data();
        let mut named: HashMap<String, Vec<UnitCode>> = HashMap::new();
        for (code, node) in known.units.iter() {
            named.entry(letters(node.name.as_str())).or_default().push(code.clone());
        }
        let units = |text: &str| match UnitCode::new(text) {
            Ok(code) if known.units.get(&code).is_some() => vec![code],
            Ok(_) | Err(_) => named.get(&letters(text)).cloned().unwrap_or_default(),
        };
        let expected = people.iter().filter(|one| {
            !one.withdrawn && within.is_none_or(|root| known.units.is_within(&one.unit, root))
        });
        let expected = expected.map(|one| one.volunteer).collect();
        let (mut wanted, mut set_aside) = (Vec::new(), Vec::new());
        for mut same in by_number(rows) {
            let first = letters(same[0].value.name.expose());
            let shared = same.iter().any(|other| other.value.letters() != first);
            let kept = (!shared).then(|| same.remove(0));
            let why = if shared { Outcome::SharedIdentity } else { Outcome::Repeated };
            set_aside.extend(same.into_iter().map(|row| (row.row, row.value.identity_number, why)));
            if let Some(Numbered { row, value: entry }) = kept {
                let units = entry.unit.as_ref().map(|unit| units(unit.expose()));
                wanted.push(Wanted { row, entry, letters: first, units });
            }
        }
        let people = people.into_iter().map(|one| (one.volunteer, one)).collect();
        Self { wanted, set_aside, people, expected }
    }

    /// How many people are held against the roster.
    pub fn registered(&self) -> u32 {
        u32::try_from(self.expected.len()).unwrap_or(u32::MAX)
    }
}

/// The rows with the same identity number together, in the order of the roster.
fn by_number(rows: Vec<Numbered<Entry>>) -> Vec<Vec<Numbered<Entry>>> {
    let mut places: HashMap<IdentityNumber, usize> = HashMap::new();
    let mut groups: Vec<Vec<Numbered<Entry>>> = Vec::new();
    for row in rows {
        let place = *places.entry(row.value.identity_number.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}
