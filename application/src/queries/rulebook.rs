use domain::permission::Act;
use domain::rulebook::Adopted;
use domain::{Actor, county_date};

use super::Queries;
use crate::Error;

/// 规则簿: what is in force, and all that was adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rulebook {
    /// The version in force today.
    pub in_force: Adopted,
    /// All that were adopted, oldest first.
    pub versions: Vec<Adopted>,
}

impl Queries {
    /// 规则簿: the version in force today and all that were adopted.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn rulebook(&self, actor: &Actor) -> Result<Rulebook, Error> {
        self.app.permit(actor, Act::ReadUnits, actor.unit.as_ref(), None)?;
        let known = self.app.reference_data();
        let today = county_date(self.app.clock.now());
        Ok(Rulebook {
            in_force: known.rulebook.in_force(today).clone(),
            versions: known.rulebook.versions().to_vec(),
        })
    }
}
