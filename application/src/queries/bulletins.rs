use domain::bulletin::Figures;
use domain::permission::{Act, check_role};
use domain::{Actor, BulletinId};
use jiff::Timestamp;
use projections::Page;
use projections::models::bulletin_board::{self, Bulletin, BulletinUnit};
use projections::models::progress::{self, Filter, UnitProgress};

use super::{Moment, Queries, Versioned, View};
use crate::Error;

impl Queries {
    /// 进度: how far every unit has come.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn progress(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<UnitProgress>, Error> {
        let within = self.narrowed(actor, Act::ReadUnits, filter.within)?;
        let filter = Filter { within, ..filter };
        self.list(view, move |seen, page| progress::list(seen.rows, seen.at, &filter, page)).await
    }

    /// 通报: those that were published, the latest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn bulletins(&self, actor: &Actor, view: &View) -> Result<Page<Bulletin>, Error> {
        check_role(actor.role, Act::ReadBulletins)?;
        self.list(view, move |seen, page| bulletin_board::list(seen.rows, page)).await
    }

    /// One bulletin.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn bulletin(
        &self,
        actor: &Actor,
        bulletin: BulletinId,
        moment: Moment,
    ) -> Result<Option<Versioned<Bulletin>>, Error> {
        check_role(actor.role, Act::ReadBulletins)?;
        self.one::<domain::bulletin::Bulletin, _>(&bulletin.to_string(), moment, move |seen| {
            bulletin_board::get(seen.rows, bulletin)
        })
        .await
    }

    /// Its table, in its order; without rows where there is no such bulletin.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn bulletin_units(
        &self,
        actor: &Actor,
        bulletin: BulletinId,
        view: &View,
    ) -> Result<Page<BulletinUnit>, Error> {
        check_role(actor.role, Act::ReadBulletins)?;
        self.list(view, move |seen, page| {
            // What is not published yet has no table.
            match bulletin_board::get(seen.rows, bulletin)? {
                Some(_) => bulletin_board::units(seen.rows, bulletin, page),
                None => Ok(Page { items: vec![], next: None }),
            }
        })
        .await
    }

    /// What a bulletin would tell of each unit: as of a moment, or of all that the log holds by now.
    pub(crate) async fn bulletin_figures(
        &self,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<Figures>, Error> {
        let moment = match as_of {
            Some(as_of) => Moment::Past(as_of),
            None => self.reader.latest().await?,
        };
        self.reader.ask(moment, move |seen| progress::figures(seen.rows, seen.at)).await
    }
}
