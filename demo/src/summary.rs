//! What the demo leaves behind, said at its end.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use application::tokens::{NewToken, Tokens};
use application::{Clock as _, files};
use domain::{PersonId, Role, UnitCode, county_date};
use jiff::Timestamp;

use super::deliberation::{Office, Planted};
use super::error::DemoError;
use super::oddity::Odd;
use super::story::{Args, Story};

/// What was played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Where it lies.
    pub data: PathBuf,
    /// The moment at which the story ends.
    pub played_until: Timestamp,
    /// Facts by stored name.
    pub facts: BTreeMap<&'static str, u64>,
    /// Refusals by code.
    pub refusals: BTreeMap<&'static str, u64>,
    /// Every squad.
    pub squads: Vec<SquadEnd>,
    /// Attested minutes of all volunteers together.
    pub attested_minutes: u64,
    /// Stars that went down after hours were voided.
    pub stars_fallen: u64,
    /// What deliberation does otherwise than it should, or only after a detour.
    pub planted: Vec<Planted>,
    /// What no rule refuses and the other parts of an audit find.
    pub odd: Vec<Odd>,
    /// Accounts to try it with.
    pub tokens: Vec<MadeToken>,
}

/// How a squad's November ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SquadEnd {
    /// Its unit.
    pub unit: UnitCode,
    /// 单位名称.
    pub name: String,
    /// 任务数.
    pub task: u32,
    /// People who joined.
    pub members: u32,
    /// Whether it is complete, and if so whether that was late.
    pub completed_late: Option<bool>,
    /// Whether the administrator was reported, and if so whether that was late.
    pub reported_late: Option<bool>,
}

/// A token and what it is for. The secret is nowhere else: the node keeps only its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeToken {
    /// What the account may do.
    pub role: Role,
    /// Where.
    pub unit: Option<UnitCode>,
    /// What to send as bearer token.
    pub secret: String,
}

impl Story {
    /// Looks back.
    pub(super) fn sum_up(self, args: &Args) -> Result<Summary, DemoError> {
        let squads =
            self.county.squads.iter().zip(&self.census.of_squad).map(|(squad, people)| SquadEnd {
                unit: squad.unit.clone(),
                name: squad.name.clone(),
                task: squad.task,
                members: u32::try_from(people.len()).unwrap_or(u32::MAX),
                completed_late: self.census.completed.get(&squad.unit).copied(),
                reported_late: self.census.reported.get(&squad.unit).copied(),
            });
        let tokens = self.make_tokens()?;
        Ok(Summary {
            data: args.data.clone(),
            played_until: self.stage.clock.now(),
            facts: self.census.facts.clone(),
            refusals: self.stage.refusals(),
            squads: squads.collect(),
            attested_minutes: self
                .census
                .people
                .iter()
                .map(|person| u64::from(person.attested.0))
                .sum(),
            stars_fallen: self.census.fallen,
            planted: self.deliberation.planted(),
            odd: self.oddities.all(),
            tokens,
        })
    }
}

impl Story {
    /// One token for each role: in the first town or village where a role belongs to a unit, and of its people.
    fn make_tokens(&self) -> Result<Vec<MadeToken>, DemoError> {
        let tokens = Tokens::open(&self.stage.app.data.join(files::NODE))?;
        let now = self.stage.clock.now();
        let make = |role: Role| {
            let (unit, person) = self.place_of(role);
            let label = Some("演示 demo".to_owned());
            let new = NewToken { role, unit: unit.clone(), person, label, expires_at: None };
            let (_, secret) = tokens.create(new, now)?;
            Ok(MadeToken { role, unit, secret: secret.reveal().to_owned() })
        };
        Role::FOR_TOKENS.into_iter().map(make).collect()
    }

    /// Where a role is tried, and as whom: of volunteers, who served longest.
    fn place_of(&self, role: Role) -> (Option<UnitCode>, Option<PersonId>) {
        let town = || self.county.squads.first().map(|squad| squad.unit.clone());
        let in_village = |office| match self.deliberation.first() {
            Some(village) => (Some(village.unit.clone()), village.holder(office)),
            None => (town(), None),
        };
        match role {
            Role::CountyOffice
            | Role::Auditor
            | Role::CountyLeader
            | Role::Resident
            | Role::System => (None, None),
            Role::UnitAdministrator | Role::Recorder | Role::Attester => (town(), None),
            Role::LeadingGroup => in_village(Office::Secretary),
            Role::Councillor => in_village(Office::Recorder),
            Role::LegalAdviser => in_village(Office::Adviser),
            Role::GridWorker => in_village(Office::GridWorker),
            Role::Supervisor => in_village(Office::Supervisor(0)),
            Role::PartyBranch => in_village(Office::Branch),
            Role::Volunteer => {
                let people = self.census.people.iter();
                let longest = people.max_by_key(|person| (person.attested, person.id));
                (None, longest.map(|person| person.id))
            }
        }
    }
}

