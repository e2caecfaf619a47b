//! A round: one or two lives that end badly, a last one that has to find everything in order.

use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use serde_json::Value;
use tempfile::TempDir;

use super::PATIENCE;
use super::bench::{Beginning, Bench};
use super::fault::{Fault, Kind};
use super::hearing::Heard;
use super::judge;
use super::life::{Conditions, Life};
use super::plan::{Doom, End, Plan};
use super::witness::{SPARE, Witness};

/// Codes of answers in a shortage.
const SHORT: [&str; 5] =
    ["store.full", "store.exhausted", "store.outcome_unknown", "system.full", "system.exhausted"];

/// SIGKILL, from within or without.
const KILLED: i32 = 9;

/// What came of a round in which everything was in order.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Faults that came, each at its point.
    pub struck: Vec<Fault>,
    pub acknowledged: usize,
    /// The ledger had to be let go on by hand.
    pub halted: bool,
}

/// What a round works on.
pub struct Round<'a> {
    bench: &'a Bench,
    folder: TempDir,
    pub witness: Witness,
    pub outcome: Outcome,
}

/// Carries out a plan. An error is what was found.
pub async fn dispatch(bench: &Bench, plan: &Plan) -> Result<Outcome, String> {
    let mut round = Round::new(bench, plan.empty);
    let before = if plan.empty { 0 } else { judge::read(&round.data()).await?.len() };
    for (number, doom) in plan.dooms.iter().enumerate() {
        let told = |what| format!("life {number}: {what}");
        round.suffer(&format!("life-{number}"), doom).await.map_err(told)?;
    }
    let altered = plan.dooms.last().and_then(|doom| doom.conditions.altered);
    round.recover(before, altered).await?;
    round.outcome.acknowledged = *round.witness.acknowledged().borrow();
    Ok(round.outcome)
}

impl<'a> Round<'a> {
    pub fn new(bench: &'a Bench, empty: bool) -> Self {
        let beginning: &Beginning = if empty { &bench.empty } else { &bench.kept };
        let folder = tempfile::tempdir().unwrap();
        beginning.copy(&folder.path().join("data"));
        let witness = Witness::new(&beginning.account, &beginning.token, empty);
        Self { bench, folder, witness, outcome: Outcome::default() }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub async fn begin(&self, name: &str, conditions: &Conditions) -> Result<Life, String> {
        Life::begin(&self.bench.shim, &self.data(), name, conditions).await
    }

    /// A life under a fault: commands until it ends.
    async fn suffer(&mut self, name: &str, doom: &Doom) -> Result<(), String> {
        let mut life = self.begin(name, &doom.conditions).await?;
        if let Some(address) = life.address.clone() {
            let mut acknowledged = self.witness.acknowledged();
            let already = *acknowledged.borrow();
            let enough = async {
                match doom.after {
                    Some(after) => drop(acknowledged.wait_for(|all| *all >= already + after).await),
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                sent = self.send_all(&address) => sent?,
                () = enough => {}
            }
            if life.struck() {
                self.look_at_the_damage(&mut life, &address, &doom.conditions).await?;
            }
            match doom.end {
                End::Kill => life.kill(),
                End::Cut => life.cut(),
                End::Stop => life.stop(),
            }
        }
        let status = life.ended().await?;
        let struck = life.struck();
        // It dies of a signal, stops when told so, or says that its disk does not let it go on.
        let expected = match (status.signal(), status.code()) {
            (Some(KILLED), _) => struck || doom.end != End::Stop,
            (_, Some(0)) => doom.end == End::Stop && life.address.is_some(),
            (_, Some(3)) => struck,
            _ => false,
        };
        if !expected {
            return Err(format!("it ended with {status}: {}", life.said()));
        }
        self.outcome.struck.extend(doom.conditions.fault.clone().filter(|_| struck));
        Ok(())
    }

    /// Every client sends its commands, each after the answer to the one before, until nobody answers.
    pub async fn send_all(&self, address: &str) -> Result<(), String> {
        let send_row = async |row: Vec<usize>| {
            for at in row {
                if let Heard::Nothing = self.witness.send(address, at).await? {
                    break;
                }
                self.witness.fetch_checkpoint(address).await?;
            }
            Ok::<_, String>(())
        };
        let (first, rows) = self.witness.rows();
        send_row(first).await?;
        try_join_all(rows.into_iter().map(send_row)).await.map(drop)
    }

    /// A service that outlives an error of the disk says what it does no longer, and keeps to it.
    async fn look_at_the_damage(
        &self,
        life: &mut Life,
        address: &str,
        conditions: &Conditions,
    ) -> Result<(), String> {
        let Some(fault) = &conditions.fault else { return Ok(()) };
        if fault.passes() {
            return self.see_it_pass(life, address).await;
        }
        let effect = fault.at.split(' ').next().unwrap_or_default();
        let code = match (fault.kind, effect, fault.file()) {
            (Kind::Fail, "write" | "sync", "log.sqlite-wal") => "store.halted",
            (Kind::Fail, _, file) if file.starts_with("ledger") => "ledger.halted",
            (Kind::Fail, "write", "read.sqlite-wal") => "read_models.stopped",
            _ => return Ok(()),
        };
        if code == "store.halted" {
            match self.witness.send(address, SPARE).await? {
                Heard::Refused(_, body) if body.contains(code) => {}
                // The rules can refuse it too, where its unit was not made.
                Heard::Refused(status, _) if status.is_client_error() => return Ok(()),
                Heard::Nothing => return life.ended().await.map(drop),
                heard => return Err(format!("not {code}: {heard:?}")),
            }
        }
        let begun = Instant::now();
        let mut said = Value::Null;
        while begun.elapsed() < PATIENCE {
            let Some((_, answer)) = self.witness.read(address, "/readyz").await? else {
                return life.ended().await.map(drop);
            };
            if codes(&answer).contains(&code) {
                return Ok(());
            }
            said = answer;
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err(format!("not {code}: {said}"))
    }

    /// A service that is short of something says so, and goes on by itself once it is not.
    async fn see_it_pass(&self, life: &mut Life, address: &str) -> Result<(), String> {
        match self.witness.send(address, SPARE).await? {
            Heard::Done(_) => {}
            Heard::Refused(_, body) if SHORT.iter().any(|code| body.contains(code)) => {}
            Heard::Refused(status, _) if status.is_client_error() => {}
            Heard::Nothing => return life.ended().await.map(drop),
            heard => return Err(format!("in a shortage: {heard:?}")),
        }
        life.relieve();
        if self.ready(address).await? {
            return Err("the ledger halted in a shortage".into());
        }
        match self.witness.send(address, SPARE).await? {
            Heard::Done(_) => Ok(()),
            Heard::Refused(status, _) if status.is_client_error() => Ok(()),
            heard => Err(format!("after a shortage: {heard:?}")),
        }
    }

    pub async fn stop(&self, life: &mut Life) -> Result<(), String> {
        life.stop();
        let status = life.ended().await?;
        if status.success() { Ok(()) } else { Err(format!("{status}: {}", life.said())) }
    }
}

/// The codes of what is not ready.
pub fn codes(answer: &Value) -> Vec<&str> {
    let reasons = answer["reasons"].as_array();
    reasons.into_iter().flatten().filter_map(|reason| reason["code"].as_str()).collect()
}
