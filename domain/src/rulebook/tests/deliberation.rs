//! The figures of 援法议事.

use super::*;
use crate::TopicCode;
use crate::meeting::{Body, Form, Matter};
use crate::station::List;

type Change = fn(&mut Deliberation);

/// A version that differs from the shipped one in this.
fn adopt_with(change: impl FnOnce(&mut Deliberation)) -> Command {
    adopt("2022-01-01", |rules| change(rules.deliberation.as_mut().unwrap()))
}

fn part(numerator: u8, denominator: u8, more_than: bool) -> Part {
    Part { numerator, denominator, more_than }
}

#[test]
fn the_shipped_figures_are_the_law_s() {
    let shipped = Adopted::shipped().rules.deliberation();
    assert_eq!(shipped.misfit(), None);
    assert!(shipped.sources().iter().all(|(_, source)| source.chars().count() > 5));
    let (more_than_half, two_thirds) = (part(1, 2, true), part(2, 3, false));
    // 村民委员会组织法 §22, §26; 民法典 §278; the council is ours.
    for (body, quorum, ordinary, major, by_area) in [
        (Body::Council, more_than_half, more_than_half, two_thirds, false),
        (Body::Villagers, more_than_half, more_than_half, more_than_half, false),
        (Body::Representatives, two_thirds, more_than_half, more_than_half, false),
        (Body::Owners, two_thirds, more_than_half, part(3, 4, false), true),
    ] {
        let rule = shipped.body(body).unwrap();
        assert_eq!((rule.quorum, rule.by_area), (quorum, by_area), "{body:?}");
        let agreeing = Matter::ALL.iter().map(|&matter| rule.agreeing(matter));
        assert_eq!(agreeing.collect::<Vec<_>>(), [ordinary, major], "{body:?}");
    }
    let on = |list| shipped.topics.iter().filter(|topic| topic.list == list).count();
    assert_eq!((on(List::General), on(List::Estate)), (8, 11));
    assert!(shipped.topics.iter().all(|topic| shipped.topic(&topic.code) == Some(topic)));
    assert_eq!(shipped.topic(&"G9".parse().unwrap()), None);
}

#[test]
fn a_figure_out_of_range_is_refused_and_one_at_the_edge_is_taken() {
    type Figure = fn(&mut Deliberation) -> &mut Rule<u8>;
    let table: [(&str, Figure, &[u8], &[u8]); 7] = [
        ("answer_days", |it| &mut it.answer_days, &[1, 90], &[0, 91]),
        ("resolution_notice_days", |it| &mut it.resolution_notice_days, &[1, 90], &[0, 91]),
        ("step_days", |it| &mut it.step_days, &[1, 90], &[0, 91]),
        ("minutes_days", |it| &mut it.minutes_days, &[0, 27], &[28, u8::MAX]),
        ("term_years", |it| &mut it.term_years, &[1, 10], &[0, 11]),
        ("routing_days", |it| it.routing_days.as_mut().unwrap(), &[1, 90], &[0, 91]),
        ("survey_target_percent", |it| &mut it.survey_target_percent, &[0, 100], &[101]),
    ];
    for (name, figure, taken, refused) in table {
        taken.iter().for_each(|&n| judge(|it| figure(it).value = n, true, name));
        refused.iter().for_each(|&n| judge(|it| figure(it).value = n, false, name));
    }
    for (replies, taken) in [(1, false), (2, true), (10_000, true), (10_001, false)] {
        let change = |it: &mut Deliberation| it.survey_minimum_replies.value = replies;
        judge(change, taken, "survey_minimum_replies");
    }
}

/// Taken, or refused by the name of this figure.
#[track_caller]
fn judge(change: impl Fn(&mut Deliberation), taken: bool, figure: &str) {
    let mut changed = Adopted::shipped().rules.deliberation().clone();
    change(&mut changed);
    assert_eq!(changed.misfit().map(|(name, _)| name), (!taken).then_some(figure));
    let outcome = given::<Rulebook>([]).when(adopt_with(change));
    if taken {
        outcome.granted();
    } else {
        outcome.refused("rulebook.figure");
    }
}

