//! 撤销导入: the facts of an import are taken back, by facts that name it too. Whoever has later facts resting on theirs stays
//! as they are, and is listed.

use std::sync::PoisonError;

use domain::import::{Command, Import};
use domain::permission::Act;
use domain::{ImportId, Refusal, Text, permission};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use uuid::Uuid;

use super::Mode;
use super::carry::Progress;
use crate::{App, Caller, Error};
pub use stays::Stays;
use traces::{Trace, Whose, traces};

mod back;
mod stays;
mod traces;

/// Volunteers and units that are taken back at the same time.
const AT_ONCE: usize = 64;

domain::refusals! {
    /// Why an import is not undone now.
    pub enum NotUndone {
        Running {} "import.running" at "import" =>
            "该导入尚在进行;请待其完成后再撤销。",
            "The import is still on its way; undo it once it has ended.";
    }
}

/// What the undoing of an import came to, or would.
#[derive(Debug, Default)]
pub struct Undoing {
    /// 志愿者编号 and 单位代码 of which the import's facts are taken back.
    pub undone: Vec<String>,
    /// Of which they stay, and why.
    pub stayed: Vec<(String, Box<dyn Refusal>)>,
}

/// Takes an import back, or says what that would come to.
///
/// # Errors
/// See [`Error`]. What an interruption leaves, the same call again takes back.
pub async fn undo(
    app: &App,
    import: ImportId,
    reason: Text<200>,
    mode: Mode,
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<Undoing, Error> {
    permission::check_role(caller.actor.role, Act::Import)?;
    let key = import.to_string();
    let unit = app.read_state::<Import, _>(&key, |known| known.unit().flatten().cloned()).await?;
    app.permit(&caller.actor, Act::Import, unit.as_ref(), None)?;
    let standing = app.read_state::<Import, _>(&key, |known| known.standing().map(|_| ())).await?;
    standing.map_err(Error::refused)?;
    if app.importing.lock().unwrap_or_else(PoisonError::into_inner).contains(&import) {
        return Err(Error::refused(NotUndone::Running {}));
    }
    let traces = traces(app, import).await?;
    // The same commands each time: what an interruption left is gone on with.
    let command = Uuid::new_v5(&import.0, b"undo");
    let caller = Caller { command, import: Some(import), ..caller.clone() };
    let of = traces.len() as u64;
    let undone = stream::iter(traces).map(|(number, trace)| {
        let (caller, reason) = (caller.step(&number), reason.clone());
        async move {
            let taken = take_back(app, &number, &trace, (reason, mode), &caller).await;
            // A rule against it concerns this one only.
            let stays = taken.or_else(|error| error.into_refusal().map(Some))?;
            Ok::<_, Error>((number, stays))
        }
    });
    let mut undone = std::pin::pin!(undone.buffered(AT_ONCE));
    let mut undoing = Undoing::default();
    for done in 1.. {
        let Some(one) = undone.try_next().await? else { break };
        match one {
            (number, None) => undoing.undone.push(number),
            (number, Some(why)) => undoing.stayed.push((number, why)),
        }
        progress(done, of);
    }
    if mode == Mode::Import {
        let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
        let (undone, stayed) = (count(undoing.undone.len()), count(undoing.stayed.len()));
        let command = Command::Undo { reason: reason.clone(), undone, stayed };
        app.execute::<Import>(&key, command, &caller.step("undone")).await?;
    }
    Ok(undoing)
}

/// Takes the import's facts about somebody or something back, or says why they stay. Every rule is asked before anything is
/// stored.
async fn take_back(
    app: &App,
    number: &str,
    trace: &Trace,
    (reason, mode): (Text<200>, Mode),
    caller: &Caller,
) -> Result<Option<Box<dyn Refusal>>, Error> {
    let backs = match trace.whose {
        Whose::Volunteer(volunteer) => back::of_volunteer(app, volunteer, trace, &reason).await,
        Whose::Unit => back::of_unit(app, number, trace, &reason).await,
    };
    let backs = match backs? {
        Ok(backs) => backs,
        Err(stays) => return Ok(Some(Box::new(stays))),
    };
    for back in &backs {
        back.carry_out(app, number, Mode::Preview, caller).await?;
    }
    if mode == Mode::Import {
        for back in &backs {
            back.carry_out(app, number, Mode::Import, caller).await?;
        }
    }
    Ok(None)
}
