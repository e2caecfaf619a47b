use domain::privacy::mask_text;
use domain::station::{Item, SupervisorsElected};
use domain::{Evidence, Text, UnitCode, county_date, station};

use jiff::civil::Date;

use super::StationBoard;
use super::{Elected, ItemEvidence, Member, Station, Topic};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for StationBoard {
    reads! { Rows<'_>: station }

    fn station(fact: &Fact, station: &UnitCode, event: &station::Event, rows: &mut Rows<'_>) {
        on_station(rows, fact, station, event);
    }
}

fn on_station(rows: &mut Rows<'_>, fact: &Fact, code: &UnitCode, event: &station::Event) {
    use station::Event;
    let on = county_date(fact.recorded_at);
    match event {
        Event::Opened(opened) => {
            rows.put(Station { station: code.clone(), ..Station::opened(opened) });
        }
        Event::ItemEvidenced(evidenced) => {
            rows.update::<Station, _>(code, |station| station.gain(evidenced.item, on));
            let shown = Shown { item: Some(evidenced.item), election: None, note: &evidenced.note };
            keep_evidence(rows, fact, code, shown, &evidenced.evidence);
        }
        Event::ItemLost(lost) => {
            rows.update::<Station, _>(code, |station| station.lose(lost.item, on));
        }
        Event::SupervisorsElected(elected) => elect(rows, fact, code, elected),
        Event::MemberAppointed(appointed) => rows.put(Member {
            station: code.clone(),
            in_group: appointed.group,
            member: appointed.member,
            capacity: appointed.capacity,
            term_from: appointed.from,
            term_until: appointed.until,
            election: appointed.election,
            left_on: None,
        }),
        Event::MemberLeft(left) => {
            let term = |from| (code.clone(), left.group, left.member, from);
            let terms = rows.range::<Member>(term(Date::MIN)..=term(Date::MAX));
            let last = |one: &&Member| one.left_on.is_none() && one.term_until >= on;
            let left: Vec<Date> = terms.filter(last).map(|one| one.term_from).collect();
            for from in left {
                rows.update::<Member, _>(&term(from), |member| member.left_on = Some(on));
            }
        }
        Event::TopicListed(listed) => rows.put(Topic {
            station: code.clone(),
            topic: listed.code.clone(),
            list: listed.list,
            title: mask_text(listed.title.as_str()),
            responsible: listed.responsible,
            at: fact.recorded_at,
        }),
        Event::HouseholdsStated(stated) => {
            rows.update::<Station, _>(code, |station| {
                station.households = Some(stated.households);
                station.households_as_of = Some(stated.as_of);
                station.households_source = Some(mask_text(stated.source.as_str()));
            });
        }
        Event::RelativesDeclared(_)
        | Event::KinshipEnded(_)
        | Event::MeetingHeld(_)
        | Event::MeetingMissed(_) => {}
    }
}

fn elect(rows: &mut Rows<'_>, fact: &Fact, code: &UnitCode, elected: &SupervisorsElected) {
    let SupervisorsElected { election, held_on, body, way, ref result, .. } = *elected;
    for &member in &elected.elected {
        rows.put(Elected {
            station: code.clone(),
            election,
            member,
            held_on,
            body,
            way,
            result: mask_text(result.as_str()),
            at: fact.recorded_at,
        });
    }
    let shown = Shown { item: None, election: Some(election), note: result };
    keep_evidence(rows, fact, code, shown, &elected.evidence);
}

/// What evidence is for.
struct Shown<'a> {
    item: Option<Item>,
    election: Option<u32>,
    note: &'a Text<200>,
}

fn keep_evidence(
    rows: &mut Rows<'_>,
    fact: &Fact,
    code: &UnitCode,
    shown: Shown<'_>,
    evidence: &[Evidence],
) {
    for (n, piece) in (1..).zip(evidence) {
        rows.append(ItemEvidence {
            station: code.clone(),
            version: fact.version.0,
            n,
            item: shown.item,
            election: shown.election,
            digest: piece.digest,
            media_type: piece.media_type,
            bytes: piece.bytes,
            note: mask_text(shown.note.as_str()),
            at: fact.recorded_at,
        });
    }
}
