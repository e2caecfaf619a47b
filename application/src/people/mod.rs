//! What is personal, on its way into the vault and out of it; nowhere else.

mod age;
mod codes;
mod contact;
pub mod correcting;
mod members;
pub mod personal_data;
pub mod registering;
mod values;

pub use codes::Ballot;
pub use contact::Contact;
pub use correcting::PersonalCorrection;
pub use members::{Appointee, NewMember};
pub use personal_data::{AdministratorContact, NewVolunteer, PersonalData};
pub use values::{BadPersonal, Personal};
