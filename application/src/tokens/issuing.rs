//! 批量发放: accounts of many units from one table. What is to be made is worked out first, and compared with the accounts
//! that stand; whoever asked writes down the secrets, and then all of it is stored at once.

use domain::{ActorId, Directory, Event, PersonId, Role, UnitCode, end_of_day, station};
use event_store::{EventStore, StreamId, Version};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::Fact;
use rust_xlsxwriter::XlsxError;

use super::prepared::Prepared;
use super::{NewToken, Token, TokenError, Tokens};
use crate::imports::accounts::{self, Entry, Holder};
use crate::imports::{self, BadFile, Kind, Note, Numbered, RowProblem, SheetRow, workbook};
use crate::{Error, NotEncodable, ReferenceCache};

domain::refusals! {
    /// Why there can be no such account.
    pub enum NoAccount {
        NoUnit { unit: UnitCode } "account.no_unit" at "unit" =>
            "没有登记单位{unit};请先导入区划和单位,或核对代码。",
            "No unit {unit} is registered; import divisions and units first, or check the code.";
        Succeeded { unit: UnitCode, by: UnitCode } "account.unit_succeeded" at "unit" =>
            "单位{unit}已由{by}承接;请用{by}的代码。",
            "Unit {unit} was succeeded by {by}; use the code {by}.";
        NoPerson { person: PersonId } "account.no_person" at "person" =>
            "没有登记志愿者{person},本单位工作站也没有聘任;请核对编号。",
            "{person} is no registered volunteer and no member of the unit's station; check the number.";
    }
}

/// Why a table of accounts is not taken at all.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// It is no such table.
    #[error(transparent)]
    File(#[from] BadFile),
    /// The register cannot be read.
    #[error(transparent)]
    Register(#[from] Error),
    /// The file of tokens.
    #[error(transparent)]
    Tokens(#[from] TokenError),
}

/// What the log knows of units and people: the register that accounts are held against.
pub struct Register<'a> {
    store: Option<&'a dyn EventStore>,
    units: Directory,
}

impl<'a> Register<'a> {
    /// Reads a log; without one, nothing is registered.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn read(store: Option<&'a dyn EventStore>) -> Result<Self, Error> {
        let cache = ReferenceCache::default();
        if let Some(store) = store {
            cache.catch_up(store).await?;
        }
        Ok(Self { store, units: cache.current().units.clone() })
    }

    /// 单位名称; none where it is not registered.
    #[must_use]
    pub fn name_of(&self, unit: &UnitCode) -> Option<&str> {
        self.units.get(unit).map(|known| known.name.as_str())
    }

    /// The units that have no working account of a role, by code, with their names. One that was succeeded has none to come.
    #[must_use]
    pub fn without(&self, role: Role, tokens: &[Token], now: Timestamp) -> Vec<(UnitCode, String)> {
        let has = |unit: &UnitCode| {
            tokens.iter().any(|token| {
                token.role == role && token.unit.as_ref() == Some(unit) && token.works_at(now)
            })
        };
        let standing = self.units.iter().filter(|(_, known)| known.succeeded_by.is_none());
        let without = standing.filter(|(unit, _)| !has(unit));
        let mut without: Vec<_> =
            without.map(|(unit, known)| (unit.clone(), known.name.to_string())).collect();
        without.sort();
        without
    }

    /// A workbook with a row for each of these units, for the office to look through and send back.
    ///
    /// # Errors
    /// When it cannot be composed, for want of memory.
    pub fn table(
        units: &[(UnitCode, String)],
        role: Role,
        last_day: Option<Date>,
    ) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = workbook(Kind::Accounts)?;
        let sheet = workbook.worksheet_from_index(0)?;
        let last_day = last_day.map(|day| day.to_string()).unwrap_or_default();
        for (at, (code, name)) in (1..).zip(units) {
            sheet.write_row(at, 0, [code.as_str(), name, role.zh(), "", &last_day])?;
        }
        workbook.save_to_buffer()
    }

    /// Whether an account may be of this unit and this person; `Err` inside says why not.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn check(
        &self,
        unit: Option<&UnitCode>,
        person: Option<PersonId>,
    ) -> Result<Result<(), NoAccount>, Error> {
        if let Some(unit) = unit {
            let Some(known) = self.units.get(unit) else {
                return Ok(Err(NoAccount::NoUnit { unit: unit.clone() }));
            };
            if let Some(by) = known.succeeded_by.clone() {
                return Ok(Err(NoAccount::Succeeded { unit: unit.clone(), by }));
            }
        }
        match person {
            Some(person) if !self.knows(unit, person).await? => {
                Ok(Err(NoAccount::NoPerson { person }))
            }
            Some(_) | None => Ok(Ok(())),
        }
    }

    /// Whether somebody is a volunteer, or was appointed at the unit's station.
    async fn knows(&self, unit: Option<&UnitCode>, person: PersonId) -> Result<bool, Error> {
        let Some(store) = self.store else { return Ok(false) };
        let stream = StreamId::new(&format!("volunteer-{person}")).map_err(NotEncodable::from)?;
        let first = store.read_stream(&stream, Version::NONE, 1).await?;
        match unit {
            Some(unit) if first.is_empty() => appointed(store, unit, person).await,
            Some(_) | None => Ok(!first.is_empty()),
        }
    }
}

