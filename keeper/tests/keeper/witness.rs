//! A witness by itself: what it remembers, and how it answers.

use std::fs;

use keeper::KeyError;
use keeper::witness::{Refused, Witness, WitnessError};
use ledger::{Checkpoint, Hash, Nodes, Submission, Tree, Unwitnessed, consistency};
use tempfile::TempDir;

use crate::bench::Bench;
use crate::party::{Party, log, logs};

/// A tree whose leaves from the 41st on depend on the branch.
struct Branch(Vec<Vec<Hash>>, Tree);

impl Branch {
    fn new(branch: u8, size: u64) -> Self {
        let mut levels: Vec<Vec<Hash>> = vec![Vec::new(); 64];
        let mut tree = Tree::default();
        for leaf in 0..size {
            let leaf = Hash::of_leaf(&[if leaf < 40 { 0 } else { branch }, leaf.to_le_bytes()[0]]);
            tree.append(leaf, |level, _, hash| levels[usize::from(level)].push(hash));
        }
        Self(levels, tree)
    }

    fn submission(&self, old: u64) -> Submission {
        let (size, root) = (self.1.size(), self.1.root());
        let origin = log().public().name().into();
        let mut checkpoint = Checkpoint { origin, size, root }.note().unwrap();
        checkpoint.sign(&log());
        Submission { old, proof: consistency(self, old, size).unwrap().unwrap(), checkpoint }
    }
}

impl Nodes for Branch {
    type Error = std::convert::Infallible;

    fn node(&self, level: u8, index: u64) -> Result<Hash, Self::Error> {
        Ok(self.0[usize::from(level)][usize::try_from(index).unwrap()])
    }
}

fn submission(branch: u8, old: u64, size: u64) -> Submission {
    Branch::new(branch, size).submission(old)
}

fn open(folder: &TempDir, name: Option<&str>) -> Result<Witness, WitnessError> {
    Witness::open(folder.path(), logs().parse().unwrap(), name)
}

fn refused(witness: &Witness, submission: &Submission) -> Unwitnessed {
    match witness.cosign(submission, 5).unwrap_err() {
        Refused::Unwitnessed(why) => why,
        error @ Refused::Disk(_) => panic!("{error:?}"),
    }
}

#[test]
fn it_remembers_over_restarts_what_it_cosigned() {
    let folder = tempfile::tempdir().unwrap();
    let witness = open(&folder, Some("court.invalid")).unwrap();
    let key = witness.key().clone();
    let mut first = submission(1, 0, 50);
    first.checkpoint.add(witness.cosign(&first, 1_700_000_000).unwrap());
    assert_eq!(first.checkpoint.signed_by(&key), Ok(Some(1_700_000_000)));
    drop(witness);
    let witness = open(&folder, None).unwrap();
    assert_eq!(witness.key(), &key);
    assert_eq!(refused(&witness, &submission(1, 0, 60)), Unwitnessed::Elsewhere { size: 50 });
    assert_eq!(refused(&witness, &submission(2, 50, 50)), Unwitnessed::Forked { size: 50 });
    assert!(matches!(refused(&witness, &submission(2, 50, 60)), Unwitnessed::Disproved(_)));
    witness.cosign(&submission(1, 50, 50), 5).unwrap();
    witness.cosign(&submission(1, 50, 60), 5).unwrap();
}

#[test]
fn memory_and_key_stand_and_fall_together() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(open(&folder, None), Err(WitnessError::NoKey { .. })));
    let witness = open(&folder, Some("court.invalid")).unwrap();
    assert!(matches!(open(&folder, None), Err(WitnessError::InUse { .. })));
    witness.cosign(&submission(1, 0, 50), 5).unwrap();
    drop(witness);
    assert!(matches!(open(&folder, Some("press.invalid")), Err(WitnessError::Named { .. })));
    drop(open(&folder, Some("court.invalid")).unwrap());

    let (seen, key) = (folder.path().join("seen.json"), folder.path().join("key"));
    let kept = fs::read(&seen).unwrap();
    for damage in [&b""[..], b"{\"a\":\"b\"}", &kept[..kept.len() - 9]] {
        fs::write(&seen, damage).unwrap();
        assert!(matches!(open(&folder, None), Err(WitnessError::Forgot { .. })));
    }
    let other = String::from_utf8(kept.clone()).unwrap().replacen("county", "parish", 1);
    fs::write(&seen, other).unwrap();
    assert!(matches!(open(&folder, None), Err(WitnessError::Forgot { .. })), "under another name");
    fs::remove_file(&seen).unwrap();
    assert!(matches!(open(&folder, None), Err(WitnessError::Forgot { .. })));
    assert!(matches!(open(&folder, Some("court.invalid")), Err(WitnessError::Forgot { .. })));
    fs::write(&seen, kept).unwrap();
    fs::remove_file(&key).unwrap();
    let lost = open(&folder, Some("court.invalid")).err().unwrap();
    assert!(matches!(lost, WitnessError::Key(KeyError::Lost { .. })), "{lost:?}");
}

