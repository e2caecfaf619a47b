//! 志愿者.

use domain::Several;
use domain::identity_number::AgeGroup;
use domain::volunteer::{
    Event, PersonalDataCorrected, ProposalEnd, RealNameMatched, RealNameRefused, Registered,
    SkillsDeclared, StarChanged, StarProposalEnded, StarProposed,
};

use super::description::{Description, short};

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Registered(registered) => registration(registered, "注册", "Registered"),
        Event::Returned(registered) => registration(
            registered,
            "重新注册",
            "Registered again, with number, hours and points kept,",
        ),
        Event::PersonalDataCorrected(corrected) => personal_data_corrected(corrected),
        Event::PoliticalStatusChanged(changed) => {
            let (from, to, since) = (changed.from, changed.to, changed.since);
            let description = Description::new(
                format!("政治面貌自{since}起由{}变更为{}。", from.zh(), to.zh()),
                format!("From {since} on the volunteer is {}, no longer {}.", to.en(), from.en()),
            );
            description.because(&changed.reason).rule("party_percent")
        }
        Event::CategoriesChanged(changed) => {
            let description = Description::new(
                format!("类别变更为{},{}招募。", changed.kind.zh(), changed.recruitment.zh()),
                format!(
                    "The volunteer is {} from now on ({} recruitment).",
                    changed.kind.en(),
                    changed.recruitment.en()
                ),
            );
            description.because(&changed.reason)
        }
        Event::IdentityCorrectionRequested(asked) => {
            let (number, by, sealed) =
                (asked.correction, &asked.by.account, short(&asked.prepared));
            let description = Description::new(
                format!(
                    "账号{by}申请更正身份号码(第{number}号),须由另一人核准;更正后的信息封存,摘要{sealed}…。"
                ),
                format!(
                    "Account {by} asked to correct the identity number (request {number}); another person decides. What it would be is sealed under digest {sealed}…."
                ),
            );
            description.because(&asked.reason)
        }
        Event::IdentityCorrected(corrected) => {
            let (number, sealed) = (corrected.correction, short(&corrected.sealed));
            let description = Description::new(
                format!("第{number}号申请核准,身份号码已更正;个人信息封存,摘要{sealed}…。"),
                format!(
                    "Request {number} was approved and the identity number corrected; personal data is sealed under digest {sealed}…."
                ),
            );
            description.law("个人信息保护法 §46")
        }
        Event::IdentityCorrectionRefused(refused) => {
            let number = refused.correction;
            let description = Description::new(
                format!("第{number}号申请未获核准,身份号码不变。"),
                format!("Request {number} was refused; the identity number stays."),
            );
            description.because(&refused.reason)
        }
        Event::RealNameMatched(matched) => real_name_matched(matched),
        Event::RealNameRefused(refused) => real_name_refused(refused),
        Event::TierChanged(changed) => {
            let description = Description::new(
                format!("层级变更为{}。", changed.tier.zh()),
                format!("The tier changed to {}.", changed.tier.en()),
            );
            description.because(&changed.reason)
        }
        Event::SkillsDeclared(declared) => skills(declared),
        Event::Moved(moved) => {
            let (from, to) = (&moved.from, &moved.to);
            let description = Description::new(
                format!("由单位{from}调到{to}。"),
                format!("The volunteer moved from unit {from} to {to}."),
            );
            description.because(&moved.reason)
        }
        Event::StarProposed(proposed) => star_proposed(proposed),
        Event::StarProposalEnded(ended) => proposal_ended(ended),
        Event::StarChanged(changed) => star_changed(changed),
        Event::Suspended(suspended) => {
            Description::new("暂停服务。", "The volunteer was suspended.")
                .because(&suspended.reason)
        }
        Event::Resumed(resumed) => Description::new("恢复服务。", "The volunteer may serve again.")
            .because(&resumed.reason),
        Event::Withdrawn(withdrawn) => {
            let description = Description::new(
                "退出志愿者队伍;已有服务照旧计算。",
                "The volunteer ended the registration; what was served stays served.",
            );
            description.because(&withdrawn.reason)
        }
        Event::PersonalDataErased(erased) => {
            let description = Description::new(
                "删除全部个人信息;编号、时长和积分仍可核对。",
                "All personal data was erased; number, hours and points can still be checked.",
            );
            description.because(&erased.reason).cited(&erased.legal_basis).law("个人信息保护法 §47")
        }
    }
}

