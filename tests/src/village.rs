//! A village of the county with its station: who leads, deliberates, supervises and advises, and what they do.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use application::{
    Appointee, Caller, Clock as _, CommandOutcome, Contact, ElectionResult, NewAppointment,
    NewIssue, NewMeeting, NewMember, Present,
};
use domain::issue::Channel;
use domain::meeting::{AgendaItem, Body, Choice, Count, Form, Matter, Minute, ReportMinutes, Vote};
use domain::notice::Verdict;
use domain::station::{Capacity, Group, HouseholdsStated, Way};
use domain::{
    Actor, IssueId, MeetingId, PersonId, ResolutionId, Role, SealedDigest, UnitCode, county_date,
    unit,
};
use jiff::{SignedDuration, ToSpan as _};

use crate::county::{County, TOWN, caller, code, personal, text};

/// A village of the town.
pub const VILLAGE: &str = "330225001001";

/// The village in its county.
pub struct Village {
    pub county: County,
    pub leaders: Vec<PersonId>,
    pub council: Vec<PersonId>,
    pub supervisor: PersonId,
    pub adviser: PersonId,
}

impl Village {
    /// A station with two leaders, a council of three, a supervisor and an adviser, opened on 2021-11-12.
    pub async fn new() -> Self {
        let county = County::new().await;
        county.unit(VILLAGE, "示例村", unit::Kind::Village, Some(TOWN)).await;
        county.app.open_station(&station(), false, &county.office()).await.unwrap();
        let stated = HouseholdsStated {
            households: 312,
            as_of: "2021-10-31".parse().unwrap(),
            source: text("镇统计站户籍人口表"),
        };
        county.app.state_households(&station(), stated, &county.office()).await.unwrap();
        let leaders = vec![
            appoint(&county, Group::LeadingGroup, Capacity::BranchSecretary, 1).await,
            appoint(&county, Group::LeadingGroup, Capacity::CommitteeMember, 2).await,
        ];
        let mut council = vec![];
        for number in 3..6 {
            let member = appoint(&county, Group::Council, Capacity::Representative, number).await;
            council.push(member);
        }
        let supervisor = supervise(&county, Capacity::RetiredPartyMember, 6).await;
        let adviser = appoint(&county, Group::LegalAdviser, Capacity::LegalAdviser, 7).await;
        Self { county, leaders, council, supervisor, adviser }
    }

    pub fn leader(&self) -> Caller {
        of(Role::LeadingGroup, self.leaders[0])
    }

    pub fn councillor(&self) -> Caller {
        of(Role::Councillor, self.council[0])
    }

    pub fn legal_adviser(&self) -> Caller {
        of(Role::LegalAdviser, self.adviser)
    }

    pub fn supervision(&self) -> Caller {
        of(Role::Supervisor, self.supervisor)
    }

    pub fn grid_worker(&self) -> Caller {
        caller(Role::GridWorker, "A-GRID", Some(VILLAGE))
    }

    /// The town's administrator.
    pub fn town(&self) -> Caller {
        caller(Role::UnitAdministrator, "A-TOWN", Some(TOWN))
    }

    /// An issue that the grid worker registered.
    pub async fn issue(&self) -> IssueId {
        let registered = self.county.app.register_issue(problem(), &self.grid_worker()).await;
        registered.unwrap().issue
    }

    /// An issue that is to be deliberated.
    pub async fn accepted(&self) -> IssueId {
        let (app, issue) = (&self.county.app, self.issue().await);
        app.triage_issue(issue, "G2".parse().unwrap(), &self.leader()).await.unwrap();
        app.accept_issue(issue, &self.leader()).await.unwrap();
        issue
    }

    /// A meeting of the council in an hour.
    pub fn council_meeting(&self, issue: IssueId, ratifies: bool) -> NewMeeting {
        let item = AgendaItem {
            title: text("村道路灯维修"),
            issue: Some(issue),
            ratifies,
            matter: Matter::Ordinary,
            listed: None,
            secret: false,
            required: None,
        };
        NewMeeting {
            station: station(),
            body: Body::Council,
            form: Form::Room,
            starts_at: self.county.clock.now() + SignedDuration::from_hours(1),
            place: text("村会议室"),
            occasion: None,
            agenda: vec![item],
            reports: vec![],
            electorate: None,
        }
    }

