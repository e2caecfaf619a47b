//! 援法议事工作站.

use domain::station::{Event, Group, KinshipEnded, Level, MemberAppointed, SupervisorsElected};

use super::description::{Description, evidence, list, short};

/// 监督机构: whom it may not consist of.
pub(super) const SUPERVISION: &str = "村民委员会组织法 §32(参照)";
const FIVE_ITEMS: &str = "基层援法议事工作方案 五";

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Opened(opened) => {
            let (zh, en) = if opened.estate {
                ("有集中居住小区", "with an estate")
            } else {
                ("没有集中居住小区", "without an estate")
            };
            let (unit, on) = (&opened.unit, opened.opened_on);
            let (of_zh, of_en) = match opened.level {
                Level::Village => ("", ""),
                Level::Town => ("镇级", " as a town's"),
            };
            let description = Description::new(
                format!("{unit}于{on}设立{of_zh}援法议事工作站,{zh}。"),
                format!("The station of {unit} was opened on {on}{of_en}, {en}."),
            );
            description.rule("topics")
        }
        Event::ItemEvidenced(shown) => {
            let (item, note, shows) = (shown.item, &shown.note, evidence(&shown.evidence));
            let description = Description::new(
                format!("五有之“{}”达标:“{note}”{}。", item.zh(), shows.zh),
                format!("There is a {}: \"{note}\"{}.", item.en(), shows.en),
            );
            description.law(FIVE_ITEMS)
        }
        Event::ItemLost(lost) => {
            let description = Description::new(
                format!("五有之“{}”不再达标。", lost.item.zh()),
                format!("There is no {} any more.", lost.item.en()),
            );
            description.because(&lost.reason).law(FIVE_ITEMS)
        }
        Event::SupervisorsElected(elected) => election(elected),
        Event::MemberAppointed(appointed) => appointment(appointed),
        Event::MemberLeft(left) => {
            let (who, group) = (left.member, left.group);
            let description = Description::new(
                format!("{who}离开{}。", group.zh()),
                format!("{who} left the group {}.", group.en()),
            );
            description.because(&left.reason)
        }
        Event::RelativesDeclared(declared) => {
            let (who, count) = (declared.member, declared.relatives.len());
            let description = if count == 0 {
                Description::new(
                    format!("{who}申报没有近亲属。"),
                    format!("{who} declared to have no near relatives."),
                )
            } else {
                let relatives = list(&declared.relatives);
                Description::new(
                    format!("{who}申报近亲属{count}人:{relatives}。"),
                    format!("{who} declared {count} near relatives: {relatives:#}."),
                )
            };
            description.law(SUPERVISION)
        }
        Event::KinshipEnded(ended) => {
            let KinshipEnded { member, relative, ended_on, told_on } = ended;
            let (until_zh, until_en) = told_on.map_or_else(Default::default, |on| {
                (
                    format!(",回避算至登记之日{on}"),
                    format!("; it counts until {on}, when that was told"),
                )
            });
            let description = Description::new(
                format!("{member}与{relative}的近亲属关系于{ended_on}终止{until_zh}。"),
                format!("{member} and {relative} were near relatives until {ended_on}{until_en}."),
            );
            description.law(SUPERVISION)
        }
        Event::TopicListed(listed) => {
            let (code, title) = (&listed.code, &listed.title);
            let (zh, en) = listed.responsible.map_or_else(Default::default, |who| {
                let (zh, en) = (who.zh(), who.en());
                (format!(",由{zh}负责"), format!("; the {en} is responsible"))
            });
            let description = Description::new(
                format!("{}增列{code}“{title}”{zh}。", listed.list.zh()),
                format!("The {} list grew by {code}, \"{title}\"{en}.", listed.list.en()),
            );
            description.rule("topics")
        }
        Event::HouseholdsStated(stated) => {
            let (households, as_of, source) = (stated.households, stated.as_of, &stated.source);
            Description::new(
                format!("截至{as_of}共{households}户(来源:{source})。"),
                format!("There are {households} households as of {as_of} (source: {source})."),
            )
        }
        Event::MeetingHeld(held) => {
            let (meeting, on) = (held.meeting, held.held_on);
            let (zh, en) =
                if held.backfilled { ("(补录)", " and entered late") } else { ("", "") };
            Description::new(
                format!("{on}召开的会议{meeting}{zh}已封存会议记录。"),
                format!("The minutes of meeting {meeting}, held on {on}{en}, were sealed."),
            )
        }
        Event::MeetingMissed(missed) => {
            let month = missed.month;
            let description = Description::new(
                format!("{month}没有已封存会议记录的会议,记为当月未议事。"),
                format!("No meeting of {month} has sealed minutes; the month counts as missed."),
            );
            description.rule("minutes_days")
        }
    }
}

fn election(elected: &SupervisorsElected) -> Description {
    let SupervisorsElected { election, held_on, body, way, elected: who, result, recorder, .. } =
        elected;
    let (count, people, shows) = (who.len(), list(who), evidence(&elected.evidence));
    let account = &recorder.account;
    let description = Description::new(
        format!(
            "第{election}次推选监督小组:{held_on}由{}{}{count}人:{people};结果“{result}”{};由账号{account}登记。",
            body.zh(),
            way.zh(),
            shows.zh
        ),
        format!(
            "Election {election} of supervisors, on {held_on} by the {} ({}), of {count}: {people:#}; it came out \"{result}\"{}; recorded by the account {account}.",
            body.en(),
            way.en(),
            shows.en
        ),
    );
    description.law(SUPERVISION)
}

fn appointment(appointed: &MemberAppointed) -> Description {
    let MemberAppointed {
        group,
        member,
        capacity,
        from,
        until,
        election,
        relatives,
        sealed,
        sealed_here,
    } = appointed;
    let (chosen_zh, chosen_en) = election.map_or_else(Default::default, |number| {
        (format!(",依据第{number}次推选"), format!(", by election {number}"))
    });
    let (near_zh, near_en) = if relatives.is_empty() {
        (String::new(), String::new())
    } else {
        let (count, who) = (relatives.len(), list(relatives));
        (
            format!(";申报近亲属{count}人:{who}"),
            format!("; {count} near relatives declared: {who:#}"),
        )
    };
    let (sealed_zh, sealed_en) =
        sealed_here.as_ref().or(sealed.as_ref()).map_or_else(Default::default, |sealed| {
            let sealed = short(sealed);
            (
                format!(";姓名和电话封存,摘要{sealed}…"),
                format!("; name and telephone are sealed under digest {sealed}…"),
            )
        });
    let description = Description::new(
        format!(
            "{member}任{}成员({}),任期{from}至{until}{chosen_zh}{near_zh}{sealed_zh}。",
            group.zh(),
            capacity.zh()
        ),
        format!(
            "{member} became a member of the group {} as {}, from {from} to {until}{chosen_en}{near_en}{sealed_en}.",
            group.en(),
            capacity.en()
        ),
    );
    let description = description.rule("term_years");
    match group {
        Group::Supervision | Group::LeadingGroup => description.law(SUPERVISION),
        Group::Council
        | Group::Representatives
        | Group::PartyBranch
        | Group::LegalAdviser
        | Group::Backbone => description,
    }
}
