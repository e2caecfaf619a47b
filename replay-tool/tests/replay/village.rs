//! A village and what its meeting decided, as a list of events that a test may change before it is told.

use domain::{Actor, ActorId, Role};
use serde_json::{Value, json};

use crate::fixture::Folder;

pub const STATION: &str = "330225100201";
pub const MEETING: &str = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
pub const NEXT: &str = "0b0e7c7e-3f1c-4c47-9c3f-1f2e3d4c5b6a";
pub const RESOLUTION: &str = "resolution-6f9619ff-8b86-4d01-b42d-00cf4fc964ff-1";
pub const ISSUE: &str = "Y000000000001";
pub const URGENT: &str = "Y000000000002";

/// Of the leading group and the council.
pub const SECRETARY: &str = "V000000000001";
/// Of the council.
pub const COUNCILLOR: &str = "V000000000002";
/// Of the council too.
pub const OTHER: &str = "V000000000003";
/// Of the council, absent.
pub const ABSENT: &str = "V000000000004";
/// The legal adviser.
pub const ADVISER: &str = "V000000000007";
/// Of the supervision group.
pub const SUPERVISOR: &str = "V000000000008";
pub const EXECUTOR: &str = "V000000000009";
/// Who asked and who objected: never to be seen.
pub const ASKER: &str = "V00000000000A";
pub const OBJECTOR: &str = "V00000000000B";
const DIGEST: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// One event to be told.
#[derive(Clone)]
pub struct Line {
    pub stream: String,
    pub kind: &'static str,
    pub data: Value,
    /// In the county's time.
    pub at: String,
    pub actor: Actor,
}

/// A history that is not yet in a log.
#[derive(Clone)]
pub struct Village(pub Vec<Line>);

/// An event recorded at nine in the morning of a day of 2022, `03-04`, or at another time of it, `03-04T14:00`.
pub fn line(stream: &str, kind: &'static str, at: &str, data: Value) -> Line {
    let time = if at.contains('T') { at.to_owned() } else { format!("{at}T09:00") };
    let actor = match kind {
        "CompletionReturned" | "CompletionVerified" => {
            account("supervisor-1", Role::Supervisor, Some(SUPERVISOR))
        }
        "CompletionClaimed" | "ExecutionProgressed" => {
            account("executor-1", Role::Councillor, Some(EXECUTOR))
        }
        _ => account("office", Role::CountyOffice, None),
    };
    Line { stream: stream.to_owned(), kind, data, at: format!("2022-{time}:00+08:00"), actor }
}

/// Somebody's account at the village; the county office's is of the whole county.
pub fn account(id: &str, role: Role, person: Option<&str>) -> Actor {
    let unit = (role != Role::CountyOffice).then(|| STATION.parse().unwrap());
    let (id, person) = (ActorId::new(id).unwrap(), person.map(|person| person.parse().unwrap()));
    Actor { id, role, unit, person }
}

pub fn photo() -> Value {
    json!([{"digest": DIGEST, "media_type": "image/jpeg", "bytes": 204_800}])
}

impl Village {
    /// From the opening of the station to the publicised completion, with nothing missing or wrong.
    pub fn clean() -> Self {
        let mut lines = founded();
        lines.extend(decided());
        lines.extend(publicised());
        lines.extend(executed());
        Self(lines)
    }

    /// Without whatever comes after the first event of a kind.
    pub fn until(mut self, kind: &str) -> Self {
        let at = self.at(kind);
        self.0.truncate(at + 1);
        self
    }

    /// Without the events of a kind.
    pub fn without(mut self, kind: &str) -> Self {
        self.at(kind);
        self.0.retain(|line| line.kind != kind);
        self
    }

    /// With something changed about the first event of a kind.
    pub fn with(mut self, kind: &str, change: impl FnOnce(&mut Line)) -> Self {
        let at = self.at(kind);
        change(&mut self.0[at]);
        self
    }

