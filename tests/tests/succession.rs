//! Whose heads count where, and 承接: members, squad and open items of a unit that another took over.

use domain::issue::{Issue, Stage};
use domain::resolution::Resolution;
use domain::squad::Squad;
use domain::unit;
use domain::volunteer::PoliticalStatus;
use domain::{PersonId, Role, UnitCode};
use projections::models::quota;
use tests::county::{COUNTY, County, TOWN, caller, code, refused, text};
use tests::village::Village;

/// A second town.
const STREET: &str = "330225002";

async fn squad<T: Send + 'static>(county: &County, unit: &str, ask: fn(&Squad) -> T) -> T {
    county.app.read_state::<Squad, _>(unit, ask).await.unwrap()
}

async fn is_in(county: &County, unit: &str, who: PersonId) -> bool {
    county.app.read_state::<Squad, _>(unit, |squad| squad.has(who)).await.unwrap()
}

async fn take_over(county: &County, unit: &str, by: &str) {
    let (by, reason) = (Some(code(by)), text("撤镇设街"));
    county.app.succeed_unit(&code(unit), by, vec![], reason, &county.office()).await.unwrap();
    county.settle().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_successor_has_members_and_squad_and_counts_them() {
    let county = County::new().await;
    let (app, office) = (&county.app, || county.office());
    county.unit(STREET, "新街道", unit::Kind::Town, Some(COUNTY)).await;
    let town = code(TOWN);
    app.approve_squad(&town, text("团县委2021第1号"), &office()).await.unwrap();
    app.declare_headcount(&town, 2, &office()).await.unwrap();
    let (one, two) = (county.member(1).await, county.member(2).await);
    take_over(&county, TOWN, STREET).await;

    let street = code(STREET);
    let registration = squad(&county, STREET, |squad| squad.registration().cloned()).await;
    assert_eq!(registration, Some(text("团县委2021第1号")));
    let administrator = || caller(Role::UnitAdministrator, "A-STREET", Some(STREET));
    // 党员比例 follows the political status wherever the member is entered.
    let (to, since) = (PoliticalStatus::PartyMember, "2021-11-12".parse().unwrap());
    app.change_political_status(one, to, since, text("入党"), &administrator()).await.unwrap();
    county.settle().await;
    assert_eq!(squad(&county, TOWN, |squad| squad.heads().party).await, 1);
    app.complete_squad(&street, &administrator()).await.unwrap();
    county.settle().await;
    let found = quota::get(&county.read(), &street, county.app.clock.now()).unwrap().unwrap();
    assert_eq!((found.unit.headcount_total, found.unit.members_total), (2, 2));
    assert_eq!(found.unit.party_total, 1);

    // Who is entered anew under the successor stays a member by the same consent.
    app.move_volunteer(one, street.clone(), text("撤镇设街"), &administrator()).await.unwrap();
    app.withdraw_volunteer(two, text("个人原因"), &administrator()).await.unwrap();
    county.settle().await;
    assert!(is_in(&county, STREET, one).await && !is_in(&county, TOWN, one).await);
    assert!(!is_in(&county, TOWN, two).await);
    let found = quota::get(&county.read(), &street, county.app.clock.now()).unwrap().unwrap();
    assert_eq!((found.unit.members_total, found.unit.party_total), (1, 1));
}

/// Who may not join the successor's squad leaves the earlier one all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_moves_to_a_successor_and_may_not_serve_is_in_no_squad() {
    let county = County::new().await;
    county.unit(STREET, "新街道", unit::Kind::Town, Some(COUNTY)).await;
    let one = county.member(1).await;
    take_over(&county, TOWN, STREET).await;
    let (app, office) = (&county.app, || county.office());
    let suspended = domain::volunteer::Suspended { reason: text("核查中") };
    app.suspend_volunteer(one, suspended, &office()).await.unwrap();
    app.move_volunteer(one, code(STREET), text("撤镇设街"), &office()).await.unwrap();
    county.settle().await;
    assert!(!is_in(&county, STREET, one).await && !is_in(&county, TOWN, one).await);
}

