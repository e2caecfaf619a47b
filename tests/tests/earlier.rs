//! The data folder of a small county as version 0.1.0 left it (`fixtures/county-0.1.0.zip`: `yuanfa demo --volunteers 100
//! --until 2022-02-28`, then served until its ledger was signed; people and places of the demo, its keys were made for
//! it). Every later version opens it, verifies it and shows the same.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io::Cursor;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use application::{App, ManualClock, files};
use jiff::civil::date;
use projections::{ReadModels, Until};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;
use tests::county::time;
use tests::replay::replay;
use tokio::runtime::Runtime;
use zip::ZipArchive;

/// Columns that the read models have no more: they chained rows to each other.
const GONE: &[(&str, &str)] = &[
    ("points_account", "last_expiry"),
    ("points_lot", "next"),
    ("quota_attested_service", "earlier"),
    ("quota_volunteer", "highest_record"),
    ("quota_volunteer", "latest_record"),
];

/// Columns whose values stand under another name: what was called 解决方式 is what the asker wishes.
const MOVED: &[(&str, &str, &str)] = &[("issue_register", "solution", "wish")];

fn unpacked() -> TempDir {
    let packed = include_bytes!("../fixtures/county-0.1.0.zip");
    let folder = tempfile::tempdir().unwrap();
    ZipArchive::new(Cursor::new(packed)).unwrap().extract(folder.path()).unwrap();
    for secret in [files::VAULT_KEY, files::VAULT, "ledger/key"] {
        fs::set_permissions(folder.path().join(secret), Permissions::from_mode(0o600)).unwrap();
    }
    folder
}

#[test]
fn what_an_earlier_version_wrote_is_whole_and_shows_the_same() {
    let folder = unpacked();
    let data = folder.path().to_str().unwrap();
    let verified = replay(&["--data", data, "verify"]);
    assert_eq!((verified.code, verified.err.as_str()), (0, ""), "{}", verified.out);
    let whole = "4476 events in 1045 streams";
    assert!(verified.out.contains(whole), "{}", verified.out);

    let before = rows(&folder.path().join(files::READ));
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let clock = Arc::new(ManualClock::at(time("2022-03-01T09:00:00+08:00")));
        let master = App::master_key(folder.path()).unwrap();
        let app = App::open(folder.path(), master, clock).await.unwrap();
        let known = app.reference_data();
        assert_eq!(known.rulebook.in_force(date(2022, 3, 1)).version, 1);
        let (store, handle) = (Arc::clone(&app.store), runtime.handle().clone());
        let mut models = ReadModels::open(folder.path().join(files::READ)).unwrap();
        let read = move || models.run_until(&*store, &handle, Until::Head, &mut |_| {});
        tokio::task::spawn_blocking(read).await.unwrap().unwrap();
    });
    let after = rows(&folder.path().join(files::READ));
    assert!(before.len() > 25, "{}", before.len());
    for (table, columns) in &before {
        for (column, values) in columns {
            let moved = MOVED
                .iter()
                .find(|(of, from, _)| *of == table.as_str() && *from == column.as_str());
            let name = moved.map_or(column.as_str(), |(_, _, to)| *to);
            let now = after.get(table).and_then(|columns| columns.get(name));
            if GONE.contains(&(table, column)) {
                assert_eq!(now, None, "{table}.{column}");
            } else {
                assert_eq!(now, Some(values), "{table}.{column}");
            }
        }
    }
    let verified = replay(&["--data", data, "verify"]);
    assert_eq!((verified.code, verified.err.as_str()), (0, ""), "{}", verified.out);
    assert!(verified.out.contains("compared with the read models"), "{}", verified.out);
}

/// Table → column → its values in the order of the table's key.
fn rows(path: &Path) -> BTreeMap<String, BTreeMap<String, Vec<Value>>> {
    let read = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let names =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";
    let mut names = read.prepare(names).unwrap();
    let tables = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut found = BTreeMap::new();
    for table in tables.map(Result::unwrap) {
        let mut all = read.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
        let mut values = vec![Vec::new(); columns.len()];
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (at, values) in values.iter_mut().enumerate() {
                values.push(row.get::<_, Value>(at).unwrap());
            }
        }
        found.insert(table, columns.into_iter().zip(values).collect());
    }
    found
}
