//! Accounts from a table, held against the register and against the accounts that stand.

use std::path::Path;

use application::tokens::{Issuing, NewToken, Outcome, Register, Tokens, issue_all};
use application::{Clock as _, files};
use domain::{Role, end_of_day, unit};
use jiff::civil::date;
use rust_xlsxwriter::Workbook;
use tests::county::{COUNTY, County, TOWN, code, text};
use tests::process::Program;
use tests::village::{VILLAGE, Village};

const HEADER: &str = "单位代码,角色,持有人,到期日";

fn tokens(county: &County) -> Tokens {
    Tokens::open(&county.data().join(files::NODE)).unwrap()
}

async fn issue(county: &County, rows: &[&str]) -> Issuing {
    let table = format!("{HEADER}\n{}\n", rows.join("\n"));
    let register = Register::read(Some(&*county.app.store)).await.unwrap();
    issue_all(table.as_bytes(), &register, &tokens(county), county.clock.now()).await.unwrap()
}

/// Row, column and code of each problem.
fn problems(issuing: &Issuing) -> Vec<(u32, &str, &str)> {
    let problems = issuing.problems.iter();
    problems.map(|problem| (problem.at().row, problem.column.as_str(), problem.code)).collect()
}

fn outcomes(issuing: &Issuing) -> Vec<(u32, Outcome)> {
    issuing.lines.iter().map(|line| (line.row.row, line.outcome)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_row_is_issued_moved_unchanged_or_a_problem() {
    let county = County::new().await;
    let person = county.member(1).await.to_string();
    let volunteer = format!("{TOWN},志愿者,{person},");
    let rows = [
        "330225001,管理员,综合办公室,2022-12-31",
        "330225001,recorder,,",
        "330225,县领导,,2022年6月30日",
        volunteer.as_str(),
        "330225999,管理员,,",
        "330225001,镇长,,",
        "330225001,记录员,,",
        "330225001,志愿者,,",
        "330225001,志愿者,V0123456789AB,",
        "330225001,证明人,电话13800138000,",
        "330225001,证明人,甲岗,2021-11-11",
        "330225001,证明人,乙岗,2021-11-31",
    ];
    let first = issue(&county, &rows).await;
    let issued = Outcome::Issued;
    assert_eq!(outcomes(&first), [2, 3, 4, 5].map(|row| (row, issued)));
    assert_eq!(
        problems(&first),
        [
            (6, "单位代码", "account.no_unit"),
            (7, "角色", "row.choice"),
            (8, "持有人", "account.repeated"),
            (9, "持有人", "account.needs_person"),
            (10, "持有人", "account.no_person"),
            (11, "持有人", "value.personal_data"),
            (12, "到期日", "account.past_day"),
            (13, "到期日", "row.date"),
        ]
    );
    assert_eq!(tokens(&county).list().unwrap(), [], "nothing stands before it is kept");
    first.keep(&tokens(&county)).unwrap();
    let kept = tokens(&county).list().unwrap();
    assert_eq!(kept.len(), 4);
    for new in &first.new {
        let account = tokens(&county).account(&new.secret, county.clock.now()).unwrap();
        assert_eq!(account, Some(new.token.actor()));
    }
    let administrator = &first.lines[0];
    assert_eq!(administrator.unit, "示例镇");
    assert_eq!(administrator.token.expires_at, Some(end_of_day(date(2022, 12, 31))));

    let again = issue(&county, &rows).await;
    assert_eq!(outcomes(&again), [2, 3, 4, 5].map(|row| (row, Outcome::Unchanged)));
    assert!(again.new.is_empty());
    let moved = issue(&county, &["330225001,管理员,综合办公室,2023-12-31", rows[1]]).await;
    assert_eq!(outcomes(&moved), [(2, Outcome::Moved), (3, Outcome::Unchanged)]);
    moved.keep(&tokens(&county)).unwrap();
    let of = |id| tokens(&county).find(id).unwrap().unwrap();
    assert_eq!(of(&administrator.token.id).expires_at, Some(end_of_day(date(2023, 12, 31))));
    let now = county.clock.now();
    assert!(tokens(&county).account(&first.new[0].secret, now).unwrap().is_some(), "same secret");
}

/// A legal adviser is appointed at a station and need not be a volunteer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_of_a_unit_s_station_has_an_account_there() {
    let Village { county, adviser, .. } = Village::new().await;
    let [here, elsewhere] = [VILLAGE, TOWN].map(|unit| format!("{unit},法律顾问,{adviser},"));
    let issued = issue(&county, &[&here, &elsewhere]).await;
    assert_eq!(outcomes(&issued), [(2, Outcome::Issued)]);
    assert_eq!(issued.lines[0].token.role, Role::LegalAdviser);
    assert_eq!(problems(&issued), [(3, "持有人", "account.no_person")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_holder_gets_another_account_and_the_one_before_is_named() {
    let county = County::new().await;
    issue(&county, &["330225001,管理员,旧岗位,"]).await.keep(&tokens(&county)).unwrap();
    let before = tokens(&county).list().unwrap()[0].id.clone();
    let next = issue(&county, &["330225001,管理员,新岗位,"]).await;
    assert_eq!(next.lines[0].besides, std::slice::from_ref(&before));
    assert!(tokens(&county).revoke(&before, county.clock.now()).unwrap());
    let next = issue(&county, &["330225001,管理员,新岗位,", "330225001,管理员,旧岗位,"]).await;
    assert_eq!(
        outcomes(&next),
        [(2, Outcome::Issued), (3, Outcome::Issued)],
        "a revoked one is none"
    );
    assert!(next.lines.iter().all(|line| line.besides.is_empty()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_that_was_succeeded_names_its_successor() {
    let county = County::new().await;
    county.unit("330225002", "新镇", unit::Kind::Town, Some(COUNTY)).await;
    let (by, reason) = (Some(code("330225002")), text("示例决定"));
    county.app.succeed_unit(&code(TOWN), by, vec![], reason, &county.office()).await.unwrap();
    let issuing = issue(&county, &["330225001,管理员,,", "330225002,管理员,,"]).await;
    assert_eq!(problems(&issuing), [(2, "单位代码", "account.unit_succeeded")]);
    assert!(issuing.problems[0].zh.contains("330225002"));
    assert_eq!(outcomes(&issuing), [(3, Outcome::Issued)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_log_no_unit_is_registered() {
    let register = Register::read(None).await.unwrap();
    let unit = code(TOWN);
    assert!(register.check(None, None).await.unwrap().is_ok());
    assert!(register.check(Some(&unit), None).await.unwrap().is_err());
    let person = Some("V0123456789AB".parse().unwrap());
    assert!(register.check(None, person).await.unwrap().is_err());
}

fn program(folder: &Path) -> Program {
    Program::new(env!("CARGO_BIN_EXE_yuanfa-process"), folder)
}

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A workbook of accounts, as an office fills in the template.
fn workbook(path: &Path, rows: &[[&str; 4]]) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, HEADER.split(',')).unwrap();
    for (at, row) in (1..).zip(rows) {
        sheet.write_row(at, 0, *row).unwrap();
    }
    workbook.save(path).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_of_all_units_comes_from_the_register_and_is_taken_back() {
    let county = County::new().await;
    let now = county.clock.now();
    let register = Register::read(Some(&*county.app.store)).await.unwrap();
    let role = Role::UnitAdministrator;
    let all = register.without(role, &tokens(&county).list().unwrap(), now);
    let named = |code: &str, name: &str| (tests::county::code(code), name.to_owned());
    assert_eq!(all, [named(COUNTY, "示例县"), named(TOWN, "示例镇")]);
    let last_day = Some(date(2022, 12, 31));
    let table = Register::table(&all, role, last_day).unwrap();
    let issuing = issue_all(&table, &register, &tokens(&county), now).await.unwrap();
    assert_eq!((problems(&issuing), outcomes(&issuing).len()), (vec![], 2));
    issuing.keep(&tokens(&county)).unwrap();
    assert_eq!(register.without(role, &tokens(&county).list().unwrap(), now), []);
    let none = Register::table(&[named(TOWN, "别镇")], Role::Recorder, None).unwrap();
    let none = issue_all(&none, &register, &tokens(&county), now).await.unwrap();
    assert_eq!(problems(&none), [(2, "单位代码", "row.unit_name")]);
    assert!(none.problems[0].zh.contains("示例镇"));
}

#[test]
fn operators_hand_out_slips_and_no_secret_is_kept_twice() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let yuanfa = program(&data);
    let divisions = folder.path().join("divisions.csv");
    std::fs::write(
        &divisions,
        "code,level,name,parent_code\n330225,county,示例县,\n330225001,town,示例镇,330225\n",
    )
    .unwrap();
    let table = folder.path().join("accounts.xlsx");
    let day = ["330225001", "管理员", "综合办公室", "2099-12-31"];
    workbook(&table, &[day, ["330225", "审计员", "", ""]]);
    let path = table.to_str().unwrap().to_owned();
    let issue = |more: &[&str]| {
        let args: Vec<&str> = ["token", "issue-all", &path].iter().chain(more).copied().collect();
        let output = yuanfa.run(&args);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(issue(&[]).0, Some(1), "no unit is registered yet");
    let beside = |ending: &str| folder.path().join(format!("accounts.xlsx.{ending}"));
    let (slips, secrets) = (beside("slips.html"), beside("secrets.csv"));
    assert!(!slips.exists() && !secrets.exists());
    yuanfa.succeed(&["import", "divisions", divisions.to_str().unwrap()]);

    let (code, told) = issue(&["--dry-run"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("2 rows: 2 issued") && !slips.exists(), "{told}");
    let (code, told) = issue(&["--address", "https://yuanfa.example"]);
    assert_eq!(code, Some(0), "{told}");
    assert_eq!((mode(&slips), mode(&secrets)), (0o600, 0o600));
    let listed = std::fs::read_to_string(&secrets).unwrap();
    let found: Vec<&str> =
        listed.lines().skip(1).map(|line| line.rsplit(',').next().unwrap()).collect();
    assert_eq!(found.len(), 2);
    let page = std::fs::read_to_string(&slips).unwrap();
    let list = yuanfa.succeed(&["token", "list"]);
    for secret in &found {
        assert!(secret.starts_with("yf_") && page.contains(*secret));
        assert!(!told.contains(*secret) && !list.contains(*secret));
        for entry in std::fs::read_dir(&data).unwrap() {
            let path = entry.unwrap().path();
            let bytes = if path.is_file() { std::fs::read(path).unwrap() } else { vec![] };
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
        }
    }
    assert!(page.contains("示例镇") && page.contains("https://yuanfa.example"));

    let (code, told) = issue(&[]);
    assert_eq!(code, Some(0));
    assert!(told.contains("2 unchanged"), "{told}");
    workbook(&table, &[["330225001", "记录员", "", ""]]);
    let before = yuanfa.succeed(&["token", "list"]);
    assert_eq!(issue(&[]).0, Some(1), "the slips of the first time are overwritten by nobody");
    assert_eq!(yuanfa.succeed(&["token", "list"]), before);
    assert_eq!(std::fs::read_to_string(&slips).unwrap(), page);
}

#[test]
fn operators_are_told_of_roles_and_of_what_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let yuanfa = program(folder.path());
    for help in [&["token", "create", "--help"][..], &["token", "issue-all", "--help"]] {
        let told = yuanfa.succeed(help);
        for role in Role::FOR_TOKENS {
            assert!(told.contains(role.as_str()) && told.contains(role.zh()), "{role:?}: {told}");
        }
    }
    let create = |args: &[&str]| {
        let args: Vec<&str> = ["token", "create", "--role"].iter().chain(args).copied().collect();
        yuanfa.complaint(&args)
    };
    let (code, told) = create(&["recorder", "--unit", "330225777"]);
    assert!(code == Some(1) && told.contains("330225777") && told.contains("没有登记"), "{told}");
    let (code, _) = create(&["volunteer", "--person", "V0123456789AB"]);
    assert_eq!(code, Some(1));
    let (code, _) = create(&["county_office", "--last-day", "2001-01-01"]);
    assert_eq!(code, Some(1));
    assert_eq!(create(&["county_office", "--days", "3", "--last-day", "2099-01-01"]).0, Some(2));
    assert_eq!(create(&["county_office", "--label", "电话13800138000"]).0, Some(2));
    assert_eq!(create(&["county_leader"]).0, Some(0));
    assert!(yuanfa.succeed(&["token", "list", "--working"]).contains("县领导"));
}

#[test]
fn a_rotated_secret_stays_the_same_account() {
    let folder = tempfile::tempdir().unwrap();
    let yuanfa = program(folder.path());
    let first = yuanfa.succeed(&["token", "create", "--role", "county_office"]);
    let tokens = Tokens::open(&folder.path().join(files::NODE)).unwrap();
    let id = tokens.list().unwrap()[0].id.to_string();
    let second = yuanfa.succeed(&["token", "rotate", &id, "--grace", "1"]);
    let account = |secret: &str| {
        let secret = application::tokens::Secret::parse(secret).unwrap();
        tokens.account(&secret, jiff::Timestamp::now()).unwrap().map(|actor| actor.id.to_string())
    };
    assert_eq!((account(&first), account(&second)), (Some(id.clone()), Some(id.clone())));
    let third = yuanfa.succeed(&["token", "rotate", &id, "--last-day", "2099-01-01"]);
    assert_eq!([&first, &second].map(|secret| account(secret)), [None, None]);
    assert_eq!(account(&third), Some(id.clone()));
    let (_, told) = yuanfa.complaint(&["token", "revoke", &id]);
    assert!(told.contains("token create --role county_office"), "the last one: {told}");
    let (code, told) = yuanfa.complaint(&["token", "rotate", &id]);
    assert!(code == Some(1) && told.contains("已撤销"), "{told}");
    assert_eq!(yuanfa.complaint(&["token", "rotate", "A-nobody"]).0, Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_are_made_beside_a_service_that_runs() {
    let folder = tempfile::tempdir().unwrap();
    let yuanfa = program(folder.path());
    let (running, address) = yuanfa.serve();
    let office = yuanfa.succeed(&["token", "create", "--role", "county_office"]);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let body = serde_json::json!({"unit": COUNTY, "name": "示例县", "kind": "county"});
    let made = client.post(format!("{address}/api/v1/units")).bearer_auth(&office).json(&body);
    let made = made.send().await.unwrap();
    assert!(made.status().is_success(), "{}", made.text().await.unwrap());
    let made = yuanfa.succeed(&["token", "create", "--role", "county_leader", "--unit", COUNTY]);
    let me = client.get(format!("{address}/api/v1/me")).bearer_auth(&made).send().await.unwrap();
    let me: serde_json::Value = me.json().await.unwrap();
    assert_eq!((&me["role"], &me["unit_name"]), (&"county_leader".into(), &"示例县".into()));
    drop(running);
}

#[test]
fn a_file_of_tokens_of_an_earlier_program_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(files::NODE);
    let now: jiff::Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let (_, secret) = {
        let tokens = Tokens::open(&path).unwrap();
        let new = NewToken {
            role: Role::Auditor,
            unit: None,
            person: None,
            label: None,
            expires_at: None,
        };
        tokens.create(new, now).unwrap()
    };
    let earlier = rusqlite::Connection::open(&path).unwrap();
    earlier.execute_batch("DROP INDEX token_previous").unwrap();
    for column in ["previous_hash", "previous_until", "rotated_at", "revoked_by", "revoked_for"] {
        earlier.execute_batch(&format!("ALTER TABLE token DROP COLUMN {column}")).unwrap();
    }
    drop(earlier);
    let tokens = Tokens::open(&path).unwrap();
    let account = tokens.account(&secret, now).unwrap().unwrap();
    assert!(tokens.rotate(&account.id, jiff::SignedDuration::ZERO, None, now).unwrap().is_ok());
    assert_eq!(tokens.account(&secret, now).unwrap(), None);
}
