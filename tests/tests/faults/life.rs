//! One life of the service, from its start to its end, on a disk that obeys.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::PATIENCE;
use super::fault::Fault;

/// What a life is like.
#[derive(Debug, Clone, Default)]
pub struct Conditions {
    pub fault: Option<Fault>,
    /// A cut of the power loses what chance picks by this seed; without it, all that was not synced.
    pub chance: Option<u64>,
    /// Syncs of files of this name, which may have a `*`, are lies.
    pub lie: Option<&'static str>,
    /// How the log is altered; see the program.
    pub altered: Option<&'static str>,
}

pub struct Life {
    child: Child,
    orders: ChildStdin,
    /// Where it listens; none where it ended before it did.
    pub address: Option<String>,
    trace: PathBuf,
    said: PathBuf,
}

impl Life {
    /// Starts the service under these conditions; traces of it lie beside its data folder under this name.
    pub async fn begin(
        shim: &Path,
        data: &Path,
        name: &str,
        conditions: &Conditions,
    ) -> Result<Self, String> {
        let beside = |what: &str| data.with_file_name(format!("{name}.{what}"));
        let (trace, said) = (beside("trace"), beside("said"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_yuanfa-process"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        command
            .env_remove("YUANFA_MASTER_KEY")
            .env("RUST_LOG", "error")
            .env("YUANFA_METRICS_LISTEN", "off");
        command.env("LD_PRELOAD", shim).env("FAULT_ROOT", data).env("FAULT_TRACE", &trace);
        command.envs(conditions.fault.iter().flat_map(Fault::variables));
        command.envs(conditions.chance.map(|seed| ("FAULT_CHANCE", seed.to_string())));
        command.envs(conditions.lie.map(|file| ("FAULT_LIE", file)));
        command.envs(conditions.altered.map(|how| ("YUANFA_ALTERED_LOG", how)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(File::create(&said).unwrap());
        let mut child = command.spawn().unwrap();
        let (orders, out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let read = tokio::task::spawn_blocking(move || {
            let mut address = String::new();
            BufReader::new(out).read_line(&mut address).map(|_| address)
        });
        let mut life = Self { child, orders, address: None, trace, said };
        let address = match tokio::time::timeout(PATIENCE, read).await {
            Ok(address) => address.unwrap().unwrap(),
            Err(_) => return Err("the service neither listens nor ends".into()),
        };
        life.address = Some(address.trim_end().to_owned()).filter(|address| !address.is_empty());
        Ok(life)
    }

    /// Ends it as a kill from outside does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
    }

    /// Cuts the power.
    pub fn cut(&mut self) {
        self.order(b'c');
    }

    /// Tells it to stop in order.
    pub fn stop(&mut self) {
        self.order(b's');
    }

    /// Ends a shortage: files grow and can be opened again.
    pub fn relieve(&mut self) {
        self.order(b'f');
    }

    fn order(&mut self, order: u8) {
        // Whoever is dead already hears nothing.
        drop(self.orders.write_all(&[order]));
    }

    /// Whether its fault has come.
    pub fn struck(&self) -> bool {
        self.trace().lines().any(|line| line == "fired")
    }

    /// What it did to its files.
    pub fn trace(&self) -> String {
        fs::read_to_string(&self.trace).unwrap()
    }

    /// Waits for its end. Nothing in it may have panicked.
    pub async fn ended(&mut self) -> Result<ExitStatus, String> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                let said = self.said();
                return if said.contains("panicked") { Err(said) } else { Ok(status) };
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Err("the service does not end".into())
    }

    /// Its words on standard error.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap()
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        // Where it has ended already there is nothing to end.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
