//! A life without faults: everything acknowledged is there, everything else can be done, and all that follows from the log
//! says the same as the log.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use serde_json::Value;

use super::hearing::Heard;
use super::life::Conditions;
use super::round::{Round, codes};
use super::witness::SPARE;
use super::{PATIENCE, judge};

impl Round<'_> {
    /// Lives it; `before` events stood in the log when the round began.
    pub async fn recover(
        &mut self,
        before: usize,
        altered: Option<&'static str>,
    ) -> Result<(), String> {
        let note = self.data().join("ledger/halted");
        let must_halt = note.exists();
        let served = self.witness.checkpoints().iter().map(|it| it.size).max();
        let mut life = self.begin("last", &Conditions { altered, ..Conditions::default() }).await?;
        let Some(mut address) = life.address.clone() else {
            return Err(format!("it does not start again: {}", life.said()));
        };
        let standing = judge::log(&judge::read(&self.data()).await?, before, &self.witness)?;
        self.witness.find(&standing);
        let halted = self.ready(&address).await?;
        if halted != must_halt {
            return Err(format!("the ledger was halted: {must_halt}; it is halted: {halted}"));
        }
        if halted {
            self.outcome.halted = true;
            self.stop(&mut life).await?;
            std::fs::remove_file(&note).unwrap();
            life = self.begin("acted", &Conditions { altered, ..Conditions::default() }).await?;
            address = life.address.clone().ok_or_else(|| life.said())?;
            if self.ready(&address).await? {
                return Err(format!("the ledger does not go on: {}", life.said()));
            }
        }
        let checkpoint = self.witness.fetch_checkpoint(&address).await?;
        if checkpoint.as_ref().map(|it| it.size) < served {
            return Err(format!("a checkpoint over {served:?} was served, now {checkpoint:?}"));
        }
        self.do_all(&address).await?;
        self.stop(&mut life).await?;
        let events = judge::read(&self.data()).await?;
        judge::log(&events, before, &self.witness)?;
        judge::ledger(&self.data(), &events, &self.witness.checkpoints())?;
        judge::verify(&self.data()).await
    }

    /// Waits until the service is ready and has a checkpoint; whether its ledger is halted, and nothing else is wrong.
    pub async fn ready(&self, address: &str) -> Result<bool, String> {
        let begun = Instant::now();
        let mut last = Value::Null;
        while begun.elapsed() < PATIENCE {
            let Some((status, answer)) = self.witness.read(address, "/readyz").await? else {
                return Err("it ended".into());
            };
            let codes = codes(&answer);
            if codes == ["ledger.halted"] {
                return Ok(true);
            }
            if status == 200 && self.witness.fetch_checkpoint(address).await?.is_some() {
                return Ok(false);
            }
            last = answer;
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err(format!("it does not get ready: {last}"))
    }

    /// Sends all commands again, each of which must be done now, and reads what they say of people.
    async fn do_all(&self, address: &str) -> Result<(), String> {
        let do_row = async |row: Vec<usize>| {
            for at in row {
                match self.witness.send(address, at).await? {
                    Heard::Done(_) => {}
                    heard => return Err(format!("not done at last: {heard:?}")),
                }
            }
            Ok(())
        };
        let (first, rows) = self.witness.rows();
        do_row(first).await?;
        try_join_all(rows.into_iter().chain([vec![SPARE]]).map(do_row)).await?;
        let known = self.witness.known();
        let mut last = 0;
        let mut people = HashMap::new();
        for (command, done) in
            known.values().filter_map(|known| Some((&known.command, &known.done.as_ref()?.1)))
        {
            last = last.max(done.position);
            if let Some(volunteer) = done.stream.strip_prefix("volunteer-") {
                people.insert(volunteer.to_owned(), command.body["identity_number"].clone());
            }
        }
        for (volunteer, number) in people {
            let path = format!("/api/v1/volunteers/{volunteer}/personal-data?purpose=check");
            let read = self.witness.read(address, &path).await?;
            if read.as_ref().is_none_or(|(_, read)| read["identity_number"] != number) {
                return Err(format!("the vault does not hold {volunteer}: {read:?}"));
            }
        }
        let shown = format!("/api/v1/quota?after_position={last}");
        match self.witness.read(address, &shown).await? {
            Some((200, _)) => Ok(()),
            other => Err(format!("the read models do not come to {last}: {other:?}")),
        }
    }
}
