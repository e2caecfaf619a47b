//! What may be asked at which stage, each against each.

use super::*;

/// Every stage, with the steps of telling apart: unadopted, Adopted, Open, awaiting correction (X), Clean,
/// Executing, claimed (L), Verified, Branch informed, Meeting informed, completed (D), Withdrawn.
fn stages() -> [(char, Scene<Resolution>); 12] {
    [
        ('-', given([])),
        ('A', adopted()),
        ('O', open()),
        ('X', awaiting_correction()),
        ('C', clean()),
        ('E', executing()),
        ('L', claimed()),
        ('V', verified()),
        ('B', branch_informed()),
        ('M', meeting_informed()),
        ('D', completed()),
        ('W', clean().when(withdraw_from_above()).granted()),
    ]
}

/// Who asks; what; at which stages it is granted; how it is refused at others, `else` last.
type Row = (u64, Command, &'static str, &'static [(&'static str, &'static str)]);

const NOBODY: u64 = 99;
const PUBLICISED: &str = "OXCELVBMD";
const NO_SUCH: &[(&str, &str)] =
    &[("A", "resolution.not_publicised"), (PUBLICISED, "resolution.unknown_objection")];

/// All rows are asked on 2022-01-10, long after every period and last day.
fn rows() -> Vec<Row> {
    let extend = Command::Extend { to: day("2022-01-20"), reason: text("雨天无法施工") };
    let report = Command::Report { note: text("已完成选址"), evidence: vec![] };
    let supervision = || supervisor(SUPERVISOR);
    vec![
        (NOBODY, Command::Adopt(the_adopted()), "-", &[("else", "resolution.already_adopted")]),
        (NOBODY, publicise(), "A", &[("else", "resolution.already_publicised")]),
        (NOBODY, object(), PUBLICISED, &[("A", "resolution.not_publicised")]),
        (NOBODY, answer(9, Verdict::Dismissed, true), "", NO_SUCH),
        (NOBODY, Command::MissAnswer { objection: 9 }, "", NO_SUCH),
        (NOBODY, Command::EscalateObjection { objection: 9 }, "", NO_SUCH),
        (NOBODY, correct(), "X", &[("else", "resolution.not_awaiting_correction")]),
        (NOBODY, withdraw(), "X", &[("D", "resolution.completed"), ("else", "resolution.stands")]),
        (NOBODY, withdraw_from_above(), "AOXCELVBM", &[("D", "resolution.completed")]),
        (
            NOBODY,
            Command::CloseNotice,
            "O",
            &[("X", "resolution.awaiting_correction"), ("else", "resolution.not_open")],
        ),
        (
            NOBODY,
            assign(EXECUTOR, "2022-01-20"),
            "C",
            &[("E", "resolution.same_executor"), ("else", "resolution.not_closed")],
        ),
        (
            NOBODY,
            assign(4, "2021-12-20"),
            "E",
            &[("C", "resolution.due_in_past"), ("else", "resolution.not_closed")],
        ),
        (EXECUTOR, report, "E", &[("else", "resolution.not_executing")]),
        (NOBODY, extend, "E", &[("else", "resolution.not_executing")]),
        (NOBODY, Command::RecordOverdue, "E", &[("else", "resolution.not_executing")]),
        (EXECUTOR, claim(), "E", &[("else", "resolution.not_executing")]),
        (SUPERVISOR, send_back(supervision(), None), "L", &[("else", "resolution.not_claimed")]),
        (SUPERVISOR, verify(supervision()), "L", &[("else", "resolution.not_claimed")]),
        (
            NOBODY,
            inform_branch(),
            "LV",
            &[
                ("E", "resolution.nothing_found"),
                ("BM", "resolution.branch_knows"),
                ("else", "resolution.not_verified"),
            ],
        ),
        (
            NOBODY,
            inform_meeting(Some("2022-01-10")),
            "B",
            &[
                ("V", "resolution.branch_not_informed"),
                ("M", "resolution.meeting_knows"),
                ("else", "resolution.not_verified"),
            ],
        ),
        (
            NOBODY,
            publicise_completion(),
            "M",
            &[
                ("V", "resolution.branch_not_informed"),
                ("B", "resolution.meeting_not_informed"),
                ("else", "resolution.not_verified"),
            ],
        ),
        (NOBODY, reopen(), "VBMD", &[("else", "resolution.not_done")]),
    ]
}

fn refusal(stage: char, command: &Command, refusals: &[(&str, &'static str)]) -> &'static str {
    match (stage, command) {
        (_, Command::Adopt(_)) => "resolution.already_adopted",
        ('-', _) => "resolution.unadopted",
        ('W', _) => "resolution.withdrawn",
        _ => refusals.iter().find(|(at, _)| *at == "else" || at.contains(stage)).unwrap().1,
    }
}

#[test]
fn each_stage_grants_what_the_regulation_says_and_nothing_else() {
    for (who, command, granted, refusals) in rows() {
        for (stage, scene) in stages() {
            let scene = scene.at("2022-01-10T12:00:00+08:00").by(account(who));
            let outcome = scene.when(command.clone());
            if granted.contains(stage) {
                outcome.granted();
            } else {
                outcome.refused(refusal(stage, &command, refusals));
            }
        }
    }
}

#[test]
fn each_stage_has_its_name() {
    let names = stages().map(|(_, scene)| scene.state().stage().map(Stage::as_str));
    let expected = [
        None,
        Some("adopted"),
        Some("publicised"),
        Some("awaiting_correction"),
        Some("closed"),
        Some("executing"),
        Some("claimed"),
        Some("verified"),
        Some("verified"),
        Some("verified"),
        Some("completed"),
        Some("withdrawn"),
    ];
    assert_eq!(names, expected);
    assert_eq!(format!("{0} {0:#}", Stage::Closed), "公示期满 closed");
}

#[test]
fn others_learn_what_they_need_of_it() {
    let state = |scene: Scene<Resolution>| scene.state().clone();
    let nothing = state(given([]));
    assert_eq!((nothing.station(), nothing.issue(), nothing.title()), (None, None, None));
    assert_eq!((nothing.text(), nothing.deciders()), (None, &[][..]));
    let adopted = state(adopted());
    assert_eq!(adopted.station(), Some(&code("V1")));
    assert_eq!(adopted.issue(), Some(IssueId::from_bits(1)));
    assert_eq!(adopted.title(), Some(&text("增设垃圾收集点")));
    assert_eq!(adopted.deciders(), VOTERS.map(person));
    for scene in [executing(), claimed()] {
        let state = scene.state();
        let both = (state.executor(), state.due());
        assert_eq!(both, (Some(person(EXECUTOR)), Some(day("2021-12-20"))));
    }
    for scene in [clean(), verified(), completed()] {
        assert_eq!((scene.state().executor(), scene.state().due()), (None, None));
    }
}
