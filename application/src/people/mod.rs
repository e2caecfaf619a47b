//! What is personal, on its way into the vault and out of it; nowhere else.

mod age;
mod codes;
mod contact;
pub mod correcting;
pub mod findable;
pub mod finding;
mod held;
mod identity;
mod members;
mod named;
pub mod personal_data;
mod publicly;
mod purposes;
pub mod registering;
pub(crate) mod shown_names;
pub mod statements;
mod values;

pub use codes::Ballot;
pub use contact::Contact;
pub use correcting::PersonalCorrection;
pub use finding::{FindableBy, FoundPeople, NamePart, SoughtBy};
pub use identity::NoCorrection;
pub(crate) use members::by_place;
pub use members::{Appointee, NewMember};
pub use personal_data::{AdministratorContact, NewVolunteer, PersonalData};
pub use purposes::{NoPurpose, PROPOSED};
pub use statements::{DifferingDay, differing_days};
pub use values::{BadPersonal, Personal};