    /// With something changed about the last event of a kind.
    pub fn with_last(mut self, kind: &str, change: impl FnOnce(&mut Line)) -> Self {
        let line = self.0.iter_mut().rfind(|line| line.kind == kind);
        change(line.unwrap_or_else(|| panic!("no {kind}")));
        self
    }

    /// With an event more, right after the last one that is not later.
    pub fn and(mut self, line: Line) -> Self {
        let at = self.0.partition_point(|one| one.at <= line.at);
        self.0.insert(at, line);
        self
    }

    /// What the first event of a kind says.
    pub fn data(&self, kind: &str) -> Value {
        self.0[self.at(kind)].data.clone()
    }

    fn at(&self, kind: &str) -> usize {
        self.0.iter().position(|line| line.kind == kind).unwrap_or_else(|| panic!("no {kind}"))
    }

    /// Tells it to a log.
    pub fn told(&self) -> Folder {
        let folder = Folder::new();
        for Line { stream, kind, data, at, actor } in &self.0 {
            folder.tell_as(actor, stream, kind, &data.to_string(), at, None);
        }
        folder
    }
}

/// Residents chose these to supervise; somebody else than the office recorded it.
pub fn election(elected: &[&str]) -> Line {
    let data = json!({
        "election": 1, "held_on": "2022-01-09", "body": "representatives", "way": "election", "elected": elected,
        "result": "到会28人,均过半数赞成", "recorder": {"account": "recorder-1"}, "evidence": photo()
    });
    line(&format!("station-{STATION}"), "SupervisorsElected", "01-09", data)
}

/// An appointment that names the election, where it is one to the supervision group.
pub fn resting_on(mut appointed: Value, group: &str) -> Value {
    if group == "supervision" {
        appointed["election"] = json!(1);
    }
    appointed
}

/// The village, its station and who sits in its groups.
fn founded() -> Vec<Line> {
    let unit = |code: &str, name: &str, kind: &str, parent: Option<&str>| {
        let data = json!({"unit": code, "name": name, "kind": kind, "parent": parent});
        line(&format!("unit-{code}"), "UnitRegistered", "01-05", data)
    };
    let station = format!("station-{STATION}");
    let member = |group: &str, member: &str, capacity: &str| {
        let data = json!({
            "group": group, "member": member, "capacity": capacity, "from": "2022-01-10", "until": "2025-01-09"
        });
        line(&station, "GroupMemberAppointed", "01-10", resting_on(data, group))
    };
    vec![
        unit("330225", "象山县", "county", None),
        unit("330225100", "示范镇", "town", Some("330225")),
        unit("330225101", "邻镇", "town", Some("330225")),
        unit(STATION, "示范村", "village", Some("330225100")),
        line(
            &station,
            "StationOpened",
            "01-06",
            json!({"unit": STATION, "estate": false, "opened_on": "2022-01-06"}),
        ),
        election(&[SUPERVISOR]),
        member("leading_group", SECRETARY, "branch_secretary"),
        member("council", SECRETARY, "branch_secretary"),
        member("council", COUNCILLOR, "representative"),
        member("council", OTHER, "grid_worker"),
        member("council", ABSENT, "mediator"),
        member("legal_adviser", ADVISER, "legal_adviser"),
        member("supervision", SUPERVISOR, "retired_party_member"),
    ]
}

fn issue(number: &str, problem: &str) -> Line {
    let data = json!({
        "station": STATION, "raised_at": "2022-02-19T02:00:00Z", "place": "村口", "source": "grid_worker",
        "channel": "door", "asker": {"person": ASKER, "sealed": DIGEST}, "problem": problem
    });
    line(&format!("issue-{number}"), "IssueRegistered", "02-20", data)
}

