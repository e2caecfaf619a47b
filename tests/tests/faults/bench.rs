//! What every round begins with: the library below the program, and two data folders to copy.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use domain::ActorId;
use tempfile::TempDir;
use tests::process::Program;

use super::commands::COUNTY;
use super::judge;
use super::life::{Conditions, Life};

/// A data folder that rounds begin with, and who may write to it.
pub struct Beginning {
    pub data: PathBuf,
    pub token: String,
    pub account: ActorId,
}

pub struct Bench {
    _folder: TempDir,
    pub shim: PathBuf,
    /// Nothing but a token.
    pub empty: Beginning,
    /// A county that was left in order; its ledger is about to fill a tile.
    pub kept: Beginning,
}

impl Bench {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shim = folder.path().join("shim.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/shim.c");
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let mut compile = Command::new(compiler);
        compile.args(["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC"]);
        let compiled = compile.args([source, "-lpthread", "-ldl", "-o"]).arg(&shim).status();
        assert!(compiled.unwrap().success(), "the library below the program does not compile");
        let empty = Beginning::new(&folder.path().join("empty"));
        let kept = Beginning::new(&folder.path().join("kept"));
        kept.fill(folder.path());
        let mut life =
            Life::begin(&shim, &kept.data, "kept", &Conditions::default()).await.unwrap();
        life.stop();
        assert!(life.ended().await.unwrap().success());
        let events = judge::read(&kept.data).await.unwrap().len();
        assert!((230..256).contains(&events), "{events} events do not come to the end of a tile");
        Self { _folder: folder, shim, empty, kept }
    }
}

impl Beginning {
    fn new(data: &Path) -> Self {
        let program = program(data);
        let token = program.succeed(&["token", "create", "--role", "county_office"]);
        let accounts = program.succeed(&["token", "list"]);
        let account = accounts
            .split_whitespace()
            .find_map(|word| word.starts_with("A-").then(|| ActorId::new(word).unwrap()));
        Self { data: data.to_owned(), token, account: account.unwrap() }
    }

    /// Imports a county with 49 departments: some events less than a tile of the ledger takes.
    fn fill(&self, folder: &Path) {
        let import = |kind: &str, table: &str| {
            let path = folder.join(format!("{kind}.csv"));
            fs::write(&path, table).unwrap();
            program(&self.data).succeed(&["import", kind, path.to_str().unwrap()]);
        };
        import("divisions", &format!("code,level,name,parent_code\n{COUNTY},county,示例县,\n"));
        let mut units =
            "单位代码,单位名称,上级代码,类别,总人数,任务数,管理员,联系电话\n".to_owned();
        for unit in 0..49 {
            units += &format!(
                "{COUNTY}-d{unit:02},示例局,{COUNTY},县级部门,100,80,示例乙,13800138000\n"
            );
        }
        import("units", &units);
    }

    /// A copy of the folder to do as one likes with.
    pub fn copy(&self, to: &Path) {
        copy(&self.data, to);
    }
}

fn program(data: &Path) -> Program {
    Program::new(env!("CARGO_BIN_EXE_yuanfa-process"), data)
}

fn copy(from: &Path, to: &Path) {
    DirBuilder::new().mode(0o700).create(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { assert!(fs::copy(&from, &to).is_ok()) }
    }
}
