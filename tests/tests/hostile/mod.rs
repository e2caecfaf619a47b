//! What a clever neighbour tries: the service must neither stop for others nor tell them what is not theirs.

mod connections;
mod doctor;
mod evidence;
mod existence;
mod files;
mod shortage;
mod starting;
mod tls;
mod widening;

use std::path::PathBuf;
use std::time::Duration;

use tempfile::TempDir;
use tests::process::Program;

/// Longer than this nothing here takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// The service as a process on a folder of its own.
struct Place {
    program: Program,
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program =
            Program::new(env!("CARGO_BIN_EXE_yuanfa-process"), &folder.path().join("data"));
        Self { program, folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A token of the county office.
    fn office(&self) -> String {
        self.program.succeed(&["token", "create", "--role", "county_office"])
    }
}

/// A client that reuses no connection.
fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .timeout(PATIENCE)
        .no_proxy()
        .pool_max_idle_per_host(0)
        .build()
        .unwrap()
}

/// The figure of this name, labels and all.
async fn figure(page: &str, name: &str) -> f64 {
    let text = client().get(page).send().await.unwrap().text().await.unwrap();
    let line = text.lines().find(|line| line.starts_with(name));
    line.map_or(0.0, |line| line.rsplit(' ').next().unwrap().parse().unwrap())
}
