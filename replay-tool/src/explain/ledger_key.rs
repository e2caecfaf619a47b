//! 账本密钥.

use domain::ledger_key::Event;

use super::told::Told;

pub(super) fn tell(event: &Event) -> Told {
    let Event::Rotated(rotated) = event;
    let new = &rotated.new;
    let told = match &rotated.old {
        Some(old) => Told::new(
            format!("账本密钥由{old}换为{new}。"),
            format!("The ledger is signed with {new} instead of {old} from here on."),
        ),
        None => Told::new(
            format!("账本密钥遗失,换为{new}。"),
            format!("The ledger's key was lost; {new} signs from here on."),
        ),
    };
    told.because(&rotated.reason)
}
