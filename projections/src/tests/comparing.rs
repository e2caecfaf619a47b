//! One changed cell is found and named.

use rusqlite::Connection;

use crate::{Difference, compare};

fn database(sql: &str) -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(
        "CREATE TABLE t (a TEXT, n INTEGER, v TEXT, PRIMARY KEY (a, n)) STRICT, WITHOUT ROWID;",
    )
    .unwrap();
    conn.execute_batch("INSERT INTO t VALUES ('x', 1, 'one'), ('x', 2, 'two'), ('y', 1, NULL);")
        .unwrap();
    conn.execute_batch(sql).unwrap();
    conn
}

fn found(sql: &str) -> Vec<(String, String, Option<String>, Option<String>)> {
    let found = compare(&database(""), &database(sql), 10).unwrap();
    assert!(found.iter().all(|difference| difference.table == "t"));
    found
        .into_iter()
        .map(|Difference { key, column, left, right, .. }| (key, column, left, right))
        .collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.into())
}

#[test]
fn names_what_differs() {
    assert_eq!(found("CREATE TABLE _checkpoint (x)"), [], "checkpoints may differ");
    let changed = found("UPDATE t SET v = 'zwei' WHERE n = 2");
    assert_eq!(changed, [("x~2".into(), "v".into(), some("two"), some("zwei"))]);
    let missing = found("DELETE FROM t WHERE a = 'x' AND n = 1");
    assert_eq!(missing, [("x~1".into(), String::new(), some("x | 1 | one"), None)]);
    let more = found("INSERT INTO t VALUES ('z', 9, '')");
    assert_eq!(more, [("z~9".into(), String::new(), None, some("z | 9 | "))]);
    let gone = found("DROP TABLE t");
    assert_eq!(gone, [(String::new(), String::new(), some("a, n, v"), None)]);
}

#[test]
fn stops_at_the_limit() {
    let other = database("DELETE FROM t");
    assert_eq!(compare(&database(""), &other, 2).unwrap().len(), 2);
    assert_eq!(compare(&database(""), &other, 9).unwrap().len(), 3);
}
