use domain::rulebook::Rule;

use super::*;

#[test]
fn every_rule_has_a_name_and_a_source() {
    // Earlier versions stated what belongs to a campaign now.
    let earlier = ["county_total", "administrator_deadline", "squad_deadline"];
    let named = NAMES.iter().map(|(rule, ..)| *rule).filter(|rule| !earlier.contains(rule));
    let sources = Adopted::shipped().rules.sources();
    assert_eq!(
        named.collect::<Vec<_>>(),
        sources.iter().map(|(rule, _)| *rule).collect::<Vec<_>>()
    );
    for (rule, source) in sources {
        let rule = Basis::Rule(rule);
        let cited = Rulebooks::new([]).cite(0, &rule, Lang::Zh).unwrap();
        assert!(cited.ends_with(&format!(" ({source})")), "{cited}");
    }
}

#[test]
fn a_figure_of_deliberation_is_told_too() {
    let cited = Rulebooks::new([]).cite(0, &Basis::Rule("step_days"), Lang::Zh).unwrap();
    assert!(cited.starts_with("未另定期限环节的天数 = 10 ("), "{cited}");
}

#[test]
fn a_deadline_is_told_in_county_time_and_an_unknown_version_is_said() {
    let rule = Basis::Rule("administrator_deadline");
    let mut stated = Adopted { version: 1, ..Adopted::shipped().clone() };
    let deadline = Rule { value: "2021-11-23T04:00:00Z".parse().unwrap(), source: "通知".into() };
    stated.rules.administrator_deadline = Some(deadline);
    let cited = Rulebooks::new([stated]).cite(1, &rule, Lang::En).unwrap();
    assert_eq!(cited, "administrator deadline = 2021-11-23 12:00:00 (通知)");
    let cited = Rulebooks::new([]).cite(0, &rule, Lang::En).unwrap();
    assert_eq!(cited, "administrator deadline (this version does not state it)");
    let unknown = Rulebooks::new([]).cite(8, &rule, Lang::En).unwrap();
    assert!(unknown.contains("holds no such version"), "{unknown}");
}