/// 镇乡(街道)含不含村: completion of a squad and quota say the same, whatever the rulebook says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn completion_and_quota_count_the_same_heads() {
    for with_villages in [true, false] {
        let county = County::new().await;
        let (app, office) = (&county.app, || county.office());
        let mut rules = domain::rulebook::Adopted::shipped().rules.clone();
        rules.towns_count_villages.as_mut().unwrap().value = with_villages;
        rules.party_percent.value = 0;
        let from = "2021-11-12".parse().unwrap();
        app.adopt_rulebook(from, rules, text("核算口径"), &office()).await.unwrap();
        let (town, village) = (code(TOWN), code("330225001009"));
        county.unit(village.as_str(), "示例村", unit::Kind::Village, Some(TOWN)).await;
        app.apply_for_squad(&village, &office()).await.unwrap();
        app.approve_squad(&town, text("团县委2021第1号"), &office()).await.unwrap();
        app.declare_headcount(&town, 3, &office()).await.unwrap();
        app.declare_headcount(&village, 2, &office()).await.unwrap();
        for number in 1..=2 {
            county.member(number).await;
        }
        let new = application::NewVolunteer { unit: village.clone(), ..tests::county::person(3) };
        let who = app.register_volunteer(new, &office()).await.unwrap().volunteer;
        let consent = Some(tests::county::consent());
        app.join_squad(&village, who, consent, &office()).await.unwrap();
        app.complete_squad(&town, &office()).await.unwrap();
        county.settle().await;
        let stream = event_store::StreamId::new(&format!("squad-{TOWN}")).unwrap();
        let from = event_store::Version::NONE;
        let recorded = app.store.read_stream(&stream, from, 100).await.unwrap();
        let last = projections::Fact::read(recorded.last().unwrap()).unwrap().event;
        let domain::Event::Squad(domain::squad::Event::Completed(completed)) = last else {
            panic!("{last:?}")
        };
        let found = quota::get(&county.read(), &town, county.app.clock.now()).unwrap().unwrap();
        let members = found.unit.members_total;
        assert_eq!((i64::from(completed.members), completed.required), (members, found.required));
        assert_eq!((members, found.required), if with_villages { (3, 3) } else { (2, 2) });
        assert!(found.member_share_met);
    }
}

/// Who joined the town's squad leaves that one, although the village has had one of its own since.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_are_found_in_whatever_squad_above_them_they_joined() {
    let county = County::new().await;
    let (app, office) = (&county.app, || county.office());
    let village = "330225001009";
    county.unit(village, "示例村", unit::Kind::Village, Some(TOWN)).await;
    let new = application::NewVolunteer { unit: code(village), ..tests::county::person(1) };
    let who = app.register_volunteer(new, &office()).await.unwrap().volunteer;
    let consent = Some(tests::county::consent());
    app.join_squad(&code(TOWN), who, consent, &office()).await.unwrap();
    app.apply_for_squad(&code(village), &office()).await.unwrap();
    app.withdraw_volunteer(who, text("个人原因"), &office()).await.unwrap();
    county.settle().await;
    assert!(!is_in(&county, TOWN, who).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn open_items_go_on_at_the_successor_s_station() {
    let village = Village::new().await;
    let county = &village.county;
    let (app, office) = (&county.app, || county.office());
    let next = "330225001002";
    county.unit(next, "新村", unit::Kind::Village, Some(TOWN)).await;
    let (raw, accepted) = (village.issue().await, village.accepted().await);
    let (_, resolution) = village.adopted().await;
    take_over(county, tests::village::VILLAGE, next).await;

    let station: UnitCode = code(next);
    app.open_station(&station, false, &office()).await.unwrap();
    let leader = || caller(Role::LeadingGroup, "A-NEXT", Some(next));
    app.triage_issue(raw, "G2".parse().unwrap(), &leader()).await.unwrap();
    app.merge_issue(raw, accepted, &leader()).await.unwrap();
    let stage = app.read_state::<Issue, _>(&raw.to_string(), Issue::stage).await.unwrap();
    assert_eq!(stage, Some(Stage::Merged));
    app.publicise_resolution(resolution, &[], &leader()).await.unwrap();
    let stage = app.read_state::<Resolution, _>(&resolution.to_string(), Resolution::stage).await;
    assert_eq!(stage.unwrap(), Some(domain::resolution::Stage::Publicised));
    let late = app.accept_issue(accepted, &village.leader()).await;
    assert_eq!(refused(late), "permission.elsewhere", "the village acts no more");
    // An issue of the earlier village is ready for a meeting of the new one, whose groups are still empty.
    let mut meeting = village.council_meeting(accepted, false);
    meeting.station = station;
    let convened = app.convene_meeting(meeting, &leader()).await;
    assert_ne!(refused(convened), "meeting.issue_not_accepted");
}
