//! 附件2–4 of the plan, as pages to print and as tables.

use application::queries::{MeetingRecord, Named, Naming, Present, RegisterLine, Shown};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse as _, Response};
use domain::issue::Stage;
use domain::permission::Act;
use domain::unit::Kind;
use domain::{Actor, MeetingId, Text, UnitCode, county_date};
use papers::annex::{Annex, Heading, advisers, record, register};
use papers::table::county_time;
use projections::models::issue_register::Issue;
use projections::models::meeting_calendar::{Correction, Meeting, Status, Topic};
use projections::models::station_board::Member;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::listing::absent;
use crate::answer::problem::{Problem, failed};
use crate::answer::tables::disposition;
use crate::openapi::operation::{one, purposed, vaulted};
use crate::request::account::Account;
use crate::request::filter::filter;
use crate::request::form::Format;
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    let act = Act::ReadDeliberation;
    OpenApiRouter::new()
        .routes(vaulted(purposed(one(routes!(print_register), act))))
        .routes(vaulted(purposed(one(routes!(print_meeting_record), act))))
        .routes(vaulted(purposed(one(routes!(print_legal_advisers), act))))
}

filter! {
    /// Which issues, and whether people are named.
    OfRegister {
        /// Only those with a number of this year.
        year: i16,
        /// 显示姓名和电话: whether people are named, for whoever may read askers; they are not unless told, nor of the past.
        names: bool,
        /// 查阅事由 of names; the chosen one where it is left out.
        purpose: Text<200>,
    }
}

filter! {
    /// Whether people are named.
    OfNames {
        /// 显示姓名和电话: whether people are named, for whoever may read members' contacts; they are not unless told, nor of the past.
        names: bool,
        /// 查阅事由 of names; the chosen one where it is left out.
        purpose: Text<200>,
    }
}

impl OfNames {
    fn naming(self) -> Naming {
        naming(self.names, self.purpose)
    }
}

fn naming(wanted: Option<bool>, purpose: Option<Text<200>>) -> Naming {
    Naming { wanted: wanted.unwrap_or(false), purpose: purpose.map(|purpose| purpose.to_string()) }
}

/// 打印问题登记簿(附件2)。Returns the register of a station as a page to print on A4, or as CSV or XLSX.
///
/// 显示姓名和电话时，每一类个人信息记为一次查阅；不显示时以编号表示人员。With names, all that is opened of one kind is one reading;
/// else people stand by their numbers.
#[utoipa::path(get, path = "/stations/{unit}/register", tag = "stations", params(View, OfRegister),
    responses((status = 200, body = String, content_type = "text/html")))]
async fn print_register(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    Account(actor): Account,
    Viewed { view, filter: OfRegister { year, names, purpose } }: Viewed<OfRegister>,
) -> Result<Response, Problem> {
    let naming = naming(names, purpose);
    let found = state.queries.register(&actor, unit.clone(), year, view.moment(), naming).await?;
    let Shown { content, purpose } = found;
    let heading = heading(&state, &actor, &unit, &view, purpose)?;
    let lines = content.into_iter().map(register_line).collect();
    answer(&state, &view, register::annex(heading, lines), "register").await
}

/// 打印会议记录(附件3)。Returns the record of a meeting with who came, as a page to print on A4, or as CSV or XLSX.
///
/// 显示姓名时，每一类个人信息记为一次查阅；不显示时以编号表示人员。With names, all that is opened of one kind is one reading; else
/// people stand by their numbers.
#[utoipa::path(get, path = "/meetings/{meeting}/record", tag = "meetings", params(View, OfNames),
    responses((status = 200, body = String, content_type = "text/html")))]
async fn print_meeting_record(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<OfNames>,
) -> Result<Response, Problem> {
    let found =
        state.queries.meeting_record(&actor, meeting, view.moment(), filter.naming()).await?;
    let Shown { content, purpose } = found.ok_or_else(absent)?;
    let heading = heading(&state, &actor, &content.minutes.meeting.station, &view, purpose)?;
    answer(&state, &view, record::annex(heading, meeting_record(content)), "record").await
}

/// 打印法律顾问名单(附件4)。Returns who is a legal adviser of each village of a unit, as a page to print on A4, or as CSV or XLSX.
///
/// 显示姓名和电话时，每一类个人信息记为一次查阅；不显示时以编号表示人员。With names, all that is opened of one kind is one reading;
/// else people stand by their numbers.
#[utoipa::path(get, path = "/units/{unit}/legal-advisers", tag = "stations", params(View, OfNames),
    responses((status = 200, body = String, content_type = "text/html")))]
async fn print_legal_advisers(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<OfNames>,
) -> Result<Response, Problem> {
    let naming = filter.naming();
    let found = state.queries.legal_advisers(&actor, unit.clone(), view.moment(), naming).await?;
    let Shown { content, purpose } = found;
    let heading = heading(&state, &actor, &unit, &view, purpose)?;
    let line = |(member, who): (Member, Named)| advisers::Line {
        village: name_of(&state, &member.station).unwrap_or_else(|| member.station.to_string()),
        name: who.name(),
        telephone: who.telephone(),
        term: (member.term_from, member.term_until),
    };
    let lines = content.into_iter().map(line).collect();
    answer(&state, &view, advisers::annex(heading, lines), "legal-advisers").await
}

fn name_of(state: &AppState, unit: &UnitCode) -> Option<String> {
    state.app.reference_data().units.get(unit).map(|node| node.name.to_string())
}

