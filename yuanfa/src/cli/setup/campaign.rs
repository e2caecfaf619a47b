//! What a setup asks about the campaign.

use std::path::PathBuf;

use application::App;
use application::imports::tasks;
use application::setup::NewCampaign;
use domain::campaign::{Adopted, Deadlines, KindDeadlines, Known};
use domain::{CampaignCode, Text, county_date};
use jiff::civil::Date;

use super::super::Exit;
use super::super::steps::rows;
use super::ask::Clerk;
use super::moment::{Moment, Until};

/// The campaign to adopt.
#[derive(Debug, clap::Args)]
pub struct CampaignArgs {
    /// 行动代码 Code of the campaign, for example 2021 or 2027; in 2021 the default is 2021, else none is adopted
    #[arg(long, value_name = "CODE")]
    campaign: Option<CampaignCode>,
    /// 不设组建行动 Adopt no campaign
    #[arg(long, conflicts_with = "campaign")]
    no_campaign: bool,
    /// 行动名称 Name of the campaign; 组建 or 增补 with its code unless told
    #[arg(long, value_name = "TEXT")]
    campaign_name: Option<Text<80>>,
    /// 行动依据 The notice or decision that orders it
    #[arg(long, value_name = "TEXT")]
    campaign_source: Option<Text<200>>,
    /// 开始日期 First day; today unless told
    #[arg(long, value_name = "DATE")]
    starts_on: Option<Date>,
    /// 结束日期 Last day; without it until the campaign is ended
    #[arg(long, value_name = "DATE")]
    ends_on: Option<Date>,
    /// 管理员上报期限 Deadline for administrators, as 2027-03-31, "2027-03-31 12:00" or school=2027-04-30 for a kind; may be repeated
    #[arg(long, value_name = "[KIND=]MOMENT")]
    administrators_by: Vec<Until>,
    /// 小分队组建期限 Deadline for squads, written in the same way; may be repeated
    #[arg(long, value_name = "[KIND=]MOMENT")]
    squads_by: Vec<Until>,
    /// 全县目标 Members to reach in the county; without it the sum of the tasks
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    county_total: Option<u32>,
    /// 任务分解表 Tasks of units: XLSX or CSV `单位代码,任务数`; the units have to be registered
    #[arg(long, value_name = "FILE")]
    tasks: Option<PathBuf>,
    /// 不承接此前任务 Leave out the tasks that units were given while there was no campaign
    #[arg(long)]
    without_earlier_tasks: bool,
}

/// What is proposed where nothing is said.
#[derive(Default)]
struct Proposal {
    name: String,
    source: Option<String>,
    starts_on: String,
    ends_on: Option<String>,
    administrator: Option<String>,
    squad: Option<String>,
    county_total: Option<String>,
}

impl Proposal {
    /// For a campaign that stands already, what it says; for that of 2021, the notice of that year; for others no deadline,
    /// because no county inherits another's.
    fn of(code: &CampaignCode, known: Option<&Known>, first: bool, today: Date) -> Self {
        if let Some(Known { adopted, .. }) = known {
            let text = |moment: Option<jiff::Timestamp>| moment.map(|moment| moment.to_string());
            return Self {
                name: adopted.name.to_string(),
                source: Some(adopted.source.to_string()),
                starts_on: adopted.starts_on.to_string(),
                ends_on: adopted.ends_on.map(|day| day.to_string()),
                administrator: text(adopted.deadlines.administrator),
                squad: text(adopted.deadlines.squad),
                county_total: adopted.county_total.map(|total| total.to_string()),
            };
        }
        let what = if first { "组建" } else { "增补" };
        let (name, starts_on) = (format!("{what}{code}"), today.to_string());
        if code.as_str() != "2021" {
            return Self { name, starts_on, ..Self::default() };
        }
        let of_the_notice = |text: &str| Some(text.to_owned());
        Self {
            name,
            source: of_the_notice("关于组建法治志愿者队伍的通知"),
            starts_on: "2021-11-01".to_owned(),
            ends_on: of_the_notice("2022-06-30"),
            administrator: of_the_notice("2021-11-23 12:00"),
            squad: of_the_notice("2021-11-30"),
            county_total: of_the_notice("10000"),
        }
    }
}

