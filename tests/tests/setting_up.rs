//! A year without a notice about its holidays, until the notice comes; and a setup that is run again.

use application::setup::{NewCampaign, Setup, State, Step};
use application::{Clock as _, HolidayNotice};
use domain::calendar::Days;
use domain::campaign::{Adopted, Deadlines, Task};
use domain::{CampaignCode, Event, PersonId, service};
use projections::models::service_timeliness;
use tests::county::{COUNTY, County, TOWN, code, text, time};

fn notice_of_2027(off: &[&str]) -> HolidayNotice {
    let always = ["2027-01-01", "2027-05-01", "2027-10-01"];
    let days = always.iter().chain(off).map(|day| day.parse().unwrap()).collect();
    let days = Days { off: days, worked: ["2027-01-09".parse().unwrap()].into() };
    HolidayNotice { year: 2027, source: text("国办发明电〔2026〕9号"), days, reason: None }
}

fn seen(county: &County, volunteer: PersonId) -> (String, bool, bool) {
    let row = service_timeliness::record(&county.read(), volunteer, 1).unwrap().unwrap();
    (row.due.to_string(), row.due_provisional, row.late)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provisional_due_date_is_set_anew_when_the_notice_comes() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    county.clock.set(time("2026-12-21T08:00:00+08:00"));
    let activity = county.held(1, &[volunteer]).await;
    let done = county.record(volunteer, activity, 1).await.unwrap();
    let [Event::Service(service::Event::Recorded(made))] = done.events.as_slice() else {
        panic!("{:?}", done.events)
    };
    let missing = made.provisional.map(|provisional| provisional.missing);
    assert_eq!((made.due.to_string(), missing), ("2027-01-05".to_owned(), Some(2027)));
    county.settle().await;
    assert_eq!(seen(&county, volunteer), ("2027-01-05".to_owned(), true, false));
    let head = county.app.store.head().await.unwrap();
    county.settle().await;
    assert_eq!(county.app.store.head().await.unwrap(), head, "nothing is known yet");

    county.app.adopt_holidays(notice_of_2027(&["2026-12-31"]), &county.office()).await.unwrap();
    county.settle().await;
    assert_eq!(seen(&county, volunteer), ("2027-01-06".to_owned(), false, false));
    let head = county.app.store.head().await.unwrap();
    county.days(1);
    county.settle().await;
    assert_eq!(county.app.store.head().await.unwrap(), head, "once");
}

fn setup(today: jiff::civil::Date) -> Setup {
    let plan = Adopted {
        name: text("组建2026"),
        source: text("县委依法治县办文件"),
        starts_on: today,
        ends_on: None,
        deadlines: Deadlines::default(),
        by_kind: vec![],
        county_total: Some(12_000),
        tasks: vec![Task { unit: code(TOWN), task: 60 }],
    };
    let campaign = CampaignCode::new("2026").unwrap();
    Setup {
        county: Some((code(COUNTY), text("示例县"))),
        holidays: vec![notice_of_2027(&[])],
        campaign: Some(NewCampaign { code: campaign, plan, take_over: false }),
        offers: None,
    }
}

/// Whatever was done before an interruption is found done, and the rest is done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_setup_that_was_interrupted_is_run_again() {
    let county = County::new().await;
    county.clock.set(time("2026-12-01T08:00:00+08:00"));
    let today = domain::county_date(county.clock.now());
    let steps = || setup(today).steps();
    let states = |county: &County| -> Vec<State> {
        steps().iter().map(|step| county.app.state_of(step)).collect()
    };
    assert_eq!(states(&county), [State::Done, State::Open, State::Open]);
    for step in steps().into_iter().take(2) {
        county.app.take(step, &county.office()).await.unwrap();
    }
    assert_eq!(states(&county), [State::Done, State::Done, State::Open]);
    for step in steps() {
        county.app.take(step, &county.office()).await.unwrap();
    }
    assert_eq!(states(&county), [State::Done; 3]);
    let head = county.app.store.head().await.unwrap();
    for step in steps() {
        assert!(county.app.take(step, &county.office()).await.unwrap().is_none());
    }
    assert_eq!(county.app.store.head().await.unwrap(), head, "a third run changes nothing");
    let other = Step::AdoptHolidays(notice_of_2027(&["2027-02-05"]));
    assert_eq!(county.app.state_of(&other), State::Differs);
}
