//! `kill -9` at any moment: nothing acknowledged is lost, nothing is there twice, the same again goes on.

mod importing;
mod serving;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use application::files;
use domain::Event;
use event_store::{EventStore as _, Position, Recorded, SqliteStore};
use projections::{ReadModels, Until};
use rusqlite::Connection;
use tempfile::TempDir;
use tests::process::Program;
use tests::replay::replay;

const DEPARTMENTS: [&str; 4] = ["330225-a", "330225-b", "330225-c", "330225-d"];
/// Longer than this nothing here takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// A data folder with a county of four departments, and tables beside it.
struct Scene {
    program: Program,
    folder: TempDir,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program =
            Program::new(env!("CARGO_BIN_EXE_yuanfa-process"), &folder.path().join("data"));
        let scene = Self { program, folder };
        scene.import("divisions", "code,level,name,parent_code\n330225,county,示例县,\n");
        let mut units =
            "单位代码,单位名称,上级代码,类别,总人数,任务数,管理员,联系电话\n".to_owned();
        for unit in DEPARTMENTS {
            units += &format!("{unit},示例局,330225,县级部门,100,80,示例乙,13800138000\n");
        }
        scene.import("units", &units);
        scene
    }

    fn data(&self, file: &str) -> PathBuf {
        self.folder.path().join("data").join(file)
    }

    /// Writes a table and imports it, without a bad row in it.
    fn import(&self, kind: &str, table: &str) {
        let path = self.write(kind, table);
        self.program.succeed(&["import", kind, path.to_str().unwrap()]);
    }

    fn write(&self, kind: &str, table: &str) -> PathBuf {
        let path = self.folder.path().join(format!("{kind}.csv"));
        std::fs::write(&path, table).unwrap();
        path
    }

    async fn head(&self) -> Position {
        SqliteStore::open_read_only(self.data(files::LOG)).unwrap().head().await.unwrap()
    }

    /// Looks at the log from outside until it reaches a position.
    async fn until(&self, position: u64) {
        let begun = Instant::now();
        loop {
            // While it is opened anew after a crash it cannot be read for a moment.
            if let Ok(log) = SqliteStore::open_read_only(self.data(files::LOG))
                && log.head().await.is_ok_and(|head| head.0 >= position)
            {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "the log did not reach position {position}");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    async fn log(&self) -> Vec<(Recorded, Event)> {
        let store = SqliteStore::open_read_only(self.data(files::LOG)).unwrap();
        let mut events = Vec::new();
        let mut after = Position::START;
        loop {
            let page = store.read_all(after, 1000).await.unwrap();
            let Some(last) = page.last() else { return events };
            after = last.position;
            events.extend(page.into_iter().map(|recorded| {
                let event = Event::decode(&recorded.kind, &recorded.data).unwrap();
                (recorded, event)
            }));
        }
    }

    /// Builds the live read models as the service does.
    async fn read_models(&self) -> Connection {
        let (log, read) = (self.data(files::LOG), self.data(files::READ));
        let handle = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            let store = SqliteStore::open_read_only(log).unwrap();
            let mut models = ReadModels::open(&read).unwrap();
            models.run_until(&store, &handle, Until::Head, &mut |_| {}).unwrap();
            projections::open_reader(&read).unwrap()
        })
        .await
        .unwrap()
    }

    /// Everything an auditor checks, right after a crash too; read models may be behind.
    #[track_caller]
    fn verify(&self) {
        let data = self.folder.path().join("data");
        let verify = || replay(&["verify", "--data", data.to_str().unwrap()]);
        // It blocks on a runtime of its own, so it gets a thread of its own.
        let answer = std::thread::scope(|scope| scope.spawn(verify).join().unwrap());
        assert_eq!(answer.code, 0, "{}", answer.said());
    }
}
