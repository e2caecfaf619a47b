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

    /// Runs a subcommand to its end; gives its code, and what it complained of.
    pub fn complaint(&self, args: &[&str]) -> (Option<i32>, String) {
        let output = self.command(args).stderr(Stdio::piped()).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
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

    /// The same with these options, and with figures on a free port: its address, and theirs.
    pub fn serve_with(&self, options: &[&str]) -> (Running, String, String) {
        let mut command = self.command(&SERVE);
        command.args(options).args(["--metrics-listen", "127.0.0.1:0"]);
        let (serving, [address, figures]) = Self::said(command);
        let figures = figures.trim_start_matches("metrics: ").to_owned();
        (serving, address, figures)
    }

    /// The same through another program, such as a shell that takes something away from it first.
    pub fn serve_through(&self, program: &str, before: &[&str]) -> (Running, String) {
        let serve = self.command(&SERVE);
        let mut command = Command::new(program);
        command.args(before).arg(serve.get_program()).args(serve.get_args());
        for (name, value) in serve.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        Self::listening(command)
    }

    fn listening(command: Command) -> (Running, String) {
        let (serving, [address]) = Self::said(command);
        (serving, address)
    }

    /// Its first lines, of which the first is its address.
    fn said<const LINES: usize>(mut command: Command) -> (Running, [String; LINES]) {
        let mut serving = Running(command.spawn().unwrap());
        let mut out = BufReader::new(serving.0.stdout.as_mut().unwrap());
        let lines = [(); LINES].map(|()| {
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            line.trim_end().to_owned()
        });
        assert!(lines[0].starts_with("http"), "the service did not start: {lines:?}");
        (serving, lines)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.exe);
        command.args(args).arg("--data").arg(&self.data);
        command.env_remove("YUANFA_MASTER_KEY").env("RUST_LOG", "off");
        command.env("YUANFA_METRICS_LISTEN", "off");
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

    /// How many files and sockets it has open.
    pub fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.0.id())).unwrap().count()
    }

    /// Tells it to read its certificate again.
    pub fn hang_up(&self) {
        let id = rustix::process::Pid::from_child(&self.0);
        rustix::process::kill_process(id, rustix::process::Signal::HUP).unwrap();
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
