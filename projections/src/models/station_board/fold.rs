use domain::privacy::mask_text;
use domain::{UnitCode, county_date, station};

use super::StationBoard;
use super::{ItemEvidence, Member, Station, Topic};
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
            rows.put(Station::opened(code.clone(), opened.estate, opened.opened_on));
        }
        Event::ItemEvidenced(evidenced) => {
            rows.update::<Station, _>(code, |station| station.gain(evidenced.item, on));
            keep_evidence(rows, fact, code, evidenced);
        }
        Event::ItemLost(lost) => {
            rows.update::<Station, _>(code, |station| station.lose(lost.item, on));
        }
        Event::MemberAppointed(appointed) => rows.put(Member {
            station: code.clone(),
            in_group: appointed.group,
            member: appointed.member,
            capacity: appointed.capacity,
            term_from: appointed.from,
            term_until: appointed.until,
            left_on: None,
        }),
        Event::MemberLeft(left) => {
            let key = (code.clone(), left.group, left.member);
            rows.update::<Member, _>(&key, |member| member.left_on = Some(on));
        }
        Event::TopicListed(listed) => rows.put(Topic {
            station: code.clone(),
            topic: listed.code.clone(),
            list: listed.list,
            title: mask_text(listed.title.as_str()),
            at: fact.recorded_at,
        }),
        Event::HouseholdsStated(stated) => {
            rows.update::<Station, _>(code, |station| {
                station.households = Some(stated.households);
                station.households_as_of = Some(stated.as_of);
                station.households_source = Some(mask_text(stated.source.as_str()));
            });
        }
        Event::RelativesDeclared(_) | Event::MeetingHeld(_) | Event::MeetingMissed(_) => {}
    }
}

fn keep_evidence(
    rows: &mut Rows<'_>,
    fact: &Fact,
    code: &UnitCode,
    evidenced: &station::ItemEvidenced,
) {
    for (n, piece) in (1..).zip(&evidenced.evidence) {
        rows.append(ItemEvidence {
            station: code.clone(),
            version: fact.version.0,
            n,
            item: evidenced.item,
            digest: piece.digest,
            media_type: piece.media_type,
            bytes: piece.bytes,
            note: mask_text(evidenced.note.as_str()),
            at: fact.recorded_at,
        });
    }
}
