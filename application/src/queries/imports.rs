use domain::permission::Act;
use domain::{Actor, ImportId, import, permission};
use projections::Page;
use projections::models::import_register::{self, Filter, Import};

use super::{Moment, Queries, Seen, Versioned, View};
use crate::Error;

impl Queries {
    /// 导入登记: what was imported, the latest first; of units at or below the account's own.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn imports(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<Import>, Error> {
        let unit = self.narrowed(actor, Act::Import, filter.unit)?;
        let filter = Filter { unit, ..filter };
        self.list(view, move |seen, page| import_register::list(seen.rows, &filter, page)).await
    }

    /// One import.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn import(
        &self,
        actor: &Actor,
        import: ImportId,
        moment: Moment,
    ) -> Result<Option<Versioned<Import>>, Error> {
        permission::check_role(actor.role, Act::Import)?;
        let key = import.to_string();
        let look = |known: &import::Import| known.unit().flatten().cloned();
        let unit = self.app.read_state::<import::Import, _>(&key, look).await?;
        self.app.permit(actor, Act::Import, unit.as_ref(), None)?;
        let query = move |seen: &Seen<'_>| import_register::get(seen.rows, import);
        self.one::<import::Import, _>(&key, moment, query).await
    }
}
