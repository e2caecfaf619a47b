//! A witness in a process of its own, that is ended without warning.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use ledger::{
    Checkpoint, Hash, KeyKind, Nodes, Note, SigningKey, Submission, Tree, VerifyingKey, consistency,
};
use reqwest::{Client, StatusCode};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::fixture::{arg, run};

const NAME: &str = "county.example.invalid";
/// Leaves that both histories have in common.
const COMMON: u64 = 8;

pub fn log() -> SigningKey {
    SigningKey::new(NAME, KeyKind::Log, &[1; 32]).unwrap()
}

/// One of two histories under one name, as far as so many leaves.
pub struct History(Tree, Vec<Vec<Hash>>);

impl History {
    pub fn new(branch: u64, size: u64) -> Self {
        let (mut tree, mut levels) = (Tree::default(), vec![Vec::new(); 64]);
        for leaf in 0..size {
            let of = if leaf < COMMON { 0 } else { branch };
            let leaf = Hash::of_leaf(format!("{of} {leaf}").as_bytes());
            tree.append(leaf, |level, _, hash| levels[usize::from(level)].push(hash));
        }
        Self(tree, levels)
    }

    pub fn checkpoint(&self) -> Note {
        let (size, root) = (self.0.size(), self.0.root());
        let mut checkpoint = Checkpoint { origin: NAME.into(), size, root }.note().unwrap();
        checkpoint.sign(&log());
        checkpoint
    }

    fn submission(&self, old: u64) -> Submission {
        let (size, checkpoint) = (self.0.size(), self.checkpoint());
        let proof = consistency(self, old, size).unwrap().unwrap();
        Submission { old, proof, checkpoint }
    }
}

impl Nodes for History {
    type Error = std::convert::Infallible;

    fn node(&self, level: u8, index: u64) -> Result<Hash, Self::Error> {
        Ok(self.1[usize::from(level)][usize::try_from(index).unwrap()])
    }
}

/// A witness's folder and the policy that it is told.
struct Scene {
    folder: TempDir,
    policy: PathBuf,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let policy = folder.path().join("policy");
        std::fs::write(&policy, format!("log {}\nquorum none\n", log().public())).unwrap();
        Self { folder, policy }
    }

    fn witness(&self) -> PathBuf {
        self.folder.path().join("witness")
    }

    /// Starts the program; gives its address and key once it listens.
    fn serve(&self) -> (Process, String, VerifyingKey) {
        let mut replay = Command::new(env!("CARGO_BIN_EXE_replay"));
        replay.args([
            "--quiet",
            "witness",
            "--listen",
            "127.0.0.1:0",
            "--new-key",
            "court.invalid",
        ]);
        replay.arg("--folder").arg(self.witness()).arg("--policy").arg(&self.policy);
        replay.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = Process(replay.spawn().unwrap());
        let mut lines = BufReader::new(process.0.stdout.as_mut().unwrap()).lines();
        let address = lines.next().expect("it listens").unwrap();
        let key = lines.next().unwrap().unwrap().parse().unwrap();
        (process, address, key)
    }
}

