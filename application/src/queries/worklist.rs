use domain::permission::Act;
use domain::{Actor, PersonId, UnitCode};
use projections::Page;
use projections::models::supervision_worklist::{self, Filter, Kind, Task, WaitsFor};

use super::{Queries, Seen, View};
use crate::Error;

/// Which tasks are asked for.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    /// Only of this unit and those below it.
    pub within: Option<UnitCode>,
    /// Only what waits for these.
    pub waits_for: Option<WaitsFor>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only what this person executes.
    pub executor: Option<PersonId>,
    /// Only what should have been done before the day of the moment.
    pub overdue: bool,
}

impl Queries {
    /// 监督工作清单: what waits for whom, the longest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn worklist(
        &self,
        actor: &Actor,
        tasks: Tasks,
        view: &View,
    ) -> Result<Page<Task>, Error> {
        let Tasks { within, waits_for, kind, executor, overdue } = tasks;
        let within = self.narrowed(actor, Act::ReadDeliberation, within)?;
        let query = move |seen: &Seen<'_>, page: &_| {
            let overdue_on = overdue.then(|| seen.today());
            let within = within.clone();
            let filter = Filter { within, waits_for, kind, executor, overdue_on };
            supervision_worklist::list(seen.rows, &filter, page)
        };
        self.list(view, query).await
    }
}
