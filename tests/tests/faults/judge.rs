//! What must hold between the witness and what the service left behind.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use application::files;
use domain::Metadata;
use event_store::{EventStore as _, Position, Recorded, SqliteStore};
use ledger::{Checkpoint, Note, Tree};
use serde_json::Value;
use tests::replay::replay;
use uuid::Uuid;

use super::hearing::{Done, Stated};
use super::witness::Witness;

/// The whole log, read from outside.
pub async fn read(data: &Path) -> Result<Vec<Recorded>, String> {
    let path = data.join(files::LOG);
    let opened = tokio::task::spawn_blocking(move || SqliteStore::open_read_only(path)).await;
    let store = opened.unwrap().map_err(|error| format!("the log does not open: {error:?}"))?;
    let mut events: Vec<Recorded> = Vec::new();
    loop {
        let after = events.last().map_or(Position::START, |last| last.position);
        let page = store.read_all(after, 1_000).await.map_err(|error| format!("{error:?}"))?;
        if page.is_empty() {
            return Ok(events);
        }
        events.extend(page);
    }
}

/// Holds the log against the witness; `before` events stood in it when the round began. Gives where each command stands.
pub fn log(
    events: &[Recorded],
    before: usize,
    witness: &Witness,
) -> Result<HashMap<Uuid, u64>, String> {
    in_order(events)?;
    let known = witness.known();
    let mut batches: HashMap<Uuid, Vec<&Recorded>> = HashMap::new();
    let mut ids: HashSet<Uuid> = events.iter().take(before).map(|event| event.id).collect();
    for event in &events[before..] {
        let metadata: Metadata = serde_json::from_slice(&event.metadata)
            .map_err(|error| format!("{error} at position {}", event.position))?;
        let batch = batches.entry(metadata.command).or_default();
        let name = format!("{}#{}", event.stream, batch.len());
        let follows = batch.last().is_none_or(|last| last.version.0 + 1 == event.version.0);
        if event.id != Uuid::new_v5(&metadata.command, name.as_bytes()) || !follows {
            return Err(format!("torn, repeated or out of order: {}", tell(event)));
        }
        batch.push(event);
        let follows = metadata.cause.is_some_and(|cause| ids.contains(&cause));
        let sent = known.get(&metadata.command).is_some_and(|known| known.sent.is_some());
        if !sent && !follows {
            return Err(format!("nobody asked for it: {}", tell(event)));
        }
        ids.insert(event.id);
    }
    for (command, known) in &known {
        let there = batches.get(command).map(|batch| done(batch));
        if let Some((_, done)) = &known.done {
            let said = Done { repeated: false, ..done.clone() };
            if there.as_ref() != Some(&said) {
                return Err(format!("acknowledged {said:?}, there is {there:?}"));
            }
        } else if let Some(there) = there.filter(|_| !known.perhaps) {
            return Err(format!("said not to be stored, and there it is: {there:?}"));
        }
    }
    acknowledged_in_order(witness)?;
    let last = |batch: &[&Recorded]| batch.last().map(|last| last.position.0);
    Ok(batches.iter().filter_map(|(id, batch)| Some((*id, last(batch)?))).collect())
}

/// Positions and times never fall, and each stream counts without a gap.
fn in_order(events: &[Recorded]) -> Result<(), String> {
    let mut versions: HashMap<&str, u64> = HashMap::new();
    for event in events {
        let version = versions.entry(event.stream.as_str()).or_default();
        *version += 1;
        if *version != event.version.0 {
            return Err(format!("version {version} is missing before {}", tell(event)));
        }
    }
    let grow = |two: &[Recorded]| {
        two[0].position < two[1].position && two[0].recorded_at <= two[1].recorded_at
    };
    match events.windows(2).find(|two| !grow(two)) {
        Some(two) => Err(format!("not in order: {}, then {}", tell(&two[0]), tell(&two[1]))),
        None => Ok(()),
    }
}

/// What was sent after an acknowledgement stands behind it.
fn acknowledged_in_order(witness: &Witness) -> Result<(), String> {
    let known = witness.known();
    let first_time = known.values().filter_map(|known| {
        let (heard, done) = known.done.as_ref().filter(|(_, done)| !done.repeated)?;
        Some((known.sent?, *heard, done.position))
    });
    let all: Vec<_> = first_time.collect();
    for &(_, heard, position) in &all {
        if let Some((_, _, other)) =
            all.iter().find(|&&(sent, _, other)| sent > heard && other < position)
        {
            return Err(format!("{position} was acknowledged before {other} was sent"));
        }
    }
    Ok(())
}

fn done(batch: &[&Recorded]) -> Done {
    let last = batch.last().expect("a batch has an event");
    let stated = |event: &&Recorded| Stated {
        kind: event.kind.clone(),
        data: serde_json::from_slice(&event.data).unwrap_or(Value::Null),
    };
    Done {
        stream: last.stream.to_string(),
        version: last.version.0,
        position: last.position.0,
        repeated: false,
        events: batch.iter().map(stated).collect(),
    }
}

fn tell(event: &Recorded) -> String {
    let Recorded { position, stream, version, kind, .. } = event;
    format!("{kind} at position {position}, {stream}#{version}")
}

/// The published checkpoint stands over the whole log, and every checkpoint that was ever served over a part of it.
pub fn ledger(data: &Path, events: &[Recorded], served: &[Checkpoint]) -> Result<(), String> {
    let mut tree = Tree::default();
    let mut roots = vec![tree.root()];
    for event in events {
        tree.append(keeper::leaf(event), |_, _, _| {});
        roots.push(tree.root());
    }
    let published = published(data)?;
    if published.size != events.len() as u64 {
        return Err(format!("signed {} leaves of {}", published.size, events.len()));
    }
    for checkpoint in served.iter().chain([&published]) {
        let root = usize::try_from(checkpoint.size).ok().and_then(|size| roots.get(size));
        if root != Some(&checkpoint.root) {
            let (size, all) = (checkpoint.size, events.len());
            return Err(format!(
                "the checkpoint over {size} of {all} events is of another history"
            ));
        }
    }
    Ok(())
}

fn published(data: &Path) -> Result<Checkpoint, String> {
    let path = data.join(files::LEDGER).join("published.json");
    let bytes = std::fs::read(path).map_err(|error| format!("published.json: {error}"))?;
    let stored: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    let note: Note =
        stored["checkpoint"].as_str().unwrap_or_default().parse().map_err(|_| "no note")?;
    Checkpoint::of(&note).map_err(|error| error.to_string())
}

/// Everything an auditor checks, the live read models against rebuilt ones among it.
pub async fn verify(data: &Path) -> Result<(), String> {
    let data = data.to_str().unwrap().to_owned();
    let verify = move || replay(&["verify", "--data", &data]);
    let answer = tokio::task::spawn_blocking(verify).await.unwrap();
    if answer.code == 0 { Ok(()) } else { Err(answer.said()) }
}
