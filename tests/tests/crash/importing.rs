//! An import that is killed goes on where it was.

use std::collections::BTreeMap;
use std::path::Path;

use application::files;
use domain::{Event, squad, volunteer};
use rusqlite::Connection;
use tests::county::{code, personal};

use super::{DEPARTMENTS, Scene};

/// Unoptimised, the whole roster would take longer than a test may.
const ROWS: u32 = if cfg!(debug_assertions) { 2_000 } else { 10_000 };
/// Every so many rows one is bad.
const BAD: u32 = 40;

/// A roster, and what is wrong with it: row as Excel counts, and code.
fn roster() -> (String, Vec<(u32, &'static str)>) {
    let mut table =
        "姓名,身份证号,性别,出生日期,联系电话,政治面貌,单位代码,居住区域,技能,类别,招募方式,同意,监护人\n"
            .to_owned();
    let mut problems = Vec::new();
    for number in 0..ROWS {
        let mut identity = personal(number).identity_number.clone();
        let mut unit = DEPARTMENTS[number as usize % DEPARTMENTS.len()];
        let mut consent = "是";
        if number % BAD == BAD - 1 {
            let code = match number / BAD % 4 {
                0 => {
                    identity.replace_range(17.., if identity.ends_with('1') { "2" } else { "1" });
                    "identity_number.checksum"
                }
                1 => {
                    consent = "否";
                    "roster.consent"
                }
                2 => {
                    unit = "330225-x";
                    "volunteer.unknown_unit"
                }
                _ => {
                    identity = personal(number - 1).identity_number.clone();
                    "roster.repeated"
                }
            };
            problems.push((number + 2, code));
        }
        table += &format!(
            "示例甲,{identity},,,13800138000,群众,{unit},示例村,,注册志愿者,长期,{consent},\n"
        );
    }
    (table, problems)
}

/// What the error file lists.
fn listed(path: &Path) -> Vec<(u32, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[0].parse().unwrap(), row[2].to_owned()))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_killed_twice_takes_every_good_row_once() {
    let scene = Scene::new();
    let (table, problems) = roster();
    let path = scene.write("roster", &table);
    let import = ["import", "roster", path.to_str().unwrap()];
    let good = u64::from(ROWS) - problems.len() as u64;
    let before = scene.head().await.0;
    // Three beginnings and one end.
    let all = before + 2 * good + 4;
    for third in 1..=2 {
        let importing = scene.program.start(&import);
        scene.until(before + third * 2 * good / 3).await;
        importing.kill();
        scene.verify();
    }

    let ended = scene.program.run(&import);
    assert_eq!(ended.status.code(), Some(1), "bad rows are told by the exit code");
    assert_eq!(scene.head().await.0, all, "each good row is one registration and one membership");
    assert_everybody_is_there_once(&scene, good).await;
    let problems: Vec<_> = problems.into_iter().map(|(row, code)| (row, code.to_owned())).collect();
    let errors = scene.folder.path().join("roster.csv.errors.csv");
    assert_eq!(listed(&errors), problems);

    let again = scene.program.run(&import);
    assert_eq!(again.status.code(), Some(1));
    let said = String::from_utf8(again.stdout).unwrap();
    assert!(said.contains(&format!("0 added, 0 changed, {good} unchanged")), "{said}");
    assert_eq!(scene.head().await.0, all, "the same file again adds nothing");
    assert_eq!(listed(&errors), problems);
    scene.verify();
}

/// In the log, in the read models and in the vault.
async fn assert_everybody_is_there_once(scene: &Scene, good: u64) {
    let mut registered: BTreeMap<String, u32> = BTreeMap::new();
    let mut joined: BTreeMap<String, u32> = BTreeMap::new();
    for (recorded, event) in scene.log().await {
        if let Event::Volunteer(volunteer::Event::Registered(_)) = event {
            *registered.entry(recorded.stream.to_string()).or_default() += 1;
        } else if let Event::Squad(squad::Event::MemberJoined(member)) = event {
            *joined.entry(format!("volunteer-{}", member.volunteer)).or_default() += 1;
        }
    }
    assert_eq!(registered.len() as u64, good);
    assert!(registered.values().all(|times| *times == 1), "somebody is registered twice");
    assert_eq!(joined, registered, "everybody is a member once");

    let read = scene.read_models().await;
    assert_eq!(count(&read, "volunteer_archive"), good);
    let county = projections::models::quota::get(&read, &code("330225"), jiff::Timestamp::now());
    assert_eq!(u64::try_from(county.unwrap().unwrap().unit.members_total).unwrap(), good);
    let vault = Connection::open(scene.data(files::VAULT)).unwrap();
    assert_eq!(
        count(&vault, "persons"),
        good + DEPARTMENTS.len() as u64,
        "volunteers and administrators"
    );
}

fn count(connection: &Connection, table: &str) -> u64 {
    let query = format!("SELECT count(*) FROM {table}");
    let count: i64 = connection.query_row(&query, [], |row| row.get(0)).unwrap();
    count.try_into().unwrap()
}