async fn appointed(
    store: &dyn EventStore,
    unit: &UnitCode,
    person: PersonId,
) -> Result<bool, Error> {
    let stream = StreamId::new(&format!("station-{unit}")).map_err(NotEncodable::from)?;
    let mut after = Version::NONE;
    loop {
        let page = store.read_stream(&stream, after, 1_000).await?;
        let Some(last) = page.last() else { return Ok(false) };
        after = last.version;
        for recorded in &page {
            if let Event::Station(station::Event::MemberAppointed(appointed)) =
                Fact::read(recorded)?.event
                && appointed.member == person
            {
                return Ok(true);
            }
        }
    }
}

/// What a row comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 发放: a new account.
    Issued,
    /// 改期: the account stands and gets another last day; its secret stays.
    Moved,
    /// 未变: the account stands so already.
    Unchanged,
}

impl Outcome {
    /// As the table says it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Issued => "发放",
            Self::Moved => "改期",
            Self::Unchanged => "未变",
        }
    }

    /// The same in English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Moved => "last day moved",
            Self::Unchanged => "unchanged",
        }
    }
}

/// A good row.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it stands.
    pub row: SheetRow,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The account as it is then.
    pub token: Token,
    /// 单位名称.
    pub unit: String,
    /// Working accounts of the same unit and role that the table does not name; perhaps of whoever had the post before.
    pub besides: Vec<ActorId>,
}

/// What a table comes to. Nothing of it is stored before [`Issuing::keep`].
pub struct Issuing {
    /// Rows that hold anything.
    pub rows: u32,
    /// Good rows, in the order of the file.
    pub lines: Vec<Line>,
    /// Everything that is not taken.
    pub problems: Vec<RowProblem>,
    /// What was read, and what was left out and why.
    pub notes: Vec<Note>,
    /// The accounts to make, with their secrets.
    pub new: Vec<Prepared>,
    ends: Vec<(ActorId, Option<Timestamp>)>,
}

impl Issuing {
    /// How many rows come to this.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.lines.iter().filter(|line| line.outcome == outcome).count()
    }

    /// Stores the accounts, and the days that were moved: all or nothing.
    ///
    /// # Errors
    /// When the file of tokens cannot be written.
    pub fn keep(&self, tokens: &Tokens) -> Result<(), TokenError> {
        tokens.keep(&self.new, &self.ends)
    }
}

/// Works out what a table of accounts comes to, against the register and the accounts that stand.
///
/// # Errors
/// See [`IssueError`]; a bad row is no error.
pub async fn issue_all(
    table: &[u8],
    register: &Register<'_>,
    tokens: &Tokens,
    now: Timestamp,
) -> Result<Issuing, IssueError> {
    let reading = accounts::read(table, now, &imports::Register::of(&register.units))?;
    let standing: Vec<_> = tokens.list()?.into_iter().filter(|token| token.works_at(now)).collect();
    let mut issuing = Issuing {
        rows: reading.total,
        lines: Vec::new(),
        problems: reading.problems,
        notes: reading.notes,
        new: Vec::new(),
        ends: Vec::new(),
    };
    for Numbered { row, value } in reading.rows {
        let checked = register.check(Some(&value.unit), value.holder.person).await?;
        match checked {
            Ok(()) => issuing.take_in(row, value, register, &standing, now)?,
            Err(why) => issuing.refuse(row, &why),
        }
    }
    issuing.problems.sort_by_key(RowProblem::order);
    issuing.look_besides(&standing);
    Ok(issuing)
}

impl Issuing {
    fn refuse(&mut self, row: SheetRow, why: &NoAccount) {
        let column = match why {
            NoAccount::NoUnit { .. } | NoAccount::Succeeded { .. } => "单位代码",
            NoAccount::NoPerson { .. } => "持有人",
        };
        self.problems.push(RowProblem::refused(row, why).in_column(column));
    }

    fn take_in(
        &mut self,
        row: SheetRow,
        entry: Entry,
        register: &Register<'_>,
        standing: &[Token],
        now: Timestamp,
    ) -> Result<(), TokenError> {
        let unit = register.name_of(&entry.unit).unwrap_or_default().to_owned();
        let Entry { unit: code, role, holder: Holder { person, post }, last_day } = entry;
        let label = post.map(|post| post.as_str().to_owned());
        let expires_at = last_day.map(end_of_day);
        let is_it = |token: &&Token| {
            (token.role, token.person) == (role, person)
                && token.unit.as_ref() == Some(&code)
                && token.label == label
        };
        // Of several, the one that was made last.
        let (outcome, token) = match standing.iter().rev().find(is_it) {
            Some(known) if known.expires_at == expires_at => (Outcome::Unchanged, known.clone()),
            Some(known) => {
                self.ends.push((known.id.clone(), expires_at));
                (Outcome::Moved, Token { expires_at, ..known.clone() })
            }
            None => {
                let new = NewToken { role, unit: Some(code.clone()), person, label, expires_at };
                let prepared = Prepared::of(new, now)?;
                let token = prepared.token.clone();
                self.new.push(prepared);
                (Outcome::Issued, token)
            }
        };
        self.lines.push(Line { row, outcome, token, unit, besides: Vec::new() });
        Ok(())
    }

    /// Notes which accounts stand beside those of the table.
    fn look_besides(&mut self, standing: &[Token]) {
        let named: Vec<ActorId> = self.lines.iter().map(|line| line.token.id.clone()).collect();
        for line in self.lines.iter_mut().filter(|line| line.outcome == Outcome::Issued) {
            let same = |other: &&Token| {
                (other.role, &other.unit) == (line.token.role, &line.token.unit)
                    && !named.contains(&other.id)
            };
            line.besides = standing.iter().filter(same).map(|other| other.id.clone()).collect();
        }
    }
}
