use domain::permission::Act;
use domain::resolution::{Command, Event, Objector, Resolution};
use domain::sealed::OBJECTOR;
use domain::{PersonId, ResolutionId, Text};
use vault::Code;

use crate::{App, Caller, CommandOutcome, Contact, Error};

/// An objection that was filed, and what its objector keeps.
#[derive(Debug)]
pub struct FiledObjection {
    /// Its number at the resolution.
    pub objection: u32,
    /// With this the objector sees the answer and takes it further.
    pub code: Code,
    /// What was stored.
    pub done: CommandOutcome,
}

impl App {
    /// 提出异议 to a resolution; name and telephone go to the vault, where there are any.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn file_resolution_objection(
        &self,
        resolution: ResolutionId,
        ground: Text<500>,
        contact: &Contact,
        caller: &Caller,
    ) -> Result<FiledObjection, Error> {
        self.permit_resolution(Act::FileResolutionObjection, resolution, caller).await?;
        let key = resolution.to_string();
        let file = |objector| Command::FileObjection { ground: ground.clone(), objector };
        self.dry_run::<Resolution>(&key, file(None), caller).await?;
        let sealed = self.seal_contact(OBJECTOR, contact, caller).await?;
        let objector = sealed.map(|(person, sealed)| Objector { person, sealed });
        let done = self.execute::<Resolution>(&key, file(objector), caller).await?;
        let objection = done.events.iter().find_map(number).unwrap_or_default();
        let code = self.objection_code(resolution, objection).await?;
        Ok(FiledObjection { objection, code, done })
    }

    /// 异议上报, by whoever shows the code that the objector was given.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn escalate_objection(
        &self,
        resolution: ResolutionId,
        objection: u32,
        code: &str,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::EscalateObjection, None, None)?;
        self.check_objection(resolution, objection, code).await?;
        let command = Command::EscalateObjection { objection };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// Who filed an objection; none where they stayed unknown.
    pub(crate) async fn objector_of(
        &self,
        resolution: ResolutionId,
        objection: u32,
    ) -> Result<Option<PersonId>, Error> {
        let objector = self
            .read_state::<Resolution, _>(&resolution.to_string(), |known| {
                known.objection(objection).map(|one| one.objector.map(|objector| objector.person))
            })
            .await?;
        objector.map_err(Error::refused)
    }
}

fn number(event: &domain::Event) -> Option<u32> {
    let domain::Event::Resolution(Event::ObjectionFiled(filed)) = event else { return None };
    Some(filed.objection)
}
