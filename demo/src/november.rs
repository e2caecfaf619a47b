//! 2021年11月: three weeks to raise the force.

use application::imports::{self, Kind, Mode};
use application::{AdministratorContact, Clock as _, NewNotice};
use domain::notice::Subject;
use domain::rulebook::Adopted;
use domain::volunteer::{RealNameMatched, RealNameRefused};
use domain::{CampaignCode, NoticeId, campaign, county_date, start_of_day};
use jiff::civil::{Date, date};

use super::action::{Action, Batch, Next};
use super::agenda::{after, at, days_after};
use super::county::{DIVISIONS, Fate};
use super::dice::Dice;
use super::error::DemoError;
use super::oddity::Oddity;
use super::people::{Flaw, People, Row, roster};
use super::stage::{Desk, text};
use super::story::Story;

impl Story {
    /// Puts everything down that is known beforehand.
    pub(super) fn plan_november(&mut self) -> Result<(), DemoError> {
        let mut dice = Dice::new(self.stage.seed, "november", 0);
        let mut people = People::new(self.stage.seed);
        self.agenda.add(at(date(2021, 11, 9), 9, 30), Action::AdoptRulebook);
        self.agenda.add(at(date(2021, 11, 9), 10, 0), Action::ImportDivisions);
        self.agenda.add(at(date(2021, 11, 10), 9, 0), Action::ImportUnits);
        let mut batches = Vec::new();
        for squad in 0..self.county.squads.len() {
            let approved_at = at(date(2021, 11, 11), dice.between(9, 16), 30);
            self.agenda.add(approved_at, Action::ApproveSquad(squad));
            if let Some(reports_at) = self.county.squads[squad].reports_at {
                let (name, telephone) = people.contact();
                let contact = AdministratorContact { name, telephone };
                self.agenda.add(reports_at, Action::ReportAdministrator(squad, contact));
            }
            let rows = self.county.people_of(squad, &mut people, self.stage.seed)?;
            batches.extend(self.hand_in(squad, rows, &mut dice));
        }
        batches.sort_by_key(|batch| (batch.at, batch.squad));
        self.plant(&mut batches, &mut people)?;
        for batch in batches {
            self.agenda.add(batch.at, Action::ImportRoster(Box::new(batch)));
        }
        Ok(())
    }

    /// A squad's people come in one to three parts; when the last is in, it declares itself complete.
    fn hand_in(&mut self, squad: usize, rows: Vec<Row>, dice: &mut Dice) -> Vec<Batch> {
        let fate = self.county.squads[squad].fate;
        let parts = if fate == Fate::Late { 2 } else { dice.between(1, 3) };
        let size = rows.len().div_ceil(parts as usize).max(1);
        let mut batches = Vec::new();
        for (part, rows) in (0..).zip(rows.chunks(size)) {
            let day = match (part, fate) {
                (1, Fate::Late) => days_after(date(2021, 12, 1), dice.below(10)),
                _ => days_after(date(2021, 11, 12), part * 6 + dice.below(6)),
            };
            let rows = rows.to_vec();
            batches.push(Batch {
                squad,
                at: at(day, 10, 30),
                rows,
                by_office: false,
                refused: None,
            });
        }
        let task = self.county.squads[squad].task as usize;
        let first = batches.first().filter(|first| squad % 4 == 1 && first.rows.len() < task);
        if let Some(first) = first.filter(|_| batches.len() > 1) {
            self.agenda
                .add(after(first.at, 45), Action::DeclareComplete(squad, Some("squad.too_few")));
        }
        let last = batches.last().map_or(at(date(2021, 11, 29), 9, 0), |batch| batch.at);
        let (declared_at, refused) = match fate {
            Fate::InTime | Fate::Late => (after(last, 60), None),
            Fate::TooFew => (at(date(2021, 11, 30), 16, 0), Some("squad.too_few")),
            Fate::TooFewParty => (at(date(2021, 11, 30), 16, 0), Some("squad.too_few_party")),
        };
        self.agenda.add(declared_at, Action::DeclareComplete(squad, refused));
        if self.county.odd_squads().is_some_and(|(_, lowered)| lowered == squad) {
            self.agenda.add(after(last, 40), Action::Odd(Oddity::LowerHeadcount));
        }
        batches
    }

    /// Every roster but a few holds one row that must be refused.
    fn plant(&self, batches: &mut [Batch], people: &mut People) -> Result<(), DemoError> {
        let Some((given, first_squad, first_at)) = batches
            .first()
            .and_then(|first| Some((first.rows.first()?.clone(), first.squad, first.at)))
        else {
            return Ok(());
        };
        for (number, batch) in batches.iter_mut().enumerate() {
            let own = &self.county.squads[batch.squad].unit;
            let others = &self.county.squads[(batch.squad + 1) % self.county.squads.len()].unit;
            batch.by_office = number % 2 == 0;
            let flaw = match number % 9 {
                0 | 3 => Flaw::Checksum,
                1 => Flaw::NoConsent,
                2 if batch.by_office => Flaw::UnknownUnit,
                4 => Flaw::NoGuardian,
                5 if !batch.by_office => Flaw::OthersUnit,
                6 if batch.squad != first_squad && batch.at > first_at => {
                    batch.rows.push(given.claimed_by(own));
                    batch.refused = Some("roster.other_unit");
                    batch.by_office = true;
                    continue;
                }
                7 if !batch.rows.is_empty() => {
                    batch.rows.push(batch.rows[0].clone());
                    batch.refused = Some("roster.repeated");
                    continue;
                }
                _ => Flaw::Sex,
            };
            batch.rows.push(people.flawed(own, others, flaw)?);
            batch.refused = Some(flaw.code());
        }
        Ok(())
    }