/// Two issues: one is deliberated, one was dealt with before the meeting and is ratified there.
fn decided() -> Vec<Line> {
    let (meeting, first) = (format!("meeting-{MEETING}"), format!("issue-{ISSUE}"));
    let urgent = format!("issue-{URGENT}");
    let all = |choices: [&str; 3]| {
        let voters = [SECRETARY, COUNCILLOR, OTHER].into_iter().zip(choices);
        voters
            .map(|(member, choice)| json!({"member": member, "choice": choice}))
            .collect::<Value>()
    };
    let tally = |agree: u32, against: u32| {
        let share = |heads: u32| json!({"heads": heads, "area": 0});
        json!({"entitled": share(4), "present": share(3), "agree": share(agree), "against": share(against), "abstain": share(0)})
    };
    let opinion = |topic: u8| json!({"topic": topic, "adviser": ADVISER, "lawful": true, "opinion": "符合村规民约"});
    vec![
        issue(ISSUE, "村口垃圾随意倾倒"),
        issue(URGENT, "村道塌方"),
        line(&first, "IssueTriaged", "02-21", json!({"topic": "G2"})),
        line(&first, "IssueAccepted", "02-21", json!({"topic": "G2"})),
        line(
            &urgent,
            "IssueExpedited",
            "02-22",
            json!({"kind": "urgent", "approver": SECRETARY, "reason": "危及通行", "measure": "先行清理塌方路段"}),
        ),
        line(
            &meeting,
            "MeetingConvened",
            "02-25",
            json!({
                "station": STATION, "body": "council", "form": "room", "starts_at": "2022-03-03T06:00:00Z",
                "place": "村文化礼堂",
                "agenda": [
                    {"title": "增设垃圾收集点", "issue": ISSUE, "ratifies": false, "matter": "ordinary"},
                    {"title": "追认清理塌方路段", "issue": URGENT, "ratifies": true, "matter": "ordinary"}
                ],
                "members": [SECRETARY, COUNCILLOR, OTHER, ABSENT], "advisers": [ADVISER]
            }),
        ),
        line(&first, "IssueScheduled", "02-25", json!({"meeting": MEETING, "topic": 1})),
        line(
            &meeting,
            "AttendanceTaken",
            "03-03T14:00",
            json!({"present": [{"member": SECRETARY}, {"member": COUNCILLOR}, {"member": OTHER}]}),
        ),
        line(&meeting, "LegalOpinionGiven", "03-03T14:30", opinion(1)),
        line(&meeting, "LegalOpinionGiven", "03-03T14:30", opinion(2)),
        line(
            &meeting,
            "VotesCast",
            "03-03T15:00",
            json!({"topic": 1, "votes": all(["agree", "agree", "against"])}),
        ),
        line(
            &meeting,
            "VotesCast",
            "03-03T15:00",
            json!({"topic": 2, "votes": all(["agree", "agree", "agree"])}),
        ),
        line(
            &meeting,
            "TopicDecided",
            "03-03T15:30",
            json!({"topic": 1, "outcome": "adopted", "tally": tally(2, 1)}),
        ),
        line(
            &meeting,
            "TopicDecided",
            "03-03T15:30",
            json!({"topic": 2, "outcome": "adopted", "tally": tally(3, 0)}),
        ),
        line(
            &meeting,
            "MinutesSealed",
            "03-03T17:00",
            json!({"held_on": "2022-03-03", "recorder": COUNCILLOR, "topics": [
                {"topic": 1, "process": "讨论了选址", "result": "在村口增设两处收集点", "outcome": "adopted"},
                {"topic": 2, "process": "听取了情况", "result": "予以追认", "outcome": "adopted"}
            ]}),
        ),
        line(
            RESOLUTION,
            "ResolutionAdopted",
            "03-03T17:01",
            json!({
                "station": STATION, "issue": ISSUE, "title": "增设垃圾收集点", "text": "在村口增设两处收集点",
                "decided_on": "2022-03-03", "voters": [SECRETARY, COUNCILLOR, OTHER]
            }),
        ),
        line(
            &first,
            "IssueDecided",
            "03-03T17:01",
            json!({"meeting": MEETING, "topic": 1, "outcome": "adopted"}),
        ),
        line(&urgent, "IssueRatified", "03-03T17:01", json!({"meeting": MEETING, "topic": 2})),
        line(
            &format!("station-{STATION}"),
            "MeetingHeld",
            "03-03T17:01",
            json!({"meeting": MEETING, "held_on": "2022-03-03"}),
        ),
    ]
}