/// A version that says nothing of it leaves the shipped procedure in force.
#[test]
fn the_procedure_has_figures_of_its_own() {
    let shipped = Adopted::shipped().rules.deliberation();
    let silent = Deliberation { procedure: None, ..shipped.clone() };
    assert_eq!(silent.procedure(), shipped.procedure());
    assert_eq!(silent.sources(), shipped.sources());
    let with = |change: fn(&mut Procedure)| {
        move |it: &mut Deliberation| {
            let mut procedure = it.procedure().clone();
            change(&mut procedure);
            it.procedure = Some(Box::new(procedure));
        }
    };
    judge(with(|it| it.proxies_per_person.value = 10), true, "proxies_per_person");
    judge(with(|it| it.proxies_per_person.value = 11), false, "proxies_per_person");
    judge(with(|it| it.legal_bodies.value = vec![Body::Council; 5]), false, "legal_bodies");
    let forms = |forms: Vec<Form>| {
        move |it: &mut Deliberation| {
            let mut procedure = it.procedure().clone();
            let source = procedure.voting_forms().source.clone();
            procedure.voting_forms = Some(Rule { value: forms.clone(), source });
            it.procedure = Some(Box::new(procedure));
        }
    };
    judge(forms(Form::ALL.to_vec()), true, "voting_forms");
    judge(forms(vec![]), false, "voting_forms");
    judge(forms([Form::ALL, &[Form::Room]].concat()), false, "voting_forms");
    let older = Procedure { voting_forms: None, ..shipped.procedure().clone() };
    assert_eq!(**older.voting_forms(), [Form::Room]);
    type Codes = fn(&mut Procedure) -> &mut Vec<TopicCode>;
    let lists: [(&str, Codes); 3] = [
        ("legal_topics", |it| &mut it.legal_topics.value),
        ("secret_topics", |it| &mut it.secret_topics.value),
        ("great_matters", |it| &mut it.great_matters.value),
    ];
    for (name, codes) in lists {
        let with = |few: &'static str, count| {
            move |it: &mut Deliberation| {
                let mut procedure = it.procedure().clone();
                *codes(&mut procedure) = vec![serde_json::from_value(few.into()).unwrap(); count];
                it.procedure = Some(Box::new(procedure));
            }
        };
        judge(with("G1", 200), true, name);
        judge(with("G1", 201), false, name);
        judge(with("a b", 1), false, name);
    }
}

#[test]
fn each_body_has_one_rule_that_can_be_met() {
    let table: [(Change, bool); 12] = [
        (|it| it.bodies.value.clear(), false),
        (|it| it.bodies.value.truncate(3), false),
        (|it| it.bodies.value.extend(it.bodies.value[..1].to_vec()), false),
        (|it| it.bodies.value[0].body = Body::Owners, false),
        (|it| it.bodies.value[0].quorum = part(0, 2, false), false),
        (|it| it.bodies.value[1].majority = part(0, 0, false), false),
        (|it| it.bodies.value[2].major_majority = part(3, 2, false), false),
        (|it| it.bodies.value[3].quorum = part(1, 1, true), false),
        (|it| it.bodies.value[3].quorum = part(1, 1, false), true),
        (|it| it.bodies.value[0].majority = part(1, 255, true), true),
        (|it| it.bodies.value[0].major_majority = part(254, 255, true), true),
        (|it| it.bodies.value.reverse(), true),
    ];
    for (change, taken) in table {
        judge(change, taken, "bodies");
    }
}

/// 基层援法议事工作方案 三(一)、三(三).
#[test]
fn groups_consist_of_whom_the_programme_names() {
    use crate::station::{Capacity as C, Group as G, Level};
    let shipped = Adopted::shipped().rules.deliberation();
    for (level, group, head, members) in [
        (Level::Town, G::LeadingGroup, Some(C::TownLeader), &[][..]),
        (
            Level::Village,
            G::LeadingGroup,
            Some(C::BranchSecretary),
            &[
                C::CommitteeMember,
                C::LegalAdviser,
                C::GridWorker,
                C::Mediator,
                C::LegalReader,
                C::Representative,
            ],
        ),
        (
            Level::Village,
            G::Supervision,
            None,
            &[C::RetiredPartyMember, C::Representative, C::Volunteer],
        ),
        (
            Level::Village,
            G::Backbone,
            None,
            &[
                C::LegalReader,
                C::Volunteer,
                C::GridWorker,
                C::LegalAdviser,
                C::ExcellentPartyMember,
            ],
        ),
    ] {
        let of = |one: &&Composition| (one.level, one.group) == (level, group);
        let found = shipped.compositions().iter().find(of).unwrap();
        assert_eq!((found.head, &*found.members), (head, members), "{level:?} {group:?}");
    }
    type Listing = fn(&mut Vec<Composition>);
    let table: [(Listing, bool); 5] = [
        (|it| it.push(it[0].clone()), false),
        (|it| it[0].head = None, false),
        (|it| it[1].members.push(C::GridWorker), false),
        (|it| it[1].members.push(C::BranchSecretary), false),
        (Vec::clear, true),
    ];
    for (change, taken) in table {
        let change = |it: &mut Deliberation| change(&mut it.compositions.as_mut().unwrap().value);
        judge(change, taken, "compositions");
    }
}

