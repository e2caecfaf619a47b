//! Another revision is built beside the old one and swapped in.

use domain::unit::Kind;
use domain::{UnitCode, unit};
use event_store::Position;
use rusqlite::Connection;

use crate::TableDef;
use crate::engine::files::beside;
use crate::engine::row::table;
use crate::testing::*;
use crate::{
    Fact, Fold, Half, Limits, Projection, ReadModel, ReadModels, Rows, Share, Until, checkpoints,
    reads,
};

table! {
    /// 旧表 old table
    pub struct Old in "tally" {
        key {
            /// 键 key
            key: u8,
        }
        /// 事件数 facts seen
        facts: i64,
    }
}

table! {
    /// 新表 new table of the same name
    pub struct New in "tally" {
        key {
            /// 键 key
            key: u8,
        }
        /// 两倍事件数 twice the facts seen
        doubled: i64,
    }
    index (doubled);
}

struct First;

impl Projection for First {
    const NAME: &'static str = "tally";
    const REVISION: u32 = 1;
    const TABLES: &'static [TableDef] = &[TableDef::of::<Old>()];
    const SHARE: Share = Share { half: Half::First, work: 1 };
}

impl Fold<Rows<'_>> for First {
    reads! { Rows<'_>: unit }

    fn unit(_: &Fact, _: &UnitCode, _: &unit::Event, rows: &mut Rows<'_>) {
        rows.upsert(&1, || Old { key: 1, facts: 0 }, |row| row.facts += 1);
    }
}

struct Second;

impl Projection for Second {
    const NAME: &'static str = "tally";
    const REVISION: u32 = 2;
    const TABLES: &'static [TableDef] = &[TableDef::of::<New>()];
    const SHARE: Share = Share { half: Half::First, work: 1 };
}

impl Fold<Rows<'_>> for Second {
    reads! { Rows<'_>: unit }

    fn unit(_: &Fact, _: &UnitCode, _: &unit::Event, rows: &mut Rows<'_>) {
        rows.upsert(&1, || New { key: 1, doubled: 0 }, |row| row.doubled += 2);
    }
}

fn number(conn: &Connection, column: &str) -> Option<i64> {
    conn.query_row(&format!("SELECT {column} FROM tally"), [], |row| row.get(0)).ok()
}

#[test]
fn queries_go_on_on_the_old_rows_until_the_new_ones_are_swapped_in() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut log = Log::new();
    log.add("unit-C", unit_registered("C", Kind::County, None)).add("unit-C", headcount(1));
    let store = runtime.block_on(log.store());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.sqlite");
    let (first, second) = ([ReadModel::of::<First>()], [ReadModel::of::<Second>()]);

    let mut models = ReadModels::open_with(&path, &first, Limits::default()).unwrap();
    models.run_until(&store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    drop(models);
    let reader = crate::open_reader(&path).unwrap();
    assert_eq!(number(&reader, "facts"), Some(2));

    // A rebuild that died left a file behind; whatever it holds is not used.
    let left_behind = [".rebuild", ".rebuild.half"].map(|name| beside(&path, name));
    left_behind.iter().for_each(|file| std::fs::write(file, b"half").unwrap());
    let mut models = ReadModels::open_with(&path, &second, Limits::default()).unwrap();
    assert_eq!(models.position(), Position::START, "the new revision has seen nothing");
    assert_eq!(number(&reader, "facts"), Some(2), "the old rows still answer");
    let mut seen = Vec::new();
    models
        .run_until(&store, runtime.handle(), Until::Head, &mut |_| {
            seen.push(number(&reader, "facts"))
        })
        .unwrap();
    assert_eq!(seen, [Some(2)], "also while the new ones are built");
    assert_eq!((number(&reader, "facts"), number(&reader, "doubled")), (None, Some(4)));
    assert!(left_behind.iter().all(|file| !file.exists()));
    let checkpoint = &checkpoints(&reader).unwrap()[0];
    assert_eq!((checkpoint.revision, checkpoint.folded.events), (2, 2));

    log.add("unit-C", headcount(3));
    models.run_batch(&log.facts[2..]).unwrap();
    assert_eq!(number(&reader, "doubled"), Some(6), "and it goes on from there");
    let meaning: String = reader
        .query_row("SELECT meaning FROM _dictionary WHERE column_name = 'doubled'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(meaning, "两倍事件数 twice the facts seen");
}
