//! 规则簿.

use domain::rulebook::Event;

use super::description::Description;

pub(super) fn describe(event: &Event) -> Description {
    let Event::Adopted(adopted) = event;
    let (version, from) = (adopted.version, adopted.effective_from);
    let description = Description::new(
        format!("通过规则簿第{version}版,自{from}起施行。"),
        format!("Version {version} of the rulebook was adopted, in force from {from}."),
    );
    description.because(&adopted.reason)
}
