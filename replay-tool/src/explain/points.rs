//! 积分.

use domain::points::{Event, Portion};
use jiff::civil::Date;

use super::description::Description;
use crate::lang::Said;

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Earned(earned) => {
            let (points, record, revision) = (earned.points, earned.record, earned.revision);
            let valid = valid(earned.expires_on);
            let description = Description::new(
                format!("第{record}号服务记录(第{revision}稿)获得{points}分,{}。", valid.zh),
                format!(
                    "Service record {record} (revision {revision}) earned {points} points, {}.",
                    valid.en
                ),
            );
            description.rule("points_per_hour").rule("points_valid_months")
        }
        Event::Redeemed(redeemed) => {
            let (number, name, points) = (redeemed.redemption, &redeemed.name, redeemed.points);
            let item = &redeemed.item;
            let description = Description::new(
                format!("第{number}号兑换:以{points}分兑换“{name}”({item})。"),
                format!("Redemption {number}: {points} points for \"{name}\" ({item})."),
            );
            description.rule("redeemables")
        }
        Event::RedemptionCancelled(cancelled) => {
            let (number, points) = (cancelled.redemption, cancelled.points);
            let valid = match &cancelled.lots {
                Some(lots) => parts(lots),
                None => valid(cancelled.expires_on),
            };
            let description = Description::new(
                format!("撤销第{number}号兑换,退回{points}分,{}。", valid.zh),
                format!(
                    "Redemption {number} was cancelled; {points} points came back, {}.",
                    valid.en
                ),
            );
            description.rule("points_valid_months")
        }
        Event::Expired(expired) => {
            let (points, last) = (expired.points, expired.expires_on);
            let description = Description::new(
                format!("{points}分于{last}到期未用,过期。"),
                format!("{points} points that could be used until {last} expired."),
            );
            description.rule("points_valid_months")
        }
        Event::Reversed(reversed) => {
            let (record, revision) = (reversed.record, reversed.revision);
            let (points, owed) = (reversed.points, reversed.owed);
            let from = reversed.lots.as_deref().map(taken).unwrap_or_default();
            let description = Description::new(
                format!(
                    "第{record}号服务记录(第{revision}稿)不再计算,冲正{points}分{},尚欠{owed}分;只欠已用的,过期未用的不欠。",
                    from.zh
                ),
                format!(
                    "Service record {record} (revision {revision}) no longer counts: {points} points were taken back{}, {owed} are owed in all: only what was used, nothing that expired.",
                    from.en
                ),
            );
            description.rule("points_per_hour")
        }
        Event::Settled(settled) => {
            let (points, owed) = (settled.points, settled.owed);
            let from = settled.lots.as_deref().map(taken).unwrap_or_default();
            let description = Description::new(
                format!("从新得积分中补扣所欠{points}分{},尚欠{owed}分。", from.zh),
                format!(
                    "{points} points owed were taken from what came in{}, {owed} are owed still.",
                    from.en
                ),
            );
            description.rule("points_per_hour")
        }
    }
}

/// From where points were taken, in brackets.
fn taken(lots: &[Portion]) -> Said {
    if lots.is_empty() {
        return Said::default();
    }
    let Said { zh, en } = parts(lots);
    Said::new(format!("({zh})"), format!(" ({en})"))
}

/// How many points are valid until when.
fn parts(lots: &[Portion]) -> Said {
    let said = lots.iter().map(|lot| (lot.points, valid(lot.expires_on)));
    let said: Vec<Said> = said
        .map(|(points, valid)| {
            Said::new(format!("{points}分{}", valid.zh), format!("{points} {}", valid.en))
        })
        .collect();
    let join =
        |text: fn(&Said) -> &str, between| said.iter().map(text).collect::<Vec<_>>().join(between);
    Said::new(join(|said| &said.zh, "、"), join(|said| &said.en, ", "))
}

fn valid(last: Option<Date>) -> Said {
    match last {
        Some(last) => Said::new(format!("有效期至{last}"), format!("valid until {last}")),
        None => Said::new("长期有效", "valid for ever"),
    }
}
