//! A county's log on KurrentDB: every program says there what it says of the file.

use std::path::{Path, PathBuf};

use application::{Node, files};
use event_store::{Place, Position};
use kurrentdb_stand_in::{Cluster, Options};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::process::Program;
use tests::replay::Replayed;
use tokio::runtime::Runtime;

/// A county's data folder, and a server that is still empty.
struct Scene {
    program: Program,
    folder: TempDir,
    server: Cluster,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let program = Program::new(env!("CARGO_BIN_EXE_yuanfa-process"), &data);
        let server = Cluster::start_on_thread(1, Options::default().user("clerk", "geheim"));
        let scene = Self { program, folder, server };
        let place = scene.server.connection_string();
        assert!(place.contains("geheim"), "{place}");
        std::fs::write(scene.folder.path().join("place"), place).unwrap();
        scene
    }

    /// `@FILE`, which holds the connection string.
    fn at(&self) -> String {
        format!("@{}", self.folder.path().join("place").display())
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn demo(&self, more: &[&str]) {
        let short = ["demo", "--volunteers", "100", "--until", "2021-11-20", "--no-serve"];
        self.program.succeed(&[&short, more].concat());
    }

    /// What `replay` says, which must succeed.
    #[track_caller]
    fn replay(&self, args: &[&str]) -> String {
        let data = self.data();
        let Replayed { code, out, err } =
            tests::replay::replay(&[&["--data", data.as_str()], args].concat());
        assert_eq!(code, 0, "{out}{err}");
        assert!(!out.contains("geheim") && !err.contains("geheim"), "{out}{err}");
        out
    }

    /// An export without the positions.
    fn export(&self, store: &[&str]) -> Vec<Value> {
        let out = self.folder.path().join("export.jsonl");
        self.replay(&[&["export", "--force", "--out", out.to_str().unwrap()], store].concat());
        let text = std::fs::read_to_string(out).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        let lines = lines.map(|mut line: Value| {
            assert!(line.as_object_mut().unwrap().remove("position").is_some());
            line
        });
        lines.collect()
    }
}

fn log_of(data: &str) -> PathBuf {
    Place::file_in(Path::new(data))
}

#[test]
fn an_auditor_sees_the_same_on_either_engine() {
    let scene = Scene::new();
    scene.demo(&[]);
    let (at, data) = (scene.at(), scene.data());
    let copied = scene.replay(&["copy", "--from", &format!("sqlite:{data}"), "--to", &at]);
    assert!(copied.contains("both ends are equal"), "{copied}");
    let exported = scene.export(&[]);
    assert!(exported.len() > 900);
    assert_eq!(scene.export(&["--store", &at]), exported);
    // The read models were filled from the file.
    let verified = scene.replay(&["verify", "--strict", "--store", &at]);
    assert!(verified.contains("compared with the read models: nothing found"), "{verified}");
    let volunteer = exported.iter().find(|line| line["kind"] == "VolunteerRegistered").unwrap();
    for question in [
        vec!["show", "quota", "--format", "csv", "--as-of", "2021-11-15"],
        vec!["show", "volunteer-archive", "--format", "csv"],
        vec!["explain", volunteer["stream"].as_str().unwrap()],
        vec!["stats"],
    ] {
        let there = scene.replay(&[&question[..], &["--store", &at]].concat());
        assert_eq!(there, scene.replay(&question), "{question:?}");
    }
    let back = scene.folder.path().join("back");
    let to = format!("sqlite:{}", back.display());
    let back = scene.replay(&["copy", "--store", &at, "--to", &to]);
    let digest = |said: &str| said.lines().next().unwrap().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(digest(&back), digest(&copied));
    let compared = scene.replay(&["copy", "--compare", "--to", &to]);
    assert!(compared.contains("0 events copied"), "{compared}");
}