impl Summary {
    /// How many facts of a kind there are.
    #[must_use]
    pub fn count(&self, kind: &str) -> u64 {
        self.facts.get(kind).copied().unwrap_or(0)
    }

    /// All events.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.facts.values().sum()
    }

    fn write_deliberation(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "援法议事 deliberation: 工作站 stations {}  议题 issues {}  会议 meetings {}  决议 resolutions {}  办结公示 completed {}  未议事月 months missed {}  测评回复 survey replies {}",
            self.count("StationOpened"),
            self.count("IssueRegistered"),
            self.count("MinutesSealed"),
            self.count("ResolutionAdopted"),
            self.count("CompletionPublicised"),
            self.count("MeetingMissed"),
            self.count("SurveyReplied"),
        )?;
        let day = county_date(self.played_until);
        for planted in &self.planted {
            let Planted { what, stream, .. } = planted;
            let found = planted.code_on(day).unwrap_or("无 nothing");
            writeln!(f, "  {stream}  {what}  审计应发现 the audit finds: {found}")?;
        }
        Ok(())
    }

    fn write_odd(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = county_date(self.played_until);
        for odd in self.odd.iter().filter(|odd| odd.since <= day) {
            let Odd { part, what, about, code, .. } = odd;
            writeln!(f, "  {part}: {about}  {what}  审计应发现 the audit finds: {code}")?;
        }
        Ok(())
    }

    fn write_squads(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let with =
            |late| self.squads.iter().filter(move |squad| squad.completed_late == late).count();
        writeln!(
            f,
            "小分队 squads: {}  按期 in time {}  逾期 late {}  未完成 incomplete {}",
            self.squads.len(),
            with(Some(false)),
            with(Some(true)),
            with(None),
        )?;
        for squad in &self.squads {
            let completed = match squad.completed_late {
                Some(false) => None,
                Some(true) => Some("逾期完成 complete, late"),
                None => Some("未完成 incomplete"),
            };
            let reported = match squad.reported_late {
                Some(false) => None,
                Some(true) => Some("管理员逾期上报 administrator late"),
                None => Some("管理员未上报 no administrator"),
            };
            let remarks: Vec<&str> = completed.into_iter().chain(reported).collect();
            if !remarks.is_empty() {
                let SquadEnd { unit, name, task, members, .. } = squad;
                writeln!(f, "  {unit} {name}  {members}/{task}  {}", remarks.join("; "))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let data = self.data.display();
        writeln!(f, "演示数据 demo data: {data}  共{}个事件 events", self.events())?;
        writeln!(
            f,
            "单位 units {}  志愿者 volunteers {}  活动 activities {}  记录 records {}  认定时长 attested {} h  星级变更 star changes {} (下调 down {})  兑换 redemptions {}",
            self.count("UnitRegistered"),
            self.count("VolunteerRegistered"),
            self.count("ActivityPublished"),
            self.count("ServiceRecorded") + self.count("BackfillRequested"),
            self.attested_minutes / 60,
            self.count("StarChanged"),
            self.stars_fallen,
            self.count("PointsRedeemed"),
        )?;
        self.write_squads(f)?;
        self.write_deliberation(f)?;
        self.write_odd(f)?;
        let refused: u64 = self.refusals.values().sum();
        writeln!(f, "被规则拒绝 refused by a rule: {refused}")?;
        for (code, count) in &self.refusals {
            writeln!(f, "  {count:>6}  {code}")?;
        }
        for MadeToken { role, unit, secret } in &self.tokens {
            let place = unit.as_ref().map_or("全县 county", UnitCode::as_str);
            writeln!(f, "令牌 token  {} {}  {place}  {secret}", role.zh(), role.as_str())?;
        }
        writeln!(f, "接下来 next:")?;
        writeln!(f, "  yuanfa serve --data {data}")?;
        writeln!(f, "  replay show quota --data {data} --as-of 2021-11-30T12:00:00+08:00")?;
        let end = self.played_until.strftime("%Y-%m-%dT%H:%M:%SZ");
        writeln!(f, "  replay audit --failures-only --data {data} --as-of {end}")?;
        writeln!(f, "  replay verify --data {data}")
    }
}
