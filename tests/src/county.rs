//! A small county to tell stories with: the service without HTTP, a clock that stands, people who are numbers.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::Path;
use std::sync::Arc;

use application::policies::Policies;
use application::scheduler::Scheduler;
use application::{
    App, Caller, Clock as _, CommandOutcome, EntryReport, Error, ManualClock, NewActivity,
    NewVolunteer, PersonalData, files,
};
use domain::activity::{Class, Kind};
use domain::identity_number::IdentityNumber;
use domain::squad::Consent;
use domain::unit::{self, Registered};
use domain::volunteer::{self, PoliticalStatus, Recruitment};
use domain::{ActivityId, Actor, ActorId, Minutes, PersonId, Role, Text, UnitCode};
use event_store::{EventStore, MemoryStore};
use jiff::{SignedDuration, Timestamp};
use projections::{ReadModels, Until};
use tempfile::TempDir;
use uuid::Uuid;
use vault::MasterKey;

/// The county's code.
pub const COUNTY: &str = "330225";
/// A town in it, with a squad.
pub const TOWN: &str = "330225001";

pub struct County {
    pub app: Arc<App>,
    pub clock: Arc<ManualClock>,
    pub folder: TempDir,
    policies: Policies,
}

impl County {
    /// A county with one town and its squad, in memory, on 2021-11-12 at nine.
    pub async fn new() -> Self {
        Self::on(Arc::new(MemoryStore::new())).await
    }

    /// The same on another store.
    pub async fn on(store: Arc<dyn EventStore>) -> Self {
        let clock = Arc::new(ManualClock::at(time("2021-11-12T09:00:00+08:00")));
        let county = Self::node(store, clock).await;
        county.unit(COUNTY, "示例县", unit::Kind::County, None).await;
        county.unit(TOWN, "示例镇", unit::Kind::Town, Some(COUNTY)).await;
        county.app.apply_for_squad(&code(TOWN), &county.office()).await.unwrap();
        county
    }

    /// Another node of this county: the same log and clock, a vault and read models of its own.
    pub async fn beside(&self) -> Self {
        Self::node(Arc::clone(&self.app.store), Arc::clone(&self.clock)).await
    }

    async fn node(store: Arc<dyn EventStore>, clock: Arc<ManualClock>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::generate().unwrap();
        let app =
            App::with_store(folder.path(), store, key, Arc::clone(&clock) as _).await.unwrap();
        let app = Arc::new(app);
        let policies = Policies::new(Arc::clone(&app));
        Self { app, clock, folder, policies }
    }

    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    pub fn office(&self) -> Caller {
        caller(Role::CountyOffice, "A-OFFICE", None)
    }

    pub fn recorder(&self) -> Caller {
        caller(Role::Recorder, "A-RECORDER", Some(TOWN))
    }

    pub fn attester(&self) -> Caller {
        caller(Role::Attester, "A-ATTESTER", Some(TOWN))
    }

    pub fn volunteer(&self, person: PersonId) -> Caller {
        let mut caller = caller(Role::Volunteer, "A-VOLUNTEER", None);
        caller.actor.person = Some(person);
        caller
    }

    pub async fn unit(
        &self,
        unit: &str,
        name: &str,
        kind: unit::Kind,
        parent: Option<&str>,
    ) -> CommandOutcome {
        let registered =
            Registered { unit: code(unit), name: text(name), kind, parent: parent.map(code) };
        self.app.register_unit(registered, &self.office()).await.unwrap()
    }

    /// A person of the town, registered and in its squad.
    pub async fn member(&self, number: u32) -> PersonId {
        let registered = self.app.register_volunteer(person(number), &self.office()).await.unwrap();
        let volunteer = registered.volunteer;
        let consent = Some(consent());
        self.app.join_squad(&code(TOWN), volunteer, consent, &self.office()).await.unwrap();
        volunteer
    }

    /// An activity from one hour on, of so many hours, that these people signed up for and that has ended.
    pub async fn held(&self, hours: i64, volunteers: &[PersonId]) -> ActivityId {
        let starts_at = self.clock.now() + SignedDuration::from_hours(1);
        let ends_at = starts_at + SignedDuration::from_hours(hours);
        let activity = activity(starts_at, ends_at);
        let (id, _) = self.app.publish_activity(activity, &self.office()).await.unwrap();
        for &volunteer in volunteers {
            self.app.sign_up(id, volunteer, &self.office()).await.unwrap();
        }
        self.clock.set(starts_at);
        self.app.start_activity(id, &self.office()).await.unwrap();
        self.clock.set(ends_at);
        self.app.close_activity(id, ends_at, text("顺利结束"), &self.office()).await.unwrap();
        id
    }

