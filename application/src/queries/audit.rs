use domain::permission::Act;
use domain::{Actor, PersonId};
use event_store::{Recorded, StreamId, Version};
use projections::Fact;
use vault::ReadRecord;

use super::Queries;
use crate::Error;
use crate::people::personal_data::vault_person;

impl Queries {
    /// 事件流: the facts of a stream after a version, at most `limit`, oldest first; none where there is no such stream.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn stream(
        &self,
        actor: &Actor,
        stream: &str,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Fact>, Error> {
        self.app.permit(actor, Act::ReadAccessLog, None, None)?;
        let Ok(stream) = StreamId::new(stream) else { return Ok(vec![]) };
        let found = self.app.store.read_stream(&stream, after, limit).await?;
        Ok(found.iter().map(Fact::read).collect::<Result<_, _>>()?)
    }

    /// One event of a stream, as the log holds it; none where there is no such event.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn event(
        &self,
        actor: &Actor,
        stream: &str,
        version: Version,
    ) -> Result<Option<Recorded>, Error> {
        self.app.permit(actor, Act::ReadAccessLog, None, None)?;
        let Ok(stream) = StreamId::new(stream) else { return Ok(None) };
        self.app.event(&stream, version).await
    }

    /// 个人信息查阅记录: who read a volunteer's personal data, when and what for; those after a number, at most `limit`, oldest
    /// first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn personal_data_reads(
        &self,
        actor: &Actor,
        volunteer: PersonId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<ReadRecord>, Error> {
        self.app.permit(actor, Act::ReadReadings, None, Some(volunteer))?;
        let person = vault_person(volunteer)?;
        self.app.in_vault(move |vault| vault.reads(person, after, limit)).await
    }
}
