//! The service as a process of its own, for tests that end it without warning.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// SIGKILL: no handler runs, nothing is flushed.
const KILLED: i32 = 9;

/// The service on any free port.
const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

/// The program `yuanfa` on a data folder.
pub struct Program {
    exe: PathBuf,
    data: PathBuf,
}

impl Program {
    /// `exe` is the path of the built binary, which only a test target knows.
    pub fn new(exe: &str, data: &Path) -> Self {
        Self { exe: exe.into(), data: data.to_owned() }
    }

    /// Runs a subcommand to its end.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs a subcommand that must succeed; gives what it printed, without the line end.
    #[track_caller]
    pub fn succeed(&self, args: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.run(args);
        assert!(status.success(), "{args:?}: {}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).unwrap().trim_end().to_owned()
    }

    /// Starts a subcommand.
    pub fn start(&self, args: &[&str]) -> Running {
        Running(self.command(args).spawn().unwrap())
    }

    /// Starts the service on a free port; gives its address, `http://127.0.0.1:…`, once it listens.
    pub fn serve(&self) -> (Running, String) {
        Self::listening(self.command(&SERVE))
    }

    /// The same on a log that the environment names.
    pub fn serve_on(&self, place: &str) -> (Running, String) {
        let mut command = self.command(&SERVE);
        command.env("YUANFA_STORE", place);
        Self::listening(command)
    }

    fn listening(mut command: Command) -> (Running, String) {
        let mut serving = Running(command.spawn().unwrap());
        let mut address = String::new();
        let out = serving.0.stdout.as_mut().unwrap();
        BufReader::new(out).read_line(&mut address).unwrap();
        let address = address.trim_end().to_owned();
        assert!(address.starts_with("http://"), "the service did not start: {address:?}");
        (serving, address)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.exe);
        command.args(args).arg("--data").arg(&self.data);
        command.env_remove("YUANFA_MASTER_KEY").env("RUST_LOG", "off");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }
}

/// A process under way; it does not outlive this value.
pub struct Running(Child);

impl Running {
    /// The most memory that it ever took, in bytes.
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    /// Ends it as a loss of power would; it must have been under way.
    #[track_caller]
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        let status = self.0.wait().unwrap();
        assert_eq!(status.signal(), Some(KILLED), "it had ended by itself: {status}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Where it has ended already there is nothing to end.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