/// A version stored before compositions were leaves the shipped ones in force.
#[test]
fn a_version_without_compositions_has_the_shipped_ones() {
    let shipped = Adopted::shipped().rules.deliberation();
    let mut before = shipped.clone();
    before.compositions = None;
    assert_eq!(before.compositions(), shipped.compositions());
    assert_eq!(before.misfit(), None);
}

#[test]
fn each_topic_has_its_own_code_and_a_title() {
    let table: [(Change, bool); 7] = [
        (|it| it.topics.value.clear(), false),
        (|it| it.topics.value[0].code = serde_json::from_str(r#""a b""#).unwrap(), false),
        (|it| it.topics.value[1].code = it.topics.value[0].code.clone(), false),
        (|it| it.topics.value[0].title = " ".into(), false),
        (|it| it.topics.value[0].title = "题".repeat(81).into(), false),
        (|it| it.topics.value[0].title = "题".repeat(80).into(), true),
        (|it| it.topics.value.truncate(1), true),
    ];
    for (change, taken) in table {
        judge(change, taken, "topics");
    }
    let many = |count: usize| {
        adopt_with(move |it| {
            let topic = it.topics.value[0].clone();
            let numbered =
                |n: usize| Topic { code: n.to_string().parse().unwrap(), ..topic.clone() };
            it.topics.value = (0..count).map(numbered).collect();
        })
    };
    given::<Rulebook>([]).when(many(200)).granted();
    given::<Rulebook>([]).when(many(201)).refused("rulebook.figure");
}

#[test]
fn each_figure_cites_its_source() {
    let changes: [Change; 10] = [
        |it| it.answer_days.source = "".into(),
        |it| it.resolution_notice_days.source = "".into(),
        |it| it.step_days.source = "".into(),
        |it| it.minutes_days.source = "".into(),
        |it| it.term_years.source = "".into(),
        |it| it.compositions.as_mut().unwrap().source = "".into(),
        |it| it.bodies.source = "".into(),
        |it| it.survey_minimum_replies.source = "".into(),
        |it| it.survey_target_percent.source = "".into(),
        |it| it.topics.source = " ".into(),
    ];
    for change in changes {
        given::<Rulebook>([]).when(adopt_with(change)).refused("rulebook.uncited");
    }
}

#[test]
fn a_part_is_met_by_whole_numbers() {
    let (two_thirds, more_than_half) = (part(2, 3, false), part(1, 2, true));
    for (part, count, whole, met) in [
        (two_thirds, 0, 0, false),
        (two_thirds, 5, 0, false),
        (two_thirds, 0, 3, false),
        (two_thirds, 1, 3, false),
        (two_thirds, 2, 3, true),
        (two_thirds, 3, 3, true),
        (two_thirds, 6, 10, false),
        (two_thirds, 7, 10, true),
        (two_thirds, 66, 100, false),
        (two_thirds, 67, 100, true),
        (more_than_half, 0, 0, false),
        (more_than_half, 1, 1, true),
        (more_than_half, 1, 2, false),
        (more_than_half, 2, 3, true),
        (more_than_half, 50, 100, false),
        (more_than_half, 51, 100, true),
        (part(1, 2, false), 50, 100, true),
        (part(3, 4, false), 74, 99, false),
        (part(3, 4, false), 75, 100, true),
        (part(1, 1, false), 99, 100, false),
        (part(1, 1, false), 100, 100, true),
        (part(255, 255, false), u64::MAX - 1, u64::MAX, false),
        (part(255, 255, false), u64::MAX, u64::MAX, true),
        (part(254, 255, true), u64::MAX, u64::MAX, true),
    ] {
        assert_eq!(part.is_met(count, whole), met, "{count} of {whole}: {part}");
    }
    assert_eq!(format!("{two_thirds}, {more_than_half}"), "≥ 2/3, > 1/2");
}

#[test]
fn a_version_that_says_nothing_of_it_leaves_the_shipped_figures_in_force() {
    let silent = |rules: &mut Rules| rules.deliberation = None;
    let own = |rules: &mut Rules| {
        rules.deliberation.as_mut().unwrap().resolution_notice_days.value = 15;
    };
    let book = given::<Rulebook>([])
        .when(adopt("2022-01-01", own))
        .then([adopted(1, "2022-01-01", own)])
        .when(adopt("2022-07-01", silent))
        .then([adopted(2, "2022-07-01", silent)]);
    let in_force = |on| book.state().in_force(day(on)).rules.deliberation().clone();
    assert_eq!(*in_force("2022-06-30").resolution_notice_days, 15);
    assert_eq!(in_force("2022-07-01"), *Adopted::shipped().rules.deliberation());
}

#[test]
fn a_version_reads_back_with_and_without_it() {
    let mut rules = Adopted::shipped().rules.clone();
    let json = serde_json::to_value(&rules).unwrap();
    assert_eq!(json["deliberation"]["bodies"]["value"][3]["major_majority"]["numerator"], 3);
    assert_eq!(serde_json::from_value::<Rules>(json).unwrap(), rules);
    rules.deliberation = None;
    let json = serde_json::to_value(&rules).unwrap();
    assert_eq!(json.get("deliberation"), None);
    assert_eq!(serde_json::from_value::<Rules>(json).unwrap(), rules);
}

/// 附件1, word for word; who is responsible (细化、补充清单内容,明确职责分工) is the county's to say.
#[test]
fn the_list_of_topics_is_that_of_the_document() {
    let listed = [
        "对村(社区)管理规约、村民公约等的制定或者修改、涉及居民权益的政策制度和调整",
        "对村(社区)内环境卫生存在问题(如随意倾倒垃圾、粪便的)共同商讨治理方案",
        "对村(社区)公共空间治理问题研究制定解决方案",
        "对村(社区)公共设施维护问题进行商讨",
        "共同商讨村(社区)文化活动开展形式、开展主题",
        "对村(社区)的配套服务设施(篮球场、儿童游乐园、中心广场)的维修、养护和管理进行商讨",
        "群众各类矛盾纠纷协调及相互沟通化解工作",
        "其他需要通过“援法议事”解决的事情",
        "对小区内停车位划分、停车位收费方案进行商讨",
        "对小区内车辆乱停乱放问题进行协商处理",
        "对小区内集中充电桩的增设、选址、安装等问题进行意见征求",
        "对小区内共用绿地改造问题进行商讨",
        "对小区内污水管道改造问题进行商讨",
        "对小区居民楼楼道杂物摆放问题商讨清理方案",
        "对小区内毁绿种菜的问题商讨解决方案",
        "对小区内“僵尸车”的清理问题商讨解决方案",
        "对小区内业主装修时间、噪声扰民等问题商讨解决方案",
        "对治理小区墙面上广告乱贴乱花行为商讨解决方案",
        "其他需要通过“援法议事”解决的事情",
    ];
    let shipped = Adopted::shipped().rules.deliberation();
    let titles: Vec<&str> = shipped.topics.iter().map(|topic| &*topic.title).collect();
    assert_eq!(titles, listed);
    assert!(shipped.topics.iter().all(|topic| shipped.responsible(&topic.code).is_some()));
    let stated = shipped.responsibilities.as_ref().unwrap();
    assert_eq!((stated.value.len(), &*stated.source), (19, "本程序默认值,由县确定"));
    judge(
        |it| {
            let stated = &mut it.responsibilities.as_mut().unwrap().value;
            stated.push(stated[0].clone());
        },
        false,
        "responsibilities",
    );
}

/// A version adopted before a figure was asked for leaves the shipped one in force.
#[test]
fn what_an_earlier_version_does_not_state_is_as_shipped() {
    let mut rules = Adopted::shipped().rules.clone();
    (rules.towns_count_villages, rules.population_share) = (None, None);
    let mut figures = rules.deliberation().clone();
    (figures.routing_days, figures.responsibilities) = (None, None);
    rules.deliberation = Some(Box::new(figures));
    let figures = rules.deliberation();
    assert_eq!(**figures.routing_days(), 15);
    assert_eq!(figures.responsible(&"G2".parse().unwrap()), None, "the leading group");
    assert!(rules.towns_count_villages());
    let share = rules.population_share();
    assert_eq!((share.percent, share.by), (15, jiff::civil::date(2025, 12, 31)));
    assert_eq!(share.required(503_701), 75_556);
    let sources = rules.sources();
    for rule in ["towns_count_villages", "population_share", "routing_days"] {
        assert!(sources.iter().any(|(named, _)| *named == rule), "{rule}");
    }
    assert_eq!(rules.check().err(), None);
}
