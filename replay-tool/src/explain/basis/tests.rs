use super::*;

#[test]
fn every_rule_has_a_name_and_a_source() {
    let named: Vec<&str> = NAMES.iter().map(|(rule, _)| *rule).collect();
    let sources = Adopted::shipped().rules.sources();
    assert_eq!(named, sources.iter().map(|(rule, _)| *rule).collect::<Vec<_>>());
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
    let cited = Rulebooks::new([]).cite(0, &rule, Lang::En).unwrap();
    assert!(cited.starts_with("administrator deadline = 2021-11-23 12:00:00 ("), "{cited}");
    let unknown = Rulebooks::new([]).cite(8, &rule, Lang::En).unwrap();
    assert!(unknown.contains("holds no such version"), "{unknown}");
}