    pub async fn convened(&self, new: NewMeeting) -> MeetingId {
        let (meeting, _) = self.county.app.convene_meeting(new, &self.leader()).await.unwrap();
        self.county.settle().await;
        meeting
    }

    /// The meeting is held an hour later: everybody comes and votes so, and the minutes are sealed.
    pub async fn held(&self, meeting: MeetingId, choice: Choice, reports: &[ResolutionId]) {
        let (app, recorder) = (&self.county.app, || self.councillor());
        self.county.clock.set(self.county.clock.now() + SignedDuration::from_hours(1));
        let come = |&who| Present { who: Appointee::Known(who), area: None, proxy: None };
        let present = self.council.iter().map(come).collect();
        app.take_attendance(meeting, present, &recorder()).await.unwrap();
        let opinion = text("内容合法");
        app.give_opinion(meeting, 1, true, opinion, &self.legal_adviser()).await.unwrap();
        let votes = self.council.iter().map(|&member| Vote { member, choice }).collect();
        app.cast_votes(meeting, 1, votes, &recorder()).await.unwrap();
        app.decide_topic(meeting, 1, Count::default(), &recorder()).await.unwrap();
        let minute = Minute {
            topic: 1,
            process: Some(text("逐项讨论")),
            result: Some(text("一个月内修好全部路灯")),
        };
        let report = |&resolution| ReportMinutes { resolution, findings: text("已通报") };
        let reports = reports.iter().map(report).collect();
        app.seal_minutes(meeting, vec![minute], reports, &recorder()).await.unwrap();
        self.county.settle().await;
    }

    /// A resolution that the council adopted on an issue.
    pub async fn adopted(&self) -> (IssueId, ResolutionId) {
        let issue = self.accepted().await;
        let meeting = self.convened(self.council_meeting(issue, false)).await;
        self.held(meeting, Choice::Agree, &[]).await;
        (issue, ResolutionId { meeting, topic: 1 })
    }

    pub async fn publicise(&self, resolution: ResolutionId) {
        let app = &self.county.app;
        app.publicise_resolution(resolution, &[], &self.leader()).await.unwrap();
        self.county.settle().await;
    }

    /// Adopted, publicised for eight days and given to the first leader, due in thirty days.
    pub async fn assigned(&self) -> (IssueId, ResolutionId) {
        let (issue, resolution) = self.adopted().await;
        self.publicise(resolution).await;
        self.county.days(8);
        self.county.settle().await;
        let due = county_date(self.county.clock.now()).saturating_add(30.days());
        let (executor, app) = (self.leaders[0], &self.county.app);
        app.assign_resolution(resolution, executor, text("村主任"), due, &self.leader())
            .await
            .unwrap();
        self.county.settle().await;
        (issue, resolution)
    }

    /// Done, verified, reported to branch and meeting, and shown to the residents.
    pub async fn completed(&self) -> (IssueId, ResolutionId) {
        let (issue, resolution) = self.assigned().await;
        let (app, photo) = (&self.county.app, self.evidence("路灯修好").await);
        app.claim_completion(resolution, text("全部修好"), &[photo], &self.leader()).await.unwrap();
        app.verify_completion(resolution, text("属实"), &[photo], &self.supervision())
            .await
            .unwrap();
        app.inform_branch(resolution, text("属实"), &self.supervision()).await.unwrap();
        let mut next = self.council_meeting(self.accepted().await, false);
        next.reports = vec![resolution];
        let meeting = self.convened(next).await;
        self.held(meeting, Choice::Agree, &[resolution]).await;
        app.publicise_completion(resolution, text("路灯全部修好"), &[photo], &self.leader())
            .await
            .unwrap();
        self.county.settle().await;
        (issue, resolution)
    }

    /// An objection by somebody without an account; its number and code.
    pub async fn object(&self, resolution: ResolutionId) -> (u32, String) {
        let (ground, contact) = (text("资金来源未说明"), Contact::default());
        let filed = self
            .county
            .app
            .file_resolution_objection(resolution, ground, &contact, &resident())
            .await
            .unwrap();
        (filed.objection, filed.code.expose().to_owned())
    }