/// 404 where there is no such unit.
fn heading(
    state: &AppState,
    actor: &Actor,
    unit: &UnitCode,
    view: &View,
    purpose: Option<String>,
) -> Result<Heading, Problem> {
    let known = state.app.reference_data();
    let node = known.units.get(unit).ok_or_else(absent)?;
    let above = node.parent.as_ref().filter(|_| node.kind == Kind::Village);
    let above = above.and_then(|parent| known.units.get(parent));
    Ok(Heading {
        town: above.filter(|above| above.kind == Kind::Town).map(|town| town.name.to_string()),
        unit: node.name.to_string(),
        as_of: view.as_of,
        printed_on: county_date(state.app.clock.now()),
        reading: purpose.map(|purpose| (purpose, actor.id.to_string())),
    })
}

/// The page, unless a table is asked for.
async fn answer(
    state: &AppState,
    view: &View,
    annex: Annex,
    name: &'static str,
) -> Result<Response, Problem> {
    let mut response = match view.format {
        Format::Json => {
            let policy = annex.policy();
            let page = state.aside.run(move || annex.page()).await;
            let page = page.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
            ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
        }
        Format::Table(form) => {
            let at = view.as_of.unwrap_or_else(|| state.app.clock.now());
            let table = annex.table(at, view.lang);
            let file = disposition(&table, name, form, None);
            let written = state.aside.run(move || annex.file(&table, form)).await;
            let written =
                written.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
            let media_type = HeaderValue::from_static(form.media_type());
            let headers = [(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, file)];
            (headers, written).into_response()
        }
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn register_line(line: RegisterLine) -> register::Line {
    let RegisterLine { issue, registrar, asker } = line;
    let unnamed = if issue.has_asker { "已留名" } else { "未留名" };
    let remark = issue.remark.as_ref().map(|remark| format!("；{remark}")).unwrap_or_default();
    register::Line {
        solution: settled(&issue),
        remark: format!("{}{remark}", issue.number),
        raised_at: issue.raised_at,
        place: issue.place,
        registrar: registrar.map(|who| who.name()),
        asker: asker.as_ref().map_or_else(|| unnamed.to_owned(), Named::name),
        channel: issue.channel.zh(),
        telephone: asker.and_then(|who| who.telephone()),
        problem: issue.problem,
    }
}

/// 解决方式: how an issue was settled, or how far it has come.
fn settled(issue: &Issue) -> String {
    let how = match issue.stage {
        Stage::Registered | Stage::Triaged | Stage::Accepted | Stage::Scheduled => {
            issue.answer.clone()
        }
        Stage::Merged => issue.merged_into.map(|other| other.to_string()),
        Stage::Rejected => issue.reason.clone(),
        Stage::RoutedOut => issue.routed_to.clone(),
        Stage::Decided => issue.outcome.map(|outcome| outcome.zh().to_owned()),
        Stage::Settled => issue.result.clone(),
    };
    let how = how.map(|how| format!("：{how}")).unwrap_or_default();
    format!("{}{how}", issue.stage.zh())
}

fn meeting_record(found: MeetingRecord) -> record::Record {
    let MeetingRecord { minutes, present, recorder } = found;
    let came = |Present { who, proxy, left }: Present| {
        let proxy = proxy.map(|proxy| format!("由{}代", proxy.name()));
        let left = left.then(|| "中途离会".to_owned());
        let told: Vec<String> = [proxy, left].into_iter().flatten().collect();
        match told.as_slice() {
            [] => who.name(),
            told => format!("{}（{}）", who.name(), told.join("，")),
        }
    };
    let corrected = |Correction { topic, correction, reason, .. }| {
        format!("议题{topic}应为“{correction}”（{reason}）")
    };
    record::Record {
        time: time(&minutes.meeting),
        place: minutes.meeting.place,
        present: present.into_iter().map(came).collect(),
        topics: minutes.agenda.into_iter().map(topic).collect(),
        reports: minutes.reported.into_iter().map(|report| report.findings).collect(),
        corrections: minutes.corrected.into_iter().map(corrected).collect(),
        recorder: recorder.map(|who| who.name()),
    }
}

/// When it began, and what is to be known of a record that is not final.
fn time(meeting: &Meeting) -> String {
    let began = county_time(meeting.starts_at).strftime("%Y-%m-%d %H:%M");
    let standing = match meeting.status {
        Status::Convened => "（会议记录未封存）".to_owned(),
        Status::AwaitingApproval => "（补录待核准）".to_owned(),
        Status::Sealed => String::new(),
        Status::Cancelled => match &meeting.reason {
            Some(reason) => format!("（会议已取消：{reason}）"),
            None => "（会议已取消）".to_owned(),
        },
    };
    format!("{began}{standing}")
}

fn topic(topic: Topic) -> record::Topic {
    let votes = topic.outcome.map(|outcome| format!("（{}：{}）", outcome.zh(), votes(&topic)));
    let said = [topic.result, votes].into_iter().flatten().collect::<String>();
    record::Topic {
        title: topic.title,
        process: topic.process,
        result: (!said.is_empty()).then_some(said),
    }
}

/// Heads, and the area beside them where area counts (民法典 §278).
fn votes(topic: &Topic) -> String {
    let figures = [
        ("应到", topic.entitled, topic.entitled_area),
        ("实到", topic.present, topic.present_area),
        ("赞成", topic.agree, topic.agree_area),
        ("反对", topic.against, topic.against_area),
        ("弃权", topic.abstain, topic.abstain_area),
    ];
    let figure = |(name, heads, area): (&str, u32, u64)| match topic.entitled_area {
        0 => format!("{name}{heads}人"),
        _ => format!("{name}{heads}人、{}.{:02}平方米", area / 100, area % 100),
    };
    let secret = topic.secret.then(|| "无记名".to_owned());
    secret.into_iter().chain(figures.map(figure)).collect::<Vec<_>>().join("，")
}
