//! 运行.

use domain::operation::{ClockConfirmed, Event, ReadingsStated, VaultLossAccepted};

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
        Event::VaultLossAccepted(VaultLossAccepted { persons, readings, numbered: _, reason }) => {
            let (zh, en) = match readings {
                0 => (String::new(), String::new()),
                _ => (
                    format!("已日结的查阅记录缺失或不符{readings}次。"),
                    format!(" Of {readings} stated readings the records are gone or others."),
                ),
            };
            Description::new(
                format!("{persons}人的个人信息已灭失,服务继续运行。{zh}"),
                format!(
                    "Personal data is lost (persons: {persons}), and the service runs on without it.{en}"
                ),
            )
            .because(reason)
        }
        Event::ReadingsStated(ReadingsStated { day, readings, last, digest, .. }) => {
            Description::new(
                format!("{day}查阅个人信息{readings}次,至第{last}号;记录摘要{digest}。"),
                format!(
                    "Personal data was read {readings} times on {day}, up to reading {last}; digest of the records: {digest}."
                ),
            )
        }
    }
}
