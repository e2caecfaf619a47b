//! The two sides of a comparison: what the roster says, and who is registered.

use std::collections::HashMap;

use domain::comparison::Outcome;
use domain::identity_number::IdentityNumber;
use domain::writing::search_key;
use domain::{Directory, PersonId, UnitCode};
use projections::models::volunteer_archive::Registered;

use crate::App;
use crate::imports::real_names::Entry;
use crate::imports::{Numbered, Register, SheetRow};

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
        let register = Register::of(&known.units);
        let units = |text: &str| match UnitCode::new(text).map(|code| register.resolve(&code)) {
            Ok(code) if register.knows(&code) => vec![code],
            Ok(_) | Err(_) => register.named(text).to_vec(),
        };
        let expected = people.iter().filter(|one| {
            !one.withdrawn && within.is_none_or(|root| known.units.is_within(&one.unit, root))
        });
        let expected = expected.map(|one| one.volunteer).collect();
        let (mut wanted, mut set_aside) = (Vec::new(), Vec::new());
        for mut same in by_number(rows) {
            let letters = |row: &Numbered<Entry>| search_key(row.value.name.expose());
            let first = letters(&same[0]);
            let shared = same.iter().any(|other| letters(other) != first);
            let kept = (!shared).then(|| same.remove(0));
            let units_of = |entry: &Entry| entry.unit.as_ref().map(|unit| units(unit.expose()));
            let why = |row: &Entry| match &kept {
                None => Outcome::SharedIdentity,
                Some(kept) => {
                    let other_number = row.volunteer.zip(kept.value.volunteer);
                    let elsewhere = units_of(row).zip(units_of(&kept.value));
                    let differs = other_number.is_some_and(|(one, other)| one != other)
                        || elsewhere.is_some_and(|(one, other)| !meet(&known.units, &one, &other));
                    if differs { Outcome::Contradicting } else { Outcome::Repeated }
                }
            };
            let why: Vec<Outcome> = same.iter().map(|row| why(&row.value)).collect();
            let rows = same.into_iter().map(|row| (row.row, row.value.identity_number));
            set_aside.extend(rows.zip(why).map(|((row, number), why)| (row, number, why)));
            if let Some(Numbered { row, value: entry }) = kept {
                let units = units_of(&entry);
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

/// Whether two rows may mean the same unit, or one above it.
fn meet(units: &Directory, one: &[UnitCode], other: &[UnitCode]) -> bool {
    let within = |a: &UnitCode, b: &UnitCode| units.is_within(a, b) || units.is_within(b, a);
    one == other || one.iter().any(|one| other.iter().any(|other| within(one, other)))
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
