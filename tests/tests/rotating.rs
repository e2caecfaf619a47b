//! A county changes the key of its ledger with the programs that it has.

use std::fs;

use tests::process::Program;
use tests::replay::replay;
use tokio::runtime::Runtime;

const ROTATE: [&str; 4] = ["ledger", "rotate-key", "--reason", "每年更换"];

fn key_at(address: &str) -> String {
    let url = format!("{address}/ledger/key");
    let asked = async { reqwest::get(url).await.unwrap().text().await.unwrap() };
    Runtime::new().unwrap().block_on(asked).trim_end().to_owned()
}

#[test]
fn the_key_of_a_ledger_is_changed_by_an_event() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::new(env!("CARGO_BIN_EXE_yuanfa-process"), folder.path());
    assert_eq!(program.run(&ROTATE).status.code(), Some(3), "nothing was signed yet");
    let (serving, address) = program.serve();
    let old = key_at(&address);
    assert_eq!(program.run(&ROTATE).status.code(), Some(3), "the service runs");
    let next = program.succeed(&["ledger", "rotate-key", "--prepare"]);
    assert_eq!(key_at(&address), old);
    serving.kill();

    assert_eq!(program.run(&ROTATE[..2]).status.code(), Some(2), "no reason");
    assert_eq!(program.succeed(&ROTATE), next);
    let (serving, address) = program.serve();
    assert_eq!(format!("log {}", key_at(&address)), next);
    serving.kill();

    let policy = folder.path().join("policy");
    fs::write(&policy, format!("log {old}\n{next}\nquorum none\n")).unwrap();
    let [data, policy] = [folder.path(), &policy].map(|path| path.to_str().unwrap());
    let verified = replay(&["--data", data, "verify", "--policy", policy]);
    assert_eq!(verified.code, 0, "{}", verified.said());
    assert!(verified.said().contains(&format!("a policy needs the line: {next}")));
    let told = replay(&["--data", data, "explain", "ledger_key-county"]);
    assert!(told.out.contains("instead of") && told.out.contains(&old), "{}", told.said());

    // A key put back from an old backup signs nothing.
    fs::remove_file(folder.path().join("ledger/key")).unwrap();
    assert_eq!(program.run(&["serve", "--listen", "127.0.0.1:0"]).status.code(), Some(3));
    assert_eq!(program.run(&ROTATE).status.code(), Some(3), "nobody said that it is lost");
    let third = program.succeed(&[&ROTATE[..], &["--lost"]].concat());
    let (serving, address) = program.serve();
    assert_eq!(format!("log {}", key_at(&address)), third);
    serving.kill();
}