    pub async fn answer(
        &self,
        resolution: ResolutionId,
        objection: u32,
        verdict: Verdict,
        caller: &Caller,
    ) -> Result<application::CommandOutcome, application::Error> {
        let (app, answer) = (&self.county.app, text("已核对"));
        app.answer_resolution_objection(resolution, objection, verdict, answer, caller).await
    }

    /// A document that shows something.
    pub async fn evidence(&self, what: &str) -> SealedDigest {
        let document = format!("%PDF-1.7\n% {what}\n%%EOF\n");
        let app = &self.county.app;
        app.keep_evidence(document.into(), &self.leader()).await.unwrap().digest
    }
}

/// Somebody without an account.
pub fn resident() -> Caller {
    Caller::resident(uuid::Uuid::new_v4())
}

pub fn station() -> UnitCode {
    code(VILLAGE)
}

/// An issue without an asker, raised now.
pub fn problem() -> NewIssue {
    NewIssue {
        station: station(),
        raised_at: None,
        place: text("村口"),
        source: None,
        channel: Channel::Door,
        asker: Contact::default(),
        problem: text("村道路灯不亮"),
        wish: None,
        remark: None,
        photographs: vec![],
    }
}

fn of(role: Role, person: PersonId) -> Caller {
    let mut caller = caller(role, &format!("A-{person}"), Some(VILLAGE));
    caller.actor.person = Some(person);
    caller
}

/// A generated person who is to sit in a group.
pub fn member(number: u32) -> NewMember {
    let personal = personal(number);
    NewMember {
        name: personal.name.clone(),
        identity_number: personal.identity_number.clone(),
        telephone: Some(personal.telephone.clone()),
    }
}

/// An appointment for three years from today on.
pub fn appointment(
    county: &County,
    group: Group,
    capacity: Capacity,
    number: u32,
) -> NewAppointment {
    let from = county_date(county.clock.now());
    let until = from.saturating_add(3.years());
    let member = Appointee::New(member(number));
    NewAppointment { group, member, capacity, from, until, election: None, relatives: vec![] }
}

/// Somebody whom residents elect today, recorded by a recorder of the village, and what appoints them for three years.
pub async fn elected(county: &County, capacity: Capacity, number: u32) -> NewAppointment {
    let (election, chosen, _) = election(county, number).await;
    let member = Appointee::Known(chosen[0]);
    let new = appointment(county, Group::Supervision, capacity, number);
    NewAppointment { member, election: Some(election), ..new }
}

/// Residents elect somebody today; gives the election's number, whom, and what was stored.
pub async fn election(county: &County, number: u32) -> (u32, Vec<PersonId>, CommandOutcome) {
    let recorder = used_by(caller(Role::Recorder, "A-RECORDER", Some(VILLAGE)), 901);
    let document = format!("%PDF-1.7\n% votes for {number}\n%%EOF\n");
    let shown = county.app.keep_evidence(document.into(), &recorder).await.unwrap();
    let result = ElectionResult {
        held_on: county_date(county.clock.now()),
        body: Body::Representatives,
        way: Way::Election,
        elected: vec![Appointee::New(member(number))],
        result: text("到会28人,过半数赞成"),
        evidence: vec![shown.digest],
    };
    county.app.record_election(&station(), result, &recorder).await.unwrap()
}

async fn supervise(county: &County, capacity: Capacity, number: u32) -> PersonId {
    let new = elected(county, capacity, number).await;
    let office = used_by(county.office(), 902);
    county.app.appoint_member(&station(), new, &office).await.unwrap().0
}

/// From an account behind which somebody is known.
pub fn used_by(caller: Caller, number: u64) -> Caller {
    let person = Some(PersonId::from_bits(number));
    Caller { actor: Actor { person, ..caller.actor }, ..caller }
}

async fn appoint(county: &County, group: Group, capacity: Capacity, number: u32) -> PersonId {
    let new = appointment(county, group, capacity, number);
    county.app.appoint_member(&station(), new, &county.office()).await.unwrap().0
}
