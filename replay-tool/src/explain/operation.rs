//! 运行.

use domain::operation::{ClockConfirmed, Event, VaultLossAccepted};

use super::description::Description;

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::ClockConfirmed(ClockConfirmed { last_ran, reason }) => {
            let description = match last_ran {
                Some(last) => Description::new(
                    format!("时钟经确认;服务此前最后运行于{last}。"),
                    format!("The clock was confirmed; the service had last run at {last}."),
                ),
                None => Description::new(
                    "时钟经确认;服务此前何时运行不详。".to_owned(),
                    "The clock was confirmed; when the service had last run is not known."
                        .to_owned(),
                ),
            };
            description.because(reason)
        }
        Event::VaultLossAccepted(VaultLossAccepted { persons, reason }) => Description::new(
            format!("{persons}人的个人信息已灭失,服务继续运行。"),
            format!(
                "Personal data is lost (persons: {persons}), and the service runs on without it."
            ),
        )
        .because(reason),
    }
}
