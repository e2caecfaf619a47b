//! 小分队.

use domain::squad::Event;

use super::description::{Description, late};

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Applied(applied) => {
            let unit = &applied.unit;
            Description::new(
                format!("单位{unit}申请注册小分队。"),
                format!("Unit {unit} applied for the registration of its squad."),
            )
        }
        Event::Approved(approved) => {
            let number = &approved.registration;
            Description::new(
                format!("团县委核准注册小分队,编号{number}。"),
                format!(
                    "The squad was registered by the county committee of the Youth League (团县委) under number {number}."
                ),
            )
        }
        Event::MemberJoined(joined) => {
            let (who, on, form) = (joined.volunteer, joined.consent.given_on, &joined.consent.form);
            let (party_zh, party_en) = if joined.party {
                (",计入党员和积极分子", ", counted as party member or activist")
            } else {
                ("", "")
            };
            let description = Description::new(
                format!("{who}自愿加入小分队(本人{on}{form}同意){party_zh}。"),
                format!("{who} joined of their own will (consent of {on}, {form}){party_en}."),
            );
            description.law("志愿服务条例 §25").rule("party_percent")
        }
        Event::PartyShareChanged(changed) => {
            let who = changed.volunteer;
            let (zh, en) = match changed.party {
                true => ("计入党员和积极分子", "counts as party member or activist"),
                false => ("不再计入党员和积极分子", "no longer counts as party member or activist"),
            };
            let description = Description::new(
                format!("队员{who}政治面貌变更,{zh}。"),
                format!("The political status of {who} changed: the member {en}."),
            );
            description.rule("party_percent")
        }
        Event::MemberLeft(left) => {
            let who = left.volunteer;
            let description =
                Description::new(format!("{who}退出小分队。"), format!("{who} left the squad."));
            description.because(&left.reason)
        }
        Event::Completed(completed) => {
            let (members, party) = (completed.members, completed.party_members);
            let (required, in_time) = (
                completed.required,
                late(completed.late, completed.deadline, completed.campaign.as_ref()),
            );
            let description = Description::new(
                format!(
                    "小分队组建完成:成员{members}人(应有{required}人),党员和积极分子{party}人,{}。",
                    in_time.zh
                ),
                format!(
                    "The squad is complete: {members} members ({required} required), {party} of them party members or activists; {}.",
                    in_time.en
                ),
            );
            description.rule("member_percent").rule("party_percent")
        }
    }
}
