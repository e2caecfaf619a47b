//! What time alone brings about: notices whose period passed close, points whose last day passed expire.
//!
//! The scheduler issues ordinary commands with ids made from what is due, driven by the injected clock, so that a
//! second run on the same day changes nothing.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::county_date;
use domain::notice::{Command as NoticeCommand, Notice};
use domain::points::{Account, Command as PointsCommand};
use domain::{NoticeId, PersonId};
use jiff::civil::Date;
use projections::models::due;
use tokio::sync::watch;
use uuid::Uuid;

use crate::app::{App, Caller, Error, files};

/// Most things of a kind that one look brings; the rest follows with the next.
const AT_ONCE: u32 = 500;
/// How often the service looks.
const EVERY: Duration = Duration::from_secs(60);

/// Looks for what is due in the read models.
pub struct Scheduler {
    app: Arc<App>,
    read: PathBuf,
}

struct Due {
    notices: Vec<NoticeId>,
    accounts: Vec<PersonId>,
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
        let due = self.due(today).await?;
        self.app.catch_up_ground().await?;
        for notice in &due.notices {
            let caller = caller("notice", notice.as_str(), today)?;
            self.issue(
                self.app.execute::<Notice>(notice.as_str(), NoticeCommand::Close, &caller).await,
            )?;
        }
        for account in &due.accounts {
            let key = account.to_string();
            let caller = caller("points", &key, today)?;
            self.issue(self.app.execute::<Account>(&key, PointsCommand::Expire, &caller).await)?;
        }
        Ok(due.notices.len() + due.accounts.len())
    }

    async fn due(&self, today: Date) -> Result<Due, Error> {
        let read = self.read.clone();
        tokio::task::spawn_blocking(move || {
            let connection = projections::open_reader(&read)?;
            Ok(Due {
                notices: due::notices(&connection, today, AT_ONCE)?,
                accounts: due::expiring_accounts(&connection, today, AT_ONCE)?,
            })
        })
        .await?
    }

    /// A refusal here means that the read models are behind: what is due was done already.
    fn issue(&self, result: Result<crate::app::Done, Error>) -> Result<(), Error> {
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
            let pause = match self.tick().await {
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

fn caller(what: &str, key: &str, today: Date) -> Result<Caller, Error> {
    let due = format!("yuanfa:scheduler/{what}/{key}/{today}");
    let command = Uuid::new_v5(&Uuid::NAMESPACE_URL, due.as_bytes());
    Caller::system(&format!("scheduler:{what}"), command).map_err(Error::refused)
}