    /// Records all of an activity's time for a volunteer.
    pub async fn record(
        &self,
        volunteer: PersonId,
        activity: ActivityId,
        hours: i64,
    ) -> Result<CommandOutcome, Error> {
        let report = self.report(activity, hours);
        self.app.record_service(volunteer, report, &self.recorder()).await
    }

    /// What a recorder says of an activity that ends now.
    pub fn report(&self, activity: ActivityId, hours: i64) -> EntryReport {
        let ended_at = self.clock.now();
        EntryReport {
            activity,
            content: text("普法宣讲"),
            started_at: ended_at - SignedDuration::from_hours(hours),
            ended_at,
            minutes: Minutes(u32::try_from(hours * 60).unwrap()),
            outcomes: vec![],
        }
    }

    /// A service that was done, recorded and attested.
    pub async fn served(&self, volunteer: PersonId, hours: i64) -> u32 {
        let activity = self.held(hours, &[volunteer]).await;
        let done = self.record(volunteer, activity, hours).await.unwrap();
        let record = self.last_record(&done);
        self.app.attest_service(volunteer, record, Some(5), &self.attester()).await.unwrap();
        record
    }

    pub fn last_record(&self, done: &CommandOutcome) -> u32 {
        match done.events.first() {
            Some(domain::Event::Service(domain::service::Event::Recorded(recorded))) => {
                recorded.record
            }
            other => panic!("no record was made: {other:?}"),
        }
    }

    /// Lets policies, read models and scheduler do all there is to do now.
    pub async fn settle(&self) {
        loop {
            self.policies.catch_up().await.unwrap();
            self.read_models().await;
            if Scheduler::new(Arc::clone(&self.app)).tick().await.unwrap() == 0 {
                return;
            }
        }
    }

    /// Brings the read models up to the log.
    pub async fn read_models(&self) {
        let path = self.data().join(files::READ);
        let store = Arc::clone(&self.app.store);
        let handle = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            let mut models = ReadModels::open(&path).unwrap();
            models.run_until(&*store, &handle, Until::Head, &mut |_| {}).unwrap();
        })
        .await
        .unwrap();
    }

    /// A connection to the read models.
    pub fn read(&self) -> rusqlite::Connection {
        projections::open_reader(&self.data().join(files::READ)).unwrap()
    }

    /// Lets days pass.
    pub fn days(&self, days: i64) {
        self.clock.set(self.clock.now() + SignedDuration::from_hours(24 * days));
    }
}

/// The code with which something was refused.
pub fn refused<T>(result: Result<T, Error>) -> &'static str {
    use domain::Refusal as _;
    match result {
        Err(Error::Refused(refusal)) => refusal.code(),
        Err(Error::Forbidden(forbidden)) => forbidden.code(),
        Err(other) => panic!("failed instead of being refused: {other:?}"),
        Ok(_) => panic!("was not refused"),
    }
}

pub fn caller(role: Role, id: &str, unit: Option<&str>) -> Caller {
    let actor = Actor { id: ActorId::new(id).unwrap(), role, unit: unit.map(code), person: None };
    Caller::new(actor, Uuid::new_v4())
}

pub fn code(code: &str) -> UnitCode {
    UnitCode::new(code).unwrap()
}

pub fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::new(text).unwrap()
}

pub fn time(time: &str) -> Timestamp {
    time.parse().unwrap()
}

pub fn consent() -> Consent {
    Consent { given_on: "2021-11-10".parse().unwrap(), form: text("书面") }
}

pub fn activity(starts_at: Timestamp, ends_at: Timestamp) -> NewActivity {
    NewActivity {
        title: text("法治宣传进村"),
        kind: Kind::LegalPublicity,
        class: Class::PublicWelfare,
        organiser: code(TOWN),
        place: text("村文化礼堂"),
        starts_at,
        ends_at,
        emergency: false,
        dangerous: false,
        capacity: None,
        in_charge: ActorId::new("A-ATTESTER").unwrap(),
        paper: None,
    }
}

/// A generated person: an area code that no place has, born in 1980.
pub fn person(number: u32) -> NewVolunteer {
    NewVolunteer {
        personal: personal(number),
        unit: code(TOWN),
        kind: volunteer::Kind::Registered,
        recruitment: Recruitment::LongTerm,
        political_status: PoliticalStatus::Masses,
        skills: vec![],
        consent: Some(consent()),
    }
}

pub fn personal(number: u32) -> PersonalData {
    let day = number / 1000;
    let first = format!(
        "999999{:04}{:02}{:02}{:03}",
        1980 - day / 336,
        1 + day / 28 % 12,
        1 + day % 28,
        number % 1000
    );
    PersonalData {
        name: format!("示例{number}"),
        identity_number: IdentityNumber::with_check_digit(&first).unwrap().expose().to_owned(),
        telephone: "13800000000".to_owned(),
        residence: "示例村".to_owned(),
        guardian: String::new(),
    }
}
