//! A sign-in sheet becomes service records by the ordinary command, with all its rules.

use application::imports::{ImportError, Imported, Mode, import_sign_in, undo};
use application::{Caller, Error};
use domain::service::Service;
use domain::{ActivityId, Minutes, PersonId, Role};
use tests::county::{County, TOWN, caller, refused, text};

const HEADER: &str = "活动编号,志愿者编号,签到,签退,分钟,备注";

struct Scene {
    county: County,
    activity: ActivityId,
    people: Vec<PersonId>,
}

impl Scene {
    /// An activity on 2021-11-12 from ten to one, which four people signed up for.
    async fn held() -> Self {
        let county = County::new().await;
        let mut people = Vec::new();
        for number in 1..=4 {
            people.push(county.member(number).await);
        }
        let activity = county.held(3, &people).await;
        Self { county, activity, people }
    }

    async fn import_as(
        &self,
        rows: &[String],
        dry_run: bool,
        caller: &Caller,
    ) -> Result<Imported, ImportError> {
        let table = format!("{HEADER}\n{}\n", rows.join("\n"));
        let mode = if dry_run { Mode::Preview } else { Mode::Import };
        let (app, activity) = (&self.county.app, Some(self.activity));
        import_sign_in(app, table.into_bytes(), activity, mode, caller, &|_, _| ()).await
    }

    async fn import(&self, rows: &[String]) -> Imported {
        self.import_as(rows, false, &self.county.recorder()).await.unwrap()
    }

    fn row(&self, person: usize, rest: &str) -> String {
        format!(",{},{rest}", self.people[person])
    }

    async fn records(&self, person: usize) -> Vec<(u32, String, String, Minutes, String)> {
        let read = |known: &Service| {
            let rows = known.entries().map(|(number, entry, _)| {
                let at = |moment: jiff::Timestamp| moment.to_string();
                let content = entry.content.to_string();
                (number, at(entry.started_at), at(entry.ended_at), entry.minutes, content)
            });
            rows.collect()
        };
        self.county
            .app
            .read_state::<Service, _>(&self.people[person].to_string(), read)
            .await
            .unwrap()
    }
}