/// Asks for what the options do not say; none where no campaign is wanted.
///
/// # Errors
/// When something that has to be said is not, or a table cannot be read.
pub fn asked(app: &App, clerk: &Clerk, args: CampaignArgs) -> Result<Option<NewCampaign>, Exit> {
    if args.no_campaign {
        return Ok(None);
    }
    let (known, today) = (app.reference_data(), county_date(app.clock.now()));
    let campaigns = known.units.campaigns();
    let first = campaigns.all().is_empty();
    let of_2021 = (first && today.year() == 2021).then_some("2021");
    let question = "组建行动代码 code of the campaign to adopt";
    let Some(code) = clerk.maybe(args.campaign, question, of_2021)? else { return Ok(None) };
    let stands = campaigns.get(&code);
    let proposed = Proposal::of(&code, stands, first, today);
    let name =
        clerk.must(args.campaign_name, "行动名称 name", Some(&proposed.name), "--campaign-name")?;
    let (question, option) = ("行动依据 what orders it", "--campaign-source");
    let source = clerk.must(args.campaign_source, question, proposed.source.as_deref(), option)?;
    let (question, option) = ("开始日期 first day", "--starts-on");
    let starts_on = clerk.must(args.starts_on, question, Some(&proposed.starts_on), option)?;
    let ends_on = clerk.maybe(args.ends_on, "结束日期 last day", proposed.ends_on.as_deref())?;
    let question = "管理员上报期限 deadline for administrators";
    let given = general(&args.administrators_by);
    let administrator = clerk.maybe(given, question, proposed.administrator.as_deref())?;
    let question = "小分队组建期限 deadline for squads";
    let squad = clerk.maybe(general(&args.squads_by), question, proposed.squad.as_deref())?;
    let question = "全县目标人数 members to reach in the county";
    let county_total =
        clerk.maybe(args.county_total, question, proposed.county_total.as_deref())?;
    let question = "任务分解表 table of tasks";
    let tasks = match clerk.maybe(args.tasks, question, None)? {
        Some(file) => rows(&file, tasks::read)?,
        None => vec![],
    };
    let earlier = first && known.units.iter().any(|(_, node)| node.task > 0);
    let take_over = earlier
        && !args.without_earlier_tasks
        && clerk.agrees("承接此前下达的任务 take over the tasks given before?", true)?;
    let mut by_kind = by_kind(&args.administrators_by, &args.squads_by);
    if by_kind.is_empty() {
        by_kind = stands.map(|known| known.adopted.by_kind.clone()).unwrap_or_default();
    }
    let deadlines = Deadlines {
        administrator: administrator.map(|Moment(moment)| moment),
        squad: squad.map(|Moment(moment)| moment),
    };
    let plan =
        Adopted { name, source, starts_on, ends_on, deadlines, by_kind, county_total, tasks };
    Ok(Some(NewCampaign { code, plan, take_over }))
}

/// The deadline of all units that have none of their own.
fn general(untils: &[Until]) -> Option<Moment> {
    untils.iter().rev().find(|until| until.kind.is_none()).map(|until| until.moment)
}

/// Deadlines of kinds, in the order in which they are named.
pub(super) fn by_kind(administrators: &[Until], squads: &[Until]) -> Vec<KindDeadlines> {
    let mut all: Vec<KindDeadlines> = Vec::new();
    let named = administrators.iter().map(|until| (until, true));
    for (until, is_administrator) in named.chain(squads.iter().map(|until| (until, false))) {
        let Some(kind) = until.kind else { continue };
        let place = all.iter().position(|of| of.kind == kind).unwrap_or_else(|| {
            all.push(KindDeadlines { kind, deadlines: Deadlines::default() });
            all.len() - 1
        });
        let deadlines = &mut all[place].deadlines;
        let moment = Some(until.moment.0);
        if is_administrator { deadlines.administrator = moment } else { deadlines.squad = moment }
    }
    all
}
