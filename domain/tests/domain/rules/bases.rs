//! On which figure, and on which source, a refusal rests.

use super::super::sources::cited;
use super::{figure, plain};

/// By code: figures by their names in the rulebook, or places of [`domain::sources::SOURCES`].
const BASES: &[(&str, &[&str])] = &[
    ("activity.emergency_late", &["emergency_publish_hours"]),
    ("activity.emergency_over", &["emergency_publish_hours"]),
    ("activity.minor_in_danger", &["志愿服务条例 §15(参照)"]),
    ("activity.risk_not_assessed", &["志愿服务条例 §17(参照)"]),
    ("bulletin.no_units", &["关于组建法治志愿者队伍的通知 五(四)"]),
    ("comparison.no_rows", &["关于组建法治志愿者队伍的通知 五(四)"]),
    ("issue.answer_not_due", &["answer_days", "基层援法议事工作方案 三(二)"]),
    ("issue.no_answer_due", &["answer_days", "基层援法议事工作方案 三(二)"]),
    ("issue.routing_due", &["routing_days"]),
    ("issue.routing_not_due", &["routing_days"]),
    ("issue.in_room", &["基层援法议事工作方案 三(二)"]),
    ("issue.not_listed", &["topics"]),
    ("issue.not_triaged", &["topics"]),
    ("issue.approver_not_leading", &["基层援法议事工作方案 三(五)"]),
    ("issue.no_approver", &["基层援法议事工作方案 三(五)"]),
    ("issue.unratified", &["基层援法议事工作方案 三(五)"]),
    ("issue.awaits_meeting", &["基层援法议事工作方案 三(五)"]),
    ("issue.awaits_resolution", &["基层援法议事工作方案 三(五)"]),
    ("issue.not_great", &["great_matters"]),
    ("issue.steps_taken", &["great_matters"]),
    ("issue.step_out_of_turn", &["great_matters"]),
    ("issue.step_too_early", &["great_matters"]),
    ("issue.step_unproven", &["great_matters"]),
    ("meeting.no_rule", &["bodies"]),
    ("meeting.short_notice", &["bodies"]),
    ("meeting.no_quorum", &["bodies"]),
    ("meeting.too_few_votes", &["bodies"]),
    ("meeting.in_person", &["民法典 §278(参照)"]),
    ("meeting.too_many_proxies", &["proxies_per_person"]),
    ("meeting.no_adviser", &["legal_topics", "legal_bodies"]),
    ("meeting.no_opinion", &["legal_topics", "legal_bodies"]),
    ("meeting.secret_topic", &["secret_topics"]),
    ("meeting.open_topic", &["secret_topics"]),
    ("meeting.great_matter", &["great_matters"]),
    ("meeting.unprepared", &["great_matters"]),
    ("meeting.unlisted", &["topics", "great_matters"]),
    ("meeting.box_opened", &["secret_topics"]),
    ("meeting.lists_exceed", &["民法典 §278"]),
    ("meeting.no_report", &["基层援法议事工作方案 三(五)"]),
    ("meeting.no_process", &["基层援法议事工作方案 三(五)"]),
    ("meeting.no_result", &["基层援法议事工作方案 三(五)"]),
    ("meeting.no_recorder", &["基层援法议事工作方案 附件3"]),
    ("notice.period_over", &["notice_days"]),
    ("notice.too_early", &["notice_days"]),
    ("notice.answer_in_time", &["objection_answer_days"]),
    ("notice.with_above", &["objection_answer_days"]),
    ("notice.may_go_up", &["objection_answer_days"]),
    ("points.unknown_item", &["redeemables"]),
    ("points.insufficient", &["redeemables"]),
    ("resolution.not_open", &["resolution_notice_days"]),
    ("resolution.too_early", &["resolution_notice_days"]),
    ("resolution.not_publicised", &["基层援法议事工作方案 三(五)"]),
    ("resolution.open_objection", &["基层援法议事工作方案 三(五)"]),
    ("resolution.not_closed", &["基层援法议事工作方案 三(五)"]),
    ("resolution.answer_in_time", &["objection_answer_days"]),
    ("resolution.with_the_town", &["objection_answer_days"]),
    ("resolution.in_time", &["step_days"]),
    ("resolution.not_claimed", &["基层援法议事工作方案 三(五)"]),
    ("resolution.not_in_supervision", &["基层援法议事工作方案 三(三)"]),
    ("resolution.verifier_voted", &["村民委员会组织法 §32(参照)"]),
    ("resolution.not_verified", &["基层援法议事工作方案 三(五)"]),
    ("resolution.branch_not_informed", &["基层援法议事工作方案 三(五)"]),
    ("resolution.meeting_not_informed", &["基层援法议事工作方案 三(五)"]),
    ("resolution.not_reported", &["基层援法议事工作方案 三(五)"]),
    ("rulebook.personal_data", &["个人信息保护法 §6"]),
    ("service.longer_than_itself", &["民政部令第67号 §4–8"]),
    ("service.longer_than_presence", &["民政部令第67号 §4–8"]),
    ("service.outside_activity", &["民政部令第67号 §4–8"]),
    ("service.in_time", &["record_within_working_days"]),
    ("service.late", &["record_within_working_days"]),
    ("service.late_provisionally", &["record_within_working_days"]),
    ("service.not_disputed", &["民政部令第67号 §13"]),
    ("service.under_dispute", &["民政部令第67号 §13"]),
    ("squad.attributed_unit", &["关于组建法治志愿者队伍的通知 三(一)"]),
    ("squad.no_headcount", &["member_percent"]),
    ("squad.not_approved", &["关于组建法治志愿者队伍的通知 五(四)"]),
    ("squad.too_few", &["member_percent"]),
    ("squad.too_few_party", &["party_percent"]),
    ("station.no_evidence", &["基层援法议事工作方案 五"]),
    ("station.item_not_there", &["基层援法议事工作方案 五"]),
    ("station.no_estate", &["基层援法议事工作方案 附件1"]),
    ("station.too_many_topics", &["基层援法议事工作方案 三(四)"]),
    ("station.term_too_long", &["term_years"]),
    ("station.meeting_was_held", &["基层援法议事工作方案 三(五)"]),
    ("station.minutes_not_due", &["minutes_days", "基层援法议事工作方案 三(五)"]),
    ("station.opened_later", &["基层援法议事工作方案 三(五)"]),
    ("station.called_by_others", &["基层援法议事工作方案 三(五)"]),
    ("station.town_owes_none", &["基层援法议事工作方案 三(一)"]),
    ("station.not_by_election", &["村民委员会组织法 §32(参照)"]),
    ("station.council_elects", &["村民委员会组织法 §32(参照)"]),
    ("station.nobody_behind", &["村民委员会组织法 §32(参照)"]),
    ("station.election_day", &["term_years"]),
    ("station.own_kinship", &["村民委员会组织法 §32(参照)"]),
    ("unit.no_division", &["population_share"]),
    ("unit.not_a_department", &["关于组建法治志愿者队伍的通知 三(一)"]),
    ("unit.not_attributable", &["关于组建法治志愿者队伍的通知 三(一)"]),
    ("unit.has_squad", &["关于组建法治志愿者队伍的通知 三(一)"]),
    ("value.personal_data", &["个人信息保护法 §6"]),
    ("volunteer.erased", &["个人信息保护法 §47"]),
    ("reading.no_purpose", &["个人信息保护法 §6"]),
    ("meeting.not_listed", &["topics"]),
    ("roster.consent", &["志愿服务条例 §25"]),
    ("roster.guardian", &["民法典 §19–20(参照)"]),
    ("vault.erased", &["个人信息保护法 §47"]),
];

/// What it rests on, and what its sentence cites.
pub fn of(code: &str, zh: &str) -> String {
    let stated = BASES.iter().filter(|(of, _)| *of == code).flat_map(|(_, bases)| *bases);
    let mut all: Vec<String> = stated.map(|basis| told(basis)).collect();
    let like = if zh.contains("参照") { "(参照)" } else { "" };
    for source in cited(zh).unwrap() {
        let place = format!("{} {}", source.title, source.place);
        if !all.iter().any(|told| told.contains(&place)) {
            all.push(place + like);
        }
    }
    all.join("; ")
}

fn told(basis: &str) -> String {
    let Some((value, source)) = figure(basis) else {
        return basis.to_owned();
    };
    let shown = if value.is_number() { format!(" = {}", plain(&value)) } else { String::new() };
    format!("`{basis}`{shown} ({source})")
}

#[test]
fn a_basis_is_a_figure_or_a_source_that_exists() {
    for (code, bases) in BASES {
        for basis in *bases {
            let exists =
                figure(basis).is_some() || cited(basis).is_ok_and(|found| !found.is_empty());
            assert!(exists, "{code}: {basis}");
        }
    }
}