/// It stands open to objections; one is filed and dismissed.
fn publicised() -> Vec<Line> {
    let tell = |kind, at: &str, data| line(RESOLUTION, kind, at, data);
    vec![
        tell(
            "ResolutionPublicised",
            "03-04",
            json!({"period": 1, "opens_on": "2022-03-04", "closes_on": "2022-03-11", "evidence": photo()}),
        ),
        tell(
            "ResolutionObjectionFiled",
            "03-06",
            json!({
                "objection": 1, "ground": "离住房太近", "objector": {"person": OBJECTOR, "sealed": DIGEST},
                "answer_due": "2022-03-11", "late": false
            }),
        ),
        tell(
            "ResolutionObjectionAnswered",
            "03-08",
            json!({"objection": 1, "verdict": "dismissed", "answer": "距离符合规定"}),
        ),
        tell("ResolutionNoticeClosed", "03-12", json!({"period": 1})),
    ]
}

/// It is executed, returned once, verified, reported and publicised.
fn executed() -> Vec<Line> {
    let tell = |kind, at: &str, data| line(RESOLUTION, kind, at, data);
    let next = format!("meeting-{NEXT}");
    let id = &RESOLUTION["resolution-".len()..];
    vec![
        tell(
            "ExecutionAssigned",
            "03-14",
            json!({"executor": EXECUTOR, "office": "村委会副主任", "due": "2022-04-10"}),
        ),
        tell("ExecutionProgressed", "03-25", json!({"note": "一处已建成", "evidence": photo()})),
        tell(
            "CompletionClaimed",
            "04-02",
            json!({"claim": 1, "note": "两处已启用", "evidence": photo()}),
        ),
        tell(
            "CompletionReturned",
            "04-05",
            json!({"claim": 1, "verifier": SUPERVISOR, "findings": "第二处没有盖板", "due": "2022-04-15"}),
        ),
        tell(
            "CompletionClaimed",
            "04-10",
            json!({"claim": 2, "note": "盖板已装", "evidence": photo()}),
        ),
        tell(
            "CompletionVerified",
            "04-12",
            json!({"claim": 2, "verifier": SUPERVISOR, "findings": "两处均可使用", "evidence": photo()}),
        ),
        tell("PartyBranchInformed", "04-13", json!({"findings": "两处均可使用"})),
        line(
            &next,
            "MeetingConvened",
            "04-15",
            json!({
                "station": STATION, "body": "council", "form": "square", "starts_at": "2022-04-20T06:00:00Z",
                "place": "文化广场", "agenda": [], "reports": [id],
                "members": [SECRETARY, COUNCILLOR, OTHER, ABSENT], "advisers": [ADVISER]
            }),
        ),
        line(
            &next,
            "MinutesSealed",
            "04-20T17:00",
            json!({"held_on": "2022-04-20", "topics": [], "reports": [{"resolution": id, "findings": "已落实"}]}),
        ),
        line(
            &format!("station-{STATION}"),
            "MeetingHeld",
            "04-20T17:01",
            json!({"meeting": NEXT, "held_on": "2022-04-20"}),
        ),
        tell("MeetingInformed", "04-20T17:01", json!({"meeting": NEXT})),
        tell(
            "CompletionPublicised",
            "04-22",
            json!({"opens_on": "2022-04-22", "closes_on": "2022-04-29", "result": "两处收集点已启用", "evidence": photo()}),
        ),
        line(
            &format!("issue-{ISSUE}"),
            "IssueSettled",
            "04-22T09:01",
            json!({"resolution": id, "result": "两处收集点已启用"}),
        ),
    ]
}
