//! 导入: a table that was taken in as a whole, and can be taken back as a whole.

mod events;
#[cfg(test)]
mod tests;

pub use events::{Began, Event, Finished, Table, Undone};

use crate::{Aggregate, Given, Text, UnitCode};

/// An import as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Import {
    began: Option<Began>,
    undone: bool,
}

/// What may be asked of an import.
#[derive(Debug, Clone)]
pub enum Command {
    /// 开始.
    Begin(Began),
    /// 完成.
    Finish(Finished),
    /// 撤销, after the facts that take it back.
    Undo {
        /// Why.
        reason: Text<200>,
        /// Of how many units or people its facts were taken back.
        undone: u32,
        /// Of how many they stay.
        stayed: u32,
    },
}

refusals! {
    /// Why an import's command is refused.
    pub enum Rejection {
        Unknown {} "import.unknown" absent at "import" =>
            "没有该编号的导入。", "There is no import with this number.";
        AlreadyUndone {} "import.already_undone" at "import" =>
            "该导入已撤销。", "The import was undone already.";
    }
}

impl Import {
    /// What began, unless it was undone.
    ///
    /// # Errors
    /// When there is no such import, or it was undone.
    pub fn standing(&self) -> Result<&Began, Rejection> {
        let began = self.began.as_ref().ok_or(Rejection::Unknown {})?;
        if self.undone { Err(Rejection::AlreadyUndone {}) } else { Ok(began) }
    }

    /// The unit of the account that imported, where there is such an import: none for the county.
    #[must_use]
    pub fn unit(&self) -> Option<Option<&UnitCode>> {
        self.began.as_ref().map(|began| began.unit.as_ref())
    }
}

impl Aggregate for Import {
    const CATEGORY: &'static str = "import";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, _: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Begin(began) => Ok(vec![Event::Began(began)]),
            Command::Finish(finished) => {
                self.standing()?;
                Ok(vec![Event::Finished(finished)])
            }
            Command::Undo { reason, undone, stayed } => {
                self.standing()?;
                Ok(vec![Event::Undone(Undone { reason, undone, stayed })])
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Began(began) => self.began = Some(began.clone()),
            Event::Finished(_) => {}
            Event::Undone(_) => self.undone = true,
        }
    }
}