#[test]
fn a_demo_on_kurrentdb_gives_row_for_row_the_read_models_of_sqlite() {
    let scene = Scene::new();
    let at = scene.at();
    let months = ["demo", "--volunteers", "100", "--until", "2022-01-15", "--no-serve"];
    scene.program.succeed(&[&months[..], &["--store", &at]].concat());
    assert!(!log_of(&scene.data()).exists(), "no file was made beside it");
    let verified = scene.replay(&["verify", "--strict", "--store", &at]);
    assert!(verified.contains("compared with the read models: nothing found"), "{verified}");
    let file = |name: &str| scene.folder.path().join(name).display().to_string();
    let copied = format!("sqlite:{}", file("copied"));
    scene.replay(&["copy", "--from", &at, "--to", &copied]);
    let (there, here) = (file("there.sqlite"), file("here.sqlite"));
    scene.replay(&["rebuild", "--store", &at, "--out", &there]);
    scene.replay(&["rebuild", "--store", &copied, "--out", &here]);
    for table in ["quota_unit", "points_entry", "service_record"] {
        let models = rusqlite::Connection::open(&there).unwrap();
        let count = format!("SELECT count(*) FROM {table}");
        let rows: i64 = models.query_row(&count, [], |row| row.get(0)).unwrap();
        assert!(rows > 50, "{rows} rows in {table}");
    }
    // The exit code says that not one row differs.
    scene.replay(&["diff", &there, &here]);
    // A demo is played on an empty log only.
    let other = scene.folder.path().join("other");
    let other = Program::new(env!("CARGO_BIN_EXE_yuanfa-process"), &other);
    assert_eq!(other.run(&[&months[..], &["--store", &at]].concat()).status.code(), Some(2));
}

#[test]
fn the_service_goes_on_with_a_log_that_was_moved() {
    let scene = Scene::new();
    let (at, data) = (scene.at(), scene.data());
    scene.demo(&[]);
    let exported = scene.export(&[]);
    let county = exported.iter().find(|line| line["data"]["kind"] == "county").unwrap();
    let county = county["data"]["unit"].as_str().unwrap();
    scene.replay(&["copy", "--to", &at]);
    std::fs::remove_file(log_of(&data)).unwrap();
    let token = scene.program.succeed(&["token", "create", "--role", "county_office"]);
    let (serving, address) = scene.program.serve_on(&at);
    Runtime::new().unwrap().block_on(declare(&address, county, &token));
    drop(serving);
    assert!(!log_of(&data).exists(), "no file was made beside it");
    // The service states the readings of days that are over, too.
    let told =
        |lines: &[Value]| lines.iter().filter(|line| line["kind"] != "ReadingsStated").count();
    assert_eq!(told(&scene.export(&["--store", &at])), told(&exported) + 1);
    let verified = scene.replay(&["verify", "--store", &at]);
    assert!(verified.contains("nothing found"), "{verified}");
    let backup = scene.folder.path().join("backup");
    let saved = scene.program.run(&["backup", backup.to_str().unwrap(), "--store", &at]);
    assert!(saved.status.success());
    assert!(backup.join(files::VAULT).exists() && !Place::file_in(&backup).exists());
    // Whatever copy of the log is put beside it, the policies begin anew there.
    let node = Node::open(&backup.join(files::NODE)).unwrap();
    assert_eq!(node.position("policies").unwrap(), Position::START);
}

/// Tells the service a fact, sees it in the read models, and finds the service ready.
async fn declare(address: &str, county: &str, token: &str) {
    let client = reqwest::Client::new();
    let declared = client
        .post(format!("{address}/api/v1/units/{county}/headcount"))
        .bearer_auth(token)
        .json(&json!({ "headcount": 4321 }));
    let declared = declared.send().await.unwrap();
    assert_eq!(declared.status(), 200);
    let position = declared.headers()["x-position"].to_str().unwrap();
    let quota = format!("{address}/api/v1/quota/{county}?after_position={position}");
    let quota = client.get(quota).bearer_auth(token).send().await.unwrap();
    let quota: Value = quota.json().await.unwrap();
    assert_eq!(quota["headcount"], 4321, "{quota}");
    let ready = client.get(format!("{address}/readyz")).send().await.unwrap();
    assert_eq!(ready.status(), 200, "{}", ready.text().await.unwrap());
}

#[test]
fn a_place_that_cannot_be_ends_with_bad_usage() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::new(env!("CARGO_BIN_EXE_yuanfa-process"), folder.path());
    for command in [vec!["serve"], vec!["demo", "--no-serve"], vec!["backup", "x"]] {
        for place in ["x://clerk:geheim@host", "kurrentdb://clerk:geheim@host?tls=perhaps"] {
            let ended = program.run(&[&command[..], &["--store", place]].concat());
            assert_eq!(ended.status.code(), Some(2), "{command:?} {place}");
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}
