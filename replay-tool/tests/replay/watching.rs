//! `replay watch` in a process of its own: it goes on looking until it is told to stop.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};

use ledger::{Hash, Nodes as _};

use crate::witnessing::{History, Process, log};

/// What the ledger answers to a look after the other; none while it has no checkpoint.
const LOOKS: [Option<u64>; 4] = [None, Some(3), None, Some(5)];

/// A ledger that is served by hand, for so many looks.
fn serve(listener: TcpListener) {
    let mut looks = LOOKS.into_iter();
    let mut now = None;
    while let Ok((stream, _)) = listener.accept() {
        let mut head = BufReader::new(&stream).lines().map_while(Result::ok);
        let asked = head.next().unwrap_or_default();
        let path = asked.split(' ').nth(1).unwrap_or_default().to_owned();
        head.take_while(|line| !line.is_empty()).for_each(drop);
        if path.ends_with("/checkpoint") {
            let Some(look) = looks.next() else { return };
            now = look;
        }
        let answer = now.map(|size| {
            let history = History::new(1, size);
            if path.ends_with("/checkpoint") {
                return history.checkpoint().to_string().into_bytes();
            }
            let hashes = (0..size).map(|index| history.node(0, index).unwrap());
            hashes.flat_map(|Hash(bytes)| bytes).collect()
        });
        let status = if answer.is_some() { "200 OK" } else { "404 Not Found" };
        let body = answer.unwrap_or_default();
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
        (&stream).write_all(&[head.as_bytes(), &body].concat()).unwrap();
    }
}

#[test]
fn it_looks_again_and_again_until_it_is_told_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy");
    std::fs::write(&policy, format!("log {}\nquorum none\n", log().public())).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/ledger", listener.local_addr().unwrap());
    let serving = std::thread::spawn(|| serve(listener));

    let mut replay = Command::new(env!("CARGO_BIN_EXE_replay"));
    replay.args(["--lang", "en", "watch", &address, "--every", "1"]);
    replay.arg("--policy").arg(&policy).arg("--folder").arg(folder.path().join("mirror"));
    replay.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = Process(replay.spawn().unwrap());
    let mut lines = BufReader::new(process.0.stdout.take().unwrap()).lines();
    for said in ["No checkpoint", "3 events", "No checkpoint", "5 events"] {
        let line = lines.next().map(Result::unwrap).unwrap_or_default();
        assert!(line.contains(said), "{said:?} is said, not {line:?}");
    }
    // The ledger hangs up for good: that too is waited for.
    serving.join().unwrap();
    let line = lines.next().unwrap().unwrap();
    assert!(line.contains("No checkpoint"), "{line}");
    let id = process.0.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert_eq!(process.0.wait().unwrap().code(), Some(0));
    let mut complaints = String::new();
    process.0.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
    assert!(!complaints.contains("panicked"), "{complaints}");
}
