//! 实名比对一览: which rosters were compared, and what came of it.

use domain::comparison::{Event, Outcome};
use domain::{ComparisonId, SealedDigest, UnitCode};
use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::types::{FromSqlError, FromSqlResult, ValueRef};
use serde::Serialize;

use crate::engine::column::Column;
use crate::engine::described::{Counts, Integer, Shape, Shaped, Word};
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};
use crate::engine::row::table;
use crate::{Fact, Fold, Half, Projection, Rows, Share, TableDef, reads};

table! {
    /// 实名比对: a roster that was held against everybody registered.
    pub struct Comparison in "comparison" {
        key {
            /// 比对编号 comparison
            comparison: ComparisonId,
        }
        /// 名册 what the roster is called
        #[example = "团县委实名库2026年11月"]
        roster: String,
        /// 目的 why personal data was opened for it
        #[example = "年度实名比对"]
        purpose: String,
        /// 文件摘要 SHA-256 of the file
        file: SealedDigest,
        /// 行数 rows of the roster
        rows: u32,
        /// 范围 only people of this unit and those below it; none: the whole county
        within: Option<UnitCode>,
        /// 名册完整 whether the roster lists everybody
        whole: bool,
        /// 注册人数 people registered who were held against it; none while it runs
        registered: Option<u32>,
        /// 比对结果 how often each outcome came, as a JSON object
        outcomes: Outcomes,
        /// 待核对 rows and people that somebody has to look at; none while it runs
        open: Option<u32>,
        /// 开始时间 when it began (UTC)
        began_at: Timestamp,
        /// 完成时间 when it ended (UTC); none: it runs, or was interrupted
        finished_at: Option<Timestamp>,
    }
    index (began_at);
}

/// How often each outcome came; what is not there came never.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Outcomes(pub domain::comparison::Counts);

impl Shaped for Outcomes {
    const SHAPE: Shape = Shape::Counts(Counts {
        words: || {
            Outcome::ALL
                .iter()
                .map(|&outcome| Word { stored: outcome.as_str(), zh: outcome.zh() })
                .collect()
        },
        complete: false,
        number: Integer { least: 0, most: u32::MAX as i64, unit: None, example: 30 },
    });
}

impl Column for Outcomes {
    const TYPE: &'static str = "TEXT";
    fn bind(&self, to: &mut rusqlite::Statement<'_>, at: usize) -> rusqlite::Result<()> {
        let json = serde_json::to_string(self);
        let json =
            json.map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        to.raw_bind_parameter(at, json)
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

/// The read model *comparison register*.
pub struct ComparisonRegister;

impl Projection for ComparisonRegister {
    const NAME: &'static str = "comparison_register";
    const REVISION: u32 = 1;
    const TABLES: &'static [TableDef] = &[TableDef::of::<Comparison>()];
    const SHARE: Share = Share { half: Half::Second, work: 1 };
}

impl Fold<Rows<'_>> for ComparisonRegister {
    reads! { Rows<'_>: comparison }

    fn comparison(fact: &Fact, id: &ComparisonId, event: &Event, rows: &mut Rows<'_>) {
        match event {
            Event::Began(began) => rows.put(Comparison {
                comparison: *id,
                roster: began.roster.to_string(),
                purpose: began.purpose.to_string(),
                file: began.file,
                rows: began.rows,
                within: began.within.clone(),
                whole: began.whole,
                registered: None,
                outcomes: Outcomes::default(),
                open: None,
                began_at: fact.recorded_at,
                finished_at: None,
            }),
            Event::Finished(finished) => {
                let open = finished.outcomes.iter().filter(|(outcome, _)| outcome.is_open());
                let open = open.fold(0_u32, |sum, (_, count)| sum.saturating_add(*count));
                rows.update::<Comparison, _>(id, |own| {
                    own.registered = Some(finished.registered);
                    own.outcomes = Outcomes(finished.outcomes.clone());
                    own.open = Some(open);
                    own.finished_at = Some(fact.recorded_at);
                });
            }
        }
    }
}

/// Comparisons, newest first.
///
/// # Errors
/// See [`QueryError`].
pub fn list(conn: &Connection, page: &PageRequest) -> Result<Page<Comparison>, QueryError> {
    Select::<Comparison>::ordered(&["began_at", "comparison"], Direction::Descending)
        .page(conn, page)
}

/// One comparison.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, comparison: ComparisonId) -> Result<Option<Comparison>, QueryError> {
    find::<Comparison>(conn, &comparison)
}

#[cfg(test)]
mod tests;
