//! 规则簿.

use domain::rulebook::Event;

use super::told::Told;

pub(super) fn tell(event: &Event) -> Told {
    let Event::Adopted(adopted) = event;
    let (version, from) = (adopted.version, adopted.effective_from);
    let told = Told::new(
        format!("通过规则簿第{version}版,自{from}起施行。"),
        format!("Version {version} of the rulebook was adopted, in force from {from}."),
    );
    told.because(&adopted.reason)
}