/// A process that does not outlive this value.
pub struct Process(pub Child);

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Offers a history, leaf by leaf from wherever the witness stands, until it is gone. Gives and counts what was cosigned.
async fn offer(
    client: Client,
    url: String,
    key: VerifyingKey,
    branch: u64,
    cosigned: Arc<Mutex<Vec<(u64, u64)>>>,
    count: Arc<AtomicUsize>,
) {
    let mut old = 0;
    loop {
        let submission = History::new(branch, old + 1).submission(old);
        let asked = client.post(&url).body(submission.to_string()).send().await;
        let Ok(answer) = asked else { return };
        let status = answer.status();
        let Ok(text) = answer.text().await else { return };
        if status == StatusCode::OK {
            let mut note: Note = submission.checkpoint.clone();
            note.add(text.trim_end().parse().unwrap());
            note.signed_by(&key).unwrap();
            old += 1;
            cosigned.lock().unwrap().push((branch, old));
            count.fetch_add(1, Ordering::SeqCst);
        } else if status == StatusCode::CONFLICT {
            old = text.trim_end().parse().unwrap();
        } else {
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
}

/// Where a witness says that it stands.
async fn stands_at(client: &Client, url: &str) -> u64 {
    let asked = client.post(url).body(History::new(0, 1).submission(0).to_string()).send().await;
    let answer = asked.unwrap();
    match answer.status() {
        StatusCode::OK => 1,
        StatusCode::CONFLICT => answer.text().await.unwrap().trim_end().parse().unwrap(),
        status => panic!("{status}"),
    }
}

#[test]
fn killed_at_any_moment_it_never_cosigns_two_histories_nor_forgets_one() {
    let (scene, runtime) = (Scene::new(), Runtime::new().unwrap());
    let cosigned: Arc<Mutex<Vec<(u64, u64)>>> = Arc::default();
    let mut keys = Vec::new();
    for round in 0..12usize {
        let (mut process, address, key) = scene.serve();
        let url = format!("{address}/add-checkpoint");
        let (client, count) = (Client::builder().no_proxy().build().unwrap(), Arc::default());
        runtime.block_on(async {
            let most = cosigned.lock().unwrap().iter().map(|(_, size)| *size).max().unwrap_or(0);
            let stands = stands_at(&client, &url).await;
            assert!(stands >= most, "it cosigned {most} leaves and remembers {stands}");
            let offers: Vec<_> = (0..4)
                .map(|offer_of| {
                    let (client, url, key) = (client.clone(), url.clone(), key.clone());
                    let (cosigned, count) = (Arc::clone(&cosigned), Arc::clone(&count));
                    tokio::spawn(offer(client, url, key, 1 + offer_of % 2, cosigned, count))
                })
                .collect();
            // In the midst of what all of them ask for, a little later every round.
            while count.load(Ordering::SeqCst) <= round {
                tokio::task::yield_now().await;
            }
            process.0.kill().unwrap();
            for offer in offers {
                offer.await.unwrap();
            }
        });
        keys.push(key);
    }
    assert!(keys.iter().all(|key| *key == keys[0]), "one key for ever");
    let cosigned = cosigned.lock().unwrap();
    let apart: Vec<u64> =
        cosigned.iter().filter(|(_, size)| *size > COMMON).map(|(branch, _)| *branch).collect();
    assert!(apart.len() > 20, "it got there: {}", apart.len());
    assert!(apart.iter().all(|branch| *branch == apart[0]), "a fork was cosigned");
}

#[test]
fn told_to_stop_it_ends_in_peace_and_one_process_at_a_time_is_this_witness() {
    let scene = Scene::new();
    let (mut process, ..) = scene.serve();
    let folder = scene.witness();
    let again = || {
        let policy = arg(&scene.policy);
        run(["replay", "--lang", "en", "witness", "--folder", arg(&folder), "--policy", policy])
    };
    again().exits(3).complains("Another process uses");
    let id = process.0.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert_eq!(process.0.wait().unwrap().code(), Some(0));
    std::fs::remove_file(folder.join("seen.json")).unwrap();
    again().exits(3).complains("must not be used again");
}

#[test]
fn a_witness_needs_a_key_a_name_and_a_policy() {
    let scene = Scene::new();
    let witness = |folder: &Path, policy: &Path, key: &[&str]| {
        let head = ["replay", "--lang", "en", "witness", "--folder", arg(folder), "--policy"];
        run(head.into_iter().chain([arg(policy)]).chain(key.iter().copied()))
    };
    let folder = scene.folder.path().to_owned();
    witness(&folder, &scene.policy, &[]).exits(2).complains("--new-key");
    witness(&folder, &scene.policy, &["--new-key", "two words"]).exits(2).complains("two words");
    witness(&folder, &folder.join("absent"), &[]).exits(3).complains("absent");
    for (policy, said) in [("quorum none\n", "names no log"), ("lag x\n", "is no policy; line 1")] {
        let file = folder.join("other");
        std::fs::write(&file, policy).unwrap();
        witness(&folder, &file, &[]).exits(2).complains(said);
    }
    let help = run(["replay", "witness", "--help"]).exits(0);
    help.says(&["add-checkpoint", "--new-key", "第三方", "must not be"]);
}