fn problems(imported: &Imported) -> Vec<(u32, &str, &str)> {
    let problems = imported.problems.iter();
    problems.map(|problem| (problem.at().row, problem.column.as_str(), problem.code)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_become_records_that_somebody_else_attests() {
    let scene = Scene::held().await;
    let rows = [
        scene.row(0, "10:00,12:30,,发放宣传册"),
        scene.row(1, "10:15,13:00,120,"),
        scene.row(2, "上午10点半,,90分钟,"),
        scene.row(0, "2021-11-12 12:30,13:00,,"),
    ];
    let recorder = scene.county.recorder();
    let preview = scene.import_as(&rows, true, &recorder).await.unwrap();
    assert_eq!((preview.rows, preview.added, problems(&preview)), (4, 4, vec![]));
    assert!(scene.records(0).await.is_empty(), "a preview stores nothing");

    let imported = scene.import(&rows).await;
    assert_eq!((imported.added, imported.unchanged, problems(&imported)), (4, 0, vec![]));
    let at = |time: &str| format!("2021-11-12T{time}:00Z");
    assert_eq!(
        scene.records(0).await,
        [
            (1, at("02:00"), at("04:30"), Minutes(150), "发放宣传册".to_owned()),
            (2, at("04:30"), at("05:00"), Minutes(30), "法治宣传进村".to_owned()),
        ]
    );
    assert_eq!(scene.records(1).await[0].3, Minutes(120), "breaks do not count");
    assert_eq!(scene.records(2).await[0].2, at("04:00"));
    let (app, first) = (&scene.county.app, scene.people[0]);
    let attest = async |caller: Caller| app.attest_service(first, 1, None, &caller).await;
    let mut same = recorder.clone();
    same.actor.role = Role::Attester;
    same.command = uuid::Uuid::new_v4();
    assert_eq!(refused(attest(same).await), "service.self_attested");
    attest(scene.county.attester()).await.unwrap();

    let again = scene.import(&rows).await;
    assert_eq!((again.added, again.unchanged, problems(&again)), (0, 4, vec![]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_so_is_named_by_its_column() {
    let scene = Scene::held().await;
    let stranger = scene.county.member(9).await;
    let rows = [
        scene.row(0, "10:00,11:00,,"),
        scene.row(0, "10:30,11:30,,"),
        scene.row(1, "9:00,11:00,,"),
        scene.row(1, "11:00,11:00,,"),
        scene.row(1, "11:05,12:00,90,"),
        scene.row(1, "12:00,14:30,,"),
        ",V0123456789AB,10:00,11:00,,".to_owned(),
        format!(",{stranger},10:00,11:00,,"),
        format!("00000000-0000-4000-8000-000000000000,{},10:00,11:00,,", scene.people[2]),
    ];
    let expected = vec![
        (3, "签到", "sign_in.overlaps_row"),
        (4, "签到", "service.outside_activity"),
        (5, "签退", "service.backwards"),
        (6, "分钟", "service.longer_than_itself"),
        (7, "签退", "service.in_future"),
        (8, "志愿者编号", "sign_in.unknown_volunteer"),
        (9, "活动编号", "service.not_signed_up"),
        (10, "活动编号", "sign_in.other_activity"),
    ];
    let preview = scene.import_as(&rows, true, &scene.county.recorder()).await.unwrap();
    let imported = scene.import(&rows).await;
    assert_eq!((imported.rows, imported.added), (9, 1));
    assert_eq!(problems(&imported), expected);
    assert_eq!(problems(&preview), expected, "the preview said all of it before");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_is_compared_with_the_records_and_changes_none() {
    let scene = Scene::held().await;
    let (app, office) = (&scene.county.app, scene.county.office());
    scene.import(&[scene.row(0, "10:00,12:00,,"), scene.row(1, "10:00,12:00,,甲")]).await;
    let blank = scene.import(&[scene.row(1, "10:00,12:00,,")]).await;
    assert_eq!((blank.unchanged, problems(&blank)), (1, vec![]), "a blank cell says nothing");
    let other =
        scene.import(&[scene.row(0, "10:00,11:30,,乙"), scene.row(1, "10:00,12:00,,乙")]).await;
    assert_eq!(problems(&other), [(2, "签到", "sign_in.differs"), (3, "签到", "sign_in.differs")]);
    assert!(other.problems[0].zh.contains("签退、备注"), "{}", other.problems[0].zh);
    assert!(other.problems[1].zh.contains("不同的列:备注"), "{}", other.problems[1].zh);
    assert!(other.problems[1].zh.contains("services/1/correction"));

    app.void_service(scene.people[0], 1, text("记错人"), &office).await.unwrap();
    let voided = scene.import(&[scene.row(0, "10:00,12:00,,")]).await;
    assert_eq!(problems(&voided), [(2, "签到", "sign_in.voided")]);
    let mended = scene.import(&[scene.row(0, "10:30,12:00,,")]).await;
    assert_eq!((mended.added, problems(&mended)), (1, vec![]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_not_record_imports_no_sheet() {
    let scene = Scene::held().await;
    let rows = [scene.row(0, "10:00,11:00,,")];
    for role in [Role::Attester, Role::Volunteer, Role::Auditor, Role::CountyLeader] {
        let refusal = match scene.import_as(&rows, false, &caller(role, "A-X", Some(TOWN))).await {
            Err(ImportError::Service(error)) => refused(Err::<(), Error>(error)),
            other => panic!("{role:?}: {other:?}"),
        };
        assert_eq!(refusal, "permission.role");
    }
    let elsewhere = caller(Role::Recorder, "A-Y", Some("330225999"));
    let imported = scene.import_as(&rows, false, &elsewhere).await.unwrap();
    assert_eq!(problems(&imported), [(2, "", "permission.elsewhere")]);
    assert!(scene.records(0).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_activity_of_several_days_asks_for_the_day() {
    let county = County::new().await;
    let person = county.member(1).await;
    let activity = county.held(40, &[person]).await;
    let import = async |rest: &str| {
        let table = format!("志愿者编号,签到,签退\n{person},{rest}\n");
        let (bytes, recorder) = (table.into_bytes(), county.recorder());
        import_sign_in(&county.app, bytes, Some(activity), Mode::Import, &recorder, &|_, _| ())
            .await
    };
    let vague = import("20:00,21:00").await.unwrap();
    assert_eq!(problems(&vague), [(2, "签到", "sign_in.which_day")]);
    assert!(vague.problems[0].zh.contains("2021-11-12 9:00"), "{}", vague.problems[0].zh);
    // Nine o'clock lies within it on the second day only, and ends after midnight.
    let overnight = import("2021-11-12 23:00,1:00").await.unwrap();
    assert_eq!((overnight.added, problems(&overnight)), (1, vec![]));
    let second = import("9:00,10:00").await.unwrap();
    assert_eq!((second.added, problems(&second)), (1, vec![]));
    let read =
        |known: &Service| known.entries().map(|(_, entry, _)| entry.minutes.0).collect::<Vec<_>>();
    let minutes = county.app.read_state::<Service, _>(&person.to_string(), read).await.unwrap();
    assert_eq!(minutes, [120, 60]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_without_an_activity_says_so() {
    let scene = Scene::held().await;
    let import = async |table: String| {
        let recorder = scene.county.recorder();
        let (app, bytes) = (&scene.county.app, table.into_bytes());
        import_sign_in(app, bytes, None, Mode::Import, &recorder, &|_, _| ()).await
    };
    let person = scene.people[0];
    let none = import(format!("志愿者编号,签到,签退\n{person},10:00,11:00\n")).await.unwrap();
    assert_eq!(problems(&none), [(2, "活动编号", "sign_in.no_activity")]);
    let own = format!("活动编号,志愿者编号,签到,分钟\n{},{person},10:00,45\n", scene.activity);
    assert_eq!(import(own).await.unwrap().added, 1);
    let unknown = "活动编号,志愿者编号,签到,分钟\n00000000-0000-4000-8000-000000000000,V0123456789AB,10:00,45\n";
    let unknown = import(unknown.to_owned()).await.unwrap();
    assert_eq!(unknown.problems.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_is_taken_back_but_for_what_was_attested() {
    let scene = Scene::held().await;
    let app = &scene.county.app;
    let rows = [0, 1, 2].map(|person| scene.row(person, "10:00,12:00,,"));
    let imported = scene.import(&rows).await;
    let import = imported.import.unwrap();
    app.attest_service(scene.people[1], 1, None, &scene.county.attester()).await.unwrap();
    let take_back = async |mode| {
        undo(app, import, text("传错了表"), mode, &scene.county.office(), &|_, _| ()).await.unwrap()
    };
    let stands = async |person: usize| {
        let key = scene.people[person].to_string();
        app.read_state::<Service, _>(&key, |known| !known.is_voided(1)).await.unwrap()
    };
    for (mode, standing) in [(Mode::Preview, true), (Mode::Import, false)] {
        let undoing = take_back(mode).await;
        let stayed: Vec<_> =
            undoing.stayed.iter().map(|(number, why)| (number.clone(), why.code())).collect();
        assert_eq!(stayed, [(scene.people[1].to_string(), "import.rested_on")]);
        assert_eq!(undoing.undone.len(), 2);
        assert_eq!((stands(0).await, stands(1).await, stands(2).await), (standing, true, standing));
    }
    let again = scene.import(&rows).await;
    let voided = |row| (row, "签到", "sign_in.voided");
    assert_eq!((again.unchanged, problems(&again)), (1, vec![voided(2), voided(4)]));
}
