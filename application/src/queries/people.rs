//! Lists of people with their names, and searches. Each is one reading, recorded before anything is shown.

use domain::permission::Act;
use domain::{Actor, PersonId, UnitCode};
use projections::Page;
use projections::models::volunteer_archive::{self, Archive, PeopleFilter};
use vault::Means;

use super::{Extent, Moment, Queries, View};
use crate::people::{FoundPeople, NamePart, SoughtBy};
use crate::{Error, PersonalData};

/// Somebody of a list, with their registration; none where the vault holds none.
pub type Person = (Archive, Option<PersonalData>);

/// How much of people is shown: no more than the purpose needs (个人信息保护法 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fields {
    /// Number, name, unit.
    Names,
    /// And the telephone.
    Contacts,
    /// All that the roster has, in its columns: what is written so can be imported again.
    Register,
}

impl Fields {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Names, Self::Contacts, Self::Register];

    /// As a request says it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Contacts => "contacts",
            Self::Register => "register",
        }
    }

    /// In Chinese.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Names => "姓名",
            Self::Contacts => "姓名和电话",
            Self::Register => "花名册各列",
        }
    }
}

impl Queries {
    /// 人员名单: a unit's people with their registrations, by unit and number, shown in one reading. Who was in the unit may be
    /// asked of the past; what they are called is as they are called now, and shown of those only whom the account may look for
    /// today. Answered with the purpose that is recorded.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn people(
        &self,
        actor: &Actor,
        filter: PeopleFilter,
        view: &View,
        purpose: Option<String>,
    ) -> Result<(Page<Person>, String), Error> {
        let unit = self.narrowed(actor, Act::SearchPeople, filter.unit)?;
        let filter = PeopleFilter { unit, ..filter };
        let purpose = self.app.purpose_of(actor, Act::SearchPeople, purpose).await?;
        let mut found = self
            .list(view, move |seen, page| volunteer_archive::people(seen.rows, &filter, page))
            .await?;
        if let Moment::Past(_) = view.moment {
            let mut todays = Vec::with_capacity(found.items.len());
            for file in found.items {
                if self.may_look_for(actor, file.volunteer).await? {
                    todays.push(file);
                }
            }
            found.items = todays;
        }
        let numbers = found.items.iter().map(|file| file.volunteer).collect();
        let mut held = self.app.show(numbers, Means::List, actor, purpose.clone()).await?;
        let people = found.map(|file| {
            let personal = held.remove(&file.volunteer);
            (file, personal)
        });
        Ok((people, purpose))
    }

    /// Whether somebody is where the account may look for people, today.
    async fn may_look_for(&self, actor: &Actor, volunteer: PersonId) -> Result<bool, Error> {
        match self.app.home_of(volunteer).await {
            Ok(home) => Ok(self.app.permit(actor, Act::SearchPeople, Some(&home), None).is_ok()),
            Err(Error::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// 查找人员 by a telephone, an identity number or a part of the name, among those of the unit and below it, or of all whom
    /// the account may look for.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn find_people(
        &self,
        actor: &Actor,
        sought: SoughtBy,
        unit: Option<UnitCode>,
        purpose: Option<String>,
    ) -> Result<FoundPeople, Error> {
        let unit = self.narrowed(actor, Act::SearchPeople, unit)?;
        let purpose = self.app.purpose_of(actor, Act::SearchPeople, purpose).await?;
        match sought {
            SoughtBy::NamePart(part) => self.named(actor, part, unit, purpose).await,
            SoughtBy::Number(number) => self.app.find_by_number(actor, number, unit, purpose).await,
        }
    }

    async fn named(
        &self,
        actor: &Actor,
        part: NamePart,
        unit: Option<UnitCode>,
        purpose: String,
    ) -> Result<FoundPeople, Error> {
        let view = View { moment: Moment::Now, cursor: None, extent: Extent::All };
        let serving = PeopleFilter { unit: unit.clone(), below: true, status: None };
        let gone = volunteer_archive::Status::Withdrawn;
        let withdrawn = PeopleFilter { status: Some(gone), ..serving.clone() };
        let mut among: Vec<(PersonId, UnitCode)> = Vec::new();
        for filter in [serving, withdrawn] {
            let found = self
                .list(&view, move |seen, page| volunteer_archive::people(seen.rows, &filter, page))
                .await?;
            among.extend(found.items.into_iter().map(|file| (file.volunteer, file.unit)));
        }
        self.app.find_by_name(among, part, actor, purpose).await
    }
}
