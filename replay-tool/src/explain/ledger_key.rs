//! 账本密钥.

use domain::ledger_key::Event;

use super::description::Description;

pub(super) fn describe(event: &Event) -> Description {
    let Event::Rotated(rotated) = event;
    let new = &rotated.new;
    let description = match &rotated.old {
        Some(old) => Description::new(
            format!("账本密钥由{old}换为{new}。"),
            format!("The ledger is signed with {new} instead of {old} from here on."),
        ),
        None => Description::new(
            format!("账本密钥遗失,换为{new}。"),
            format!("The ledger's key was lost; {new} signs from here on."),
        ),
    };
    description.because(&rotated.reason)
}
