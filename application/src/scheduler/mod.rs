//! What time alone brings about: what nobody did by the last day is stated, what stood long enough closes or expires.
//!
//! The scheduler issues ordinary commands with ids made from what is due, driven by the injected clock, so that a
//! second run on the same day changes nothing.

mod due;
mod duty;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::county_date;
use jiff::civil::Date;
use tokio::sync::watch;

use crate::{App, Error, files};
pub use duty::Duty;

/// Most things of a kind that one look brings; the rest follows with the next.
const AT_ONCE: u32 = 500;
/// How often the service looks.
const EVERY: Duration = Duration::from_secs(60);

/// Looks for what is due in the read models.
pub struct Scheduler {
    app: Arc<App>,
    read: PathBuf,
}

impl Scheduler {
    /// A scheduler over the service's own read models.
    #[must_use]
    pub fn new(app: Arc<App>) -> Self {
        let read = app.data.join(files::READ);
        Self { app, read }
    }

    /// Does what is due now; returns how many commands that took. Read models must be up to date for
    /// everything to be found; what is missed comes next time.
    ///
    /// # Errors
    /// When the read models or the log fail; what was done stays done.
    pub async fn tick(&self) -> Result<usize, Error> {
        let today = county_date(self.app.clock.now());
        self.app.refresh_reference_data().await?;
        let duties = self.due(today).await?;
        for duty in &duties {
            self.issue(duty.dispatch(&self.app, today).await)?;
        }
        Ok(duties.len())
    }

    async fn due(&self, today: Date) -> Result<Vec<Duty>, Error> {
        let (read, known) = (self.read.clone(), self.app.reference_data());
        tokio::task::spawn_blocking(move || {
            let connection = projections::open_reader(&read)?;
            let figures = known.rulebook.in_force(today).rules.deliberation();
            let calendar = known.holidays.calendar();
            Ok(due::duties(&connection, today, figures, &known.units, calendar, AT_ONCE)?)
        })
        .await?
    }

    /// A refusal here means that the read models are behind: what is due was done already.
    fn issue(&self, result: Result<crate::CommandOutcome, Error>) -> Result<(), Error> {
        match result {
            Ok(_) => Ok(()),
            Err(Error::Refused(refusal)) => {
                tracing::debug!(code = refusal.code(), "scheduler refused");
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Looks once a minute until told to stop.
    pub async fn follow(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow_and_update() {
            let due = match self.app.clock.trusted() {
                Ok(()) => self.tick().await,
                // What time alone decides is not decided by a clock in doubt.
                Err(_) => Ok(0),
            };
            let pause = match due {
                Ok(done) if done >= AT_ONCE as usize => Duration::from_millis(100),
                Ok(_) => EVERY,
                Err(error) => {
                    tracing::error!(%error, "scheduler failed; trying again");
                    EVERY
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stop.changed() => {}
            }
        }
    }
}
