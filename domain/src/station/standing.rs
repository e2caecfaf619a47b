use jiff::civil::Date;

use super::Group;
use crate::PersonId;

/// What the person behind an account is to a station today, for rules of other streams.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The person; none where the account is nobody's in particular.
    pub person: Option<PersonId>,
    /// The groups in which they are in office.
    pub groups: Vec<Group>,
    /// The last day on which they governed: sat in the leading group, or for a committee in any. Today for
    /// who still does; none for who never did.
    pub governed_until: Option<Date>,
    /// Near relatives, whoever of the two declared it.
    pub relatives: Vec<PersonId>,
}

impl Standing {
    /// Whether they are in office in the group.
    #[must_use]
    pub fn is_in(&self, group: Group) -> bool {
        self.groups.contains(&group)
    }

    /// Whether this is the person or a near relative of theirs.
    #[must_use]
    pub fn is_close_to(&self, other: PersonId) -> bool {
        self.person == Some(other) || self.relatives.contains(&other)
    }
}
