//! Changes of the supervision group, which matter to what is executed meanwhile.

use domain::station::{Event, Group};
use domain::{MeetingId, PersonId, ResolutionId, UnitCode, county_date};
use event_store::StreamId;
use uuid::Uuid;

use super::rows::{Executing, Kind, Resolution, SupervisionChange, Task};
use crate::{Fact, Rows};

pub(super) fn on_station(rows: &mut Rows<'_>, fact: &Fact, station: &UnitCode, event: &Event) {
    match event {
        Event::MemberAppointed(appointed) if appointed.group == Group::Supervision => {
            change(rows, fact, station, appointed.member, false);
        }
        Event::MemberLeft(left) if left.group == Group::Supervision => {
            change(rows, fact, station, left.member, true);
        }
        Event::MemberAppointed(_)
        | Event::MemberLeft(_)
        | Event::Opened(_)
        | Event::ItemEvidenced(_)
        | Event::ItemLost(_)
        | Event::SupervisorsElected(_)
        | Event::RelativesDeclared(_)
        | Event::KinshipEnded(_)
        | Event::TopicListed(_)
        | Event::HouseholdsStated(_)
        | Event::MeetingHeld(_)
        | Event::MeetingMissed(_) => {}
    }
}

/// Notes a change for everything that the station has executed meanwhile.
fn change(
    rows: &mut Rows<'_>,
    fact: &Fact,
    station: &UnitCode,
    member: PersonId,
    left_group: bool,
) {
    let changed_on = county_date(fact.recorded_at);
    let id =
        |meeting, topic| (station.clone(), ResolutionId { meeting: MeetingId(meeting), topic });
    let all = id(Uuid::nil(), 0)..=id(Uuid::max(), u8::MAX);
    let executing: Vec<_> = rows.range::<Executing>(all).map(|one| one.resolution).collect();
    for resolution in executing {
        let (station, version) = (station.clone(), fact.version.0);
        rows.put(SupervisionChange {
            station,
            version,
            resolution,
            member,
            left_group,
            changed_on,
        });
        let waiting = rows.update::<Resolution, _>(&resolution, |resolution| {
            resolution.supervisors_changed_on = Some(changed_on);
            resolution.waiting
        });
        let stream = StreamId::new(&format!("resolution-{resolution}"));
        if let (Some(Some(kind)), Ok(stream)) = (waiting, stream) {
            let key: (Kind, StreamId, u32) = (kind, stream, 0);
            rows.update::<Task, _>(&key, |task| task.supervisors_changed_on = Some(changed_on));
        }
    }
}