fn personal_data_corrected(corrected: &PersonalDataCorrected) -> Description {
    let items = Several(corrected.items.to_vec());
    let sealed = short(&corrected.sealed);
    let description = Description::new(
        format!("更正{items};个人信息重新封存,摘要{sealed}…。"),
        format!("Corrected: {items:#}; personal data is sealed anew under digest {sealed}…."),
    );
    description.because(&corrected.reason).law("个人信息保护法 §46")
}

fn registration(registered: &Registered, did_zh: &str, did_en: &str) -> Description {
    let Registered { unit, kind, recruitment, political_status, consent, .. } = registered;
    let (age_zh, age_en) = match registered.age_group {
        AgeGroup::Minor => ("未成年人", "a minor"),
        AgeGroup::Adult => ("成年人", "an adult"),
        AgeGroup::Senior => ("老年人", "a senior"),
    };
    let (guardian_zh, guardian_en) = if registered.guardian_consent {
        (",监护人同意", " and with a guardian's consent")
    } else {
        ("", "")
    };
    let (on, form, sealed) = (consent.given_on, &consent.form, short(&registered.sealed));
    let description = Description::new(
        format!(
            "{did_zh}为{}({}招募),单位{unit},{},{age_zh};本人{on}{form}同意{guardian_zh};个人信息封存,摘要{sealed}…。",
            kind.zh(),
            recruitment.zh(),
            political_status.zh()
        ),
        format!(
            "{did_en} as {} volunteer ({} recruitment) of unit {unit}, {}, {age_en}, by own consent of {on} ({form}){guardian_en}; personal data is sealed under digest {sealed}….",
            kind.en(),
            recruitment.en(),
            political_status.en()
        ),
    );
    let description = description.law("志愿服务条例 §25");
    if registered.age_group == AgeGroup::Minor {
        description.law("民法典 §19–20")
    } else {
        description
    }
}

fn real_name_matched(matched: &RealNameMatched) -> Description {
    let roster = &matched.roster;
    Description::new(
        format!("与名册“{roster}”实名比对一致。"),
        format!("The roster \"{roster}\" bears the registration out."),
    )
}

fn real_name_refused(refused: &RealNameRefused) -> Description {
    let roster = &refused.roster;
    let description = Description::new(
        format!("与名册“{roster}”实名比对不一致。"),
        format!("The roster \"{roster}\" does not bear the registration out."),
    );
    description.because(&refused.reason)
}

fn skills(declared: &SkillsDeclared) -> Description {
    let skills = Several(declared.skills.iter().collect());
    Description::new(
        format!("技能更新为:{skills}。"),
        format!("The volunteer declared these skills: {skills:#}."),
    )
}

fn star_proposed(proposed: &StarProposed) -> Description {
    let StarProposed { proposal, from, to, attested, notice } = proposed;
    let description = Description::new(
        format!("认定时长{attested},第{proposal}号拟评:由{from}星改为{to}星,公示编号{notice}。"),
        format!(
            "With {attested:#} attested, proposal {proposal}: from {from} to {to} stars, publicised as notice {notice}."
        ),
    );
    description.rule("star_minutes").rule("notice_days")
}

fn proposal_ended(ended: &StarProposalEnded) -> Description {
    let StarProposalEnded { proposal, reason } = ended;
    let why = match reason {
        ProposalEnd::HoursChanged => "the attested hours changed",
        ProposalEnd::ObjectionUpheld => "an objection was upheld",
    };
    let description = Description::new(
        format!("第{proposal}号拟评终止:{}。", reason.zh()),
        format!("Proposal {proposal} ended without a change: {why}."),
    );
    description.rule("star_minutes")
}

fn star_changed(changed: &StarChanged) -> Description {
    let StarChanged { proposal, from, to, .. } = changed;
    let description = Description::new(
        format!("公示期满,第{proposal}号拟评生效:由{from}星改为{to}星。"),
        format!(
            "The notice passed, so proposal {proposal} took effect: from {from} to {to} stars."
        ),
    );
    description.rule("star_minutes").rule("notice_days")
}