    pub(super) async fn adopt_rulebook(&self) -> Result<Next, DemoError> {
        let rules = Adopted::shipped().rules.clone();
        let reason = text("启动法治志愿者队伍组建,采用随程序提供的规则")?;
        let today = county_date(self.stage.clock.now());
        self.stage.app.adopt_rulebook(today, rules, reason, &self.stage.office()?).await?;
        let (code, plan) = raising()?;
        self.stage.app.adopt_campaign(&code, plan, false, &self.stage.office()?).await?;
        Ok(vec![])
    }

    pub(super) async fn import_divisions(&self) -> Result<Next, DemoError> {
        self.import(Kind::Divisions, DIVISIONS.as_bytes(), true, 0, None).await
    }

    pub(super) async fn import_units(&self) -> Result<Next, DemoError> {
        self.import(Kind::Units, &self.county.table()?, true, 0, None).await
    }

    pub(super) async fn import_roster(&self, batch: &Batch) -> Result<Next, DemoError> {
        let file = roster(&batch.rows)?;
        self.import(Kind::Roster, &file, batch.by_office, batch.squad, batch.refused).await
    }

    /// Imports a table of which only what was planted may be refused.
    async fn import(
        &self,
        kind: Kind,
        file: &[u8],
        by_office: bool,
        squad: usize,
        refused: Option<&'static str>,
    ) -> Result<Next, DemoError> {
        let caller = if by_office {
            self.stage.office()?
        } else {
            self.stage.desk(Desk::Administrator, &self.county.squads[squad].unit)?
        };
        let imported = imports::import(
            &self.stage.app,
            kind,
            file.to_vec(),
            Mode::Import,
            &caller,
            &|_, _| {},
        )
        .await?;
        let codes: Vec<&'static str> =
            imported.problems.iter().map(|problem| problem.code).collect();
        if codes != refused.into_iter().collect::<Vec<_>>() {
            let expected = refused.unwrap_or("no refusal");
            return Err(DemoError::OtherThanTold { expected, got: codes.join(", ") });
        }
        codes.into_iter().for_each(|code| self.stage.count_refusal(code));
        Ok(vec![])
    }

    pub(super) async fn approve_squad(&self, squad: usize) -> Result<Next, DemoError> {
        let registration = text(&format!("法志队{:03}", squad + 1))?;
        let unit = &self.county.squads[squad].unit;
        self.stage.app.approve_squad(unit, registration, &self.stage.office()?).await?;
        Ok(vec![])
    }

    pub(super) async fn report_administrator(
        &self,
        squad: usize,
        contact: AdministratorContact,
    ) -> Result<Next, DemoError> {
        let unit = &self.county.squads[squad].unit;
        let caller = self.stage.desk(Desk::Administrator, unit)?;
        self.stage.app.report_administrator(unit, contact, &caller).await?;
        Ok(vec![])
    }

    pub(super) async fn declare_complete(
        &self,
        squad: usize,
        refused: Option<&'static str>,
    ) -> Result<Next, DemoError> {
        let unit = &self.county.squads[squad].unit;
        let caller = self.stage.desk(Desk::Administrator, unit)?;
        let declared = self.stage.app.complete_squad(unit, &caller).await;
        match refused {
            Some(code) => self.stage.refused(code, declared)?,
            None => drop(declared?),
        }
        Ok(vec![])
    }

    pub(super) async fn match_real_name(
        &self,
        who: usize,
        agrees: bool,
    ) -> Result<Next, DemoError> {
        let roster = text("全县实名登记名册")?;
        let (person, caller) = (self.census.people[who].id, self.stage.office()?);
        if agrees {
            let matched = RealNameMatched { roster };
            self.stage.app.match_real_name(person, matched, &caller).await?;
        } else {
            let refused = RealNameRefused { roster, reason: text("姓名与名册不一致")? };
            self.stage.app.refuse_real_name(person, refused, &caller).await?;
        }
        Ok(vec![])
    }

    /// 进展公示: what the county tells everybody.
    pub(super) async fn publish_progress(&self, day: Date) -> Result<Next, DemoError> {
        let notice = NoticeId::new(&format!("progress-{day}"))?;
        let joined = self.census.people.len();
        let complete = self.census.completed.len();
        let all = self.county.squads.len();
        let new = NewNotice {
            subject: Subject::General,
            unit: None,
            title: text("法治志愿者队伍组建和服务进展公示")?,
            text: text(&format!(
                "全县已有{joined}人自愿加入,{all}支小分队中{complete}支组建完成。"
            ))?,
        };
        self.stage.app.publish_notice(&notice, new, &self.stage.office()?).await?;
        Ok(vec![])
    }
}

/// 组建2021, by the notice: its deadlines and its total. Tasks come with the units.
fn raising() -> Result<(CampaignCode, campaign::Adopted), DemoError> {
    let plan = campaign::Adopted {
        name: text("组建2021")?,
        source: text("关于组建法治志愿者队伍的通知 二(一)、五(四)")?,
        starts_on: date(2021, 11, 1),
        ends_on: Some(date(2022, 6, 30)),
        deadlines: campaign::Deadlines {
            administrator: Some(at(date(2021, 11, 23), 12, 0)),
            squad: Some(start_of_day(date(2021, 12, 1))),
        },
        by_kind: vec![],
        county_total: Some(10_000),
        tasks: vec![],
    };
    Ok((CampaignCode::new("2021")?, plan))
}