#[test]
fn once_its_disk_has_failed_it_cosigns_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let witness = open(&folder, Some("court.invalid")).unwrap();
    witness.cosign(&submission(1, 0, 50), 5).unwrap();
    // No file can take the place of a folder that is not empty.
    let (seen, aside) = (folder.path().join("seen.json"), folder.path().join("aside"));
    fs::rename(&seen, &aside).unwrap();
    fs::create_dir(&seen).unwrap();
    fs::write(seen.join("in-the-way"), b"").unwrap();
    assert!(matches!(witness.cosign(&submission(1, 50, 60), 5), Err(Refused::Disk(_))));
    fs::remove_dir_all(&seen).unwrap();
    fs::rename(&aside, &seen).unwrap();
    for again in [submission(1, 50, 60), submission(1, 50, 50)] {
        assert!(matches!(witness.cosign(&again, 5), Err(Refused::Disk(_))));
    }
    drop(witness);
    open(&folder, None).unwrap().cosign(&submission(1, 50, 60), 5).unwrap();
}

#[test]
fn two_branches_at_once_and_one_of_them_is_cosigned() {
    let folder = tempfile::tempdir().unwrap();
    let witness = open(&folder, Some("court.invalid")).unwrap();
    witness.cosign(&submission(0, 0, 40), 5).unwrap();
    // Everybody offers from wherever the witness says that it stands.
    let cosigned = std::thread::scope(|scope| {
        let offers: Vec<_> = (0..4)
            .map(|offer: u8| {
                let witness = &witness;
                scope.spawn(move || {
                    let (branch, mut cosigned) = (1 + offer % 2, Vec::new());
                    for size in 41..60 {
                        let branch_at = Branch::new(branch, size);
                        let mut old = 40;
                        loop {
                            match witness.cosign(&branch_at.submission(old), 5) {
                                Ok(_) => cosigned.push((branch, size, branch_at.1.root())),
                                Err(Refused::Unwitnessed(Unwitnessed::Elsewhere { size: at }))
                                    if at <= size =>
                                {
                                    old = at;
                                    continue;
                                }
                                Err(Refused::Unwitnessed(_)) => {}
                                Err(Refused::Disk(error)) => panic!("{error}"),
                            }
                            break;
                        }
                    }
                    cosigned
                })
            })
            .collect();
        offers.into_iter().flat_map(|offer| offer.join().unwrap()).collect::<Vec<_>>()
    });
    let (branch, ..) = cosigned[0];
    assert!(cosigned.iter().all(|(one, ..)| *one == branch), "a fork was cosigned");
    drop(witness);
    let seen = fs::read_to_string(folder.path().join("seen.json")).unwrap();
    assert!(seen.contains("\\n59\\n"), "{seen}");
}

#[test]
fn it_answers_as_the_specification_says() {
    let bench = Bench::new();
    let mut party = Party::new(&bench, "court.invalid");
    // A connection that is kept may be closed, by a restart, just as the next request goes out on it.
    let client = reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap();
    let url = format!("http://{}", party.address);
    let post = |body: String| {
        bench.in_time(async {
            let response = client.post(format!("{url}/add-checkpoint")).body(body).send().await;
            let response = response.unwrap();
            let status = response.status().as_u16();
            let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
            (status, kind, response.text().await.unwrap())
        })
    };
    let key = bench.in_time(async { client.get(&url).send().await.unwrap().text().await.unwrap() });
    assert_eq!(key, format!("{}\n", party.key));

    let mut good = submission(1, 0, 50);
    let (status, kind, lines) = post(good.to_string());
    assert_eq!((status, &*kind), (200, "text/plain; charset=utf-8"));
    good.checkpoint.add(lines.strip_suffix('\n').unwrap().parse().unwrap());
    let time = good.checkpoint.signed_by(&party.key).unwrap().unwrap();
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    assert!(now - time < 60, "{time}");

    let size = |size: u64| (409, "text/x.tlog.size".to_owned(), format!("{size}\n"));
    assert_eq!(post(submission(1, 0, 60).to_string()), size(50));
    assert_eq!(post(submission(2, 50, 50).to_string()), size(50));
    assert_eq!(post(submission(2, 50, 60).to_string()).0, 422);
    assert_eq!(post("old 50\n".into()).0, 400);
    assert_eq!(post(submission(1, 0, 50).to_string().replacen("old 0", "old 51", 1)).0, 400);
    let renamed = submission(1, 0, 50).to_string().replace("county", "parish");
    assert_eq!(post(renamed).0, 404);
    let unsigned = submission(1, 50, 50).to_string().replacen("\n50\n", "\n49\n", 1);
    assert_eq!(post(unsigned.replacen("old 50", "old 49", 1)).0, 403);
    assert_eq!(post("x".repeat(Submission::MOST_BYTES + 1)).0, 413);

    party.stop(&bench);
    party.start(&bench);
    assert_eq!(post(submission(1, 0, 60).to_string()), size(50));
    assert_eq!(post(submission(1, 50, 60).to_string()).0, 200);
}
