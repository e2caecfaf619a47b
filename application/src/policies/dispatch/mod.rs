mod deliberation;
mod squads;

use domain::activity::Activity;
use domain::notice::{Command as NoticeCommand, Notice, Subject};
use domain::points::{Account, Command as PointsCommand};
use domain::service::Service;
use domain::volunteer::{Command as VolunteerCommand, StarProposed, Volunteer};
use domain::{ActivityId, BadValue, PersonId, Text};
use event_store::Version;
use projections::Fact;
use uuid::Uuid;

use super::Reaction;
use crate::{App, Caller, Error};

/// Carries one reaction out. A refusal is no failure: the rule had its reason, and it is logged.
pub async fn dispatch(app: &App, fact: &Fact, reaction: Reaction) -> Result<(), Error> {
    let name = reaction.name();
    let mut caller = Caller::system(
        &format!("policy:{name}"),
        Uuid::new_v5(&fact.id, reaction.key().as_bytes()),
    )
    .map_err(Error::refused)?;
    caller.cause = Some(fact.id);
    match execute(app, fact.version, reaction, &caller).await {
        Err(Error::Refused(refusal)) => {
            tracing::info!(policy = name, stream = %fact.stream, version = fact.version.0, code = refusal.code(), "policy refused");
            Ok(())
        }
        other => other,
    }
}

async fn execute(
    app: &App,
    version: Version,
    reaction: Reaction,
    caller: &Caller,
) -> Result<(), Error> {
    match reaction {
        Reaction::EndPresences { activity } => end_presences(app, activity, caller).await?,
        Reaction::EarnPoints { volunteer, record, revision, minutes } => {
            let command = PointsCommand::Earn { record, revision, minutes };
            app.execute::<Account>(&volunteer.to_string(), command, caller).await?;
        }
        Reaction::ReversePoints { volunteer, record, revision } => {
            let command = PointsCommand::Reverse { record, revision };
            app.execute::<Account>(&volunteer.to_string(), command, caller).await?;
        }
        Reaction::ReviewStar { volunteer, attested } => {
            let command = VolunteerCommand::ReviewStar { volunteer, attested };
            app.execute::<Volunteer>(&volunteer.to_string(), command, caller).await?;
        }
        Reaction::PublishStar { volunteer, proposed } => {
            publish_star(app, volunteer, &proposed, caller).await?;
        }
        Reaction::WithdrawStar { notice } => {
            let reason = Text::new("认定服务时长变化,拟评星级已撤回。").map_err(Error::refused)?;
            app.execute::<Notice>(notice.as_str(), NoticeCommand::Withdraw { reason }, caller)
                .await?;
        }
        Reaction::SettleStar { volunteer, proposal, upheld } => {
            let command = VolunteerCommand::SettleStar { proposal, upheld };
            app.execute::<Volunteer>(&volunteer.to_string(), command, caller).await?;
        }
        Reaction::LeaveSquadOf { volunteer, unit, to } => {
            squads::leave_squad_of(app, volunteer, &unit, &to, caller).await?;
        }
        Reaction::LeaveSquad { volunteer } => {
            squads::leave_withdrawn(app, volunteer, version, caller).await?;
        }
        Reaction::TakeOverSquad { unit, by } => {
            squads::take_over(app, &unit, &by, caller).await?;
        }
        Reaction::CountParty { volunteer, party } => {
            squads::count_party(app, volunteer, party, caller).await?;
        }
        Reaction::SettleRegistration { volunteer } => drop(app.turn_of(volunteer).await?),
        Reaction::GiveUpCorrection { volunteer, correction } => {
            let _turn = app.turn_of(volunteer).await?;
            app.give_up_correction(volunteer, correction).await?;
        }
        Reaction::EraseFromVault { volunteer } => app.erase_from_vault(volunteer).await?,
        Reaction::ScheduleIssue { issue, meeting, topic, ratifies } => {
            deliberation::schedule_issue(app, issue, meeting, topic, ratifies, caller).await?;
        }
        Reaction::AdoptResolution { resolution } => {
            deliberation::adopt_resolution(app, resolution, caller).await?;
        }
        Reaction::DecideIssue { meeting, topic, outcome } => {
            deliberation::decide(app, meeting, topic, outcome, caller).await?;
        }
        Reaction::ReleaseIssues { meeting } => {
            deliberation::release_issues(app, meeting, caller).await?;
        }
        Reaction::HoldMeeting { meeting, held_on } => {
            deliberation::hold_meeting(app, meeting, held_on, caller).await?;
        }
        Reaction::InformMeeting { resolution, meeting } => {
            deliberation::inform_meeting(app, resolution, meeting, caller).await?;
        }
        Reaction::SettleIssue { resolution, result } => {
            deliberation::settle_issue(app, resolution, result, caller).await?;
        }
        Reaction::ReopenIssue { resolution } => {
            deliberation::reopen_issue(app, resolution, caller).await?;
        }
    }
    Ok(())
}

async fn end_presences(app: &App, activity: ActivityId, caller: &Caller) -> Result<(), Error> {
    let people = |known: &Activity| known.people().collect::<Vec<_>>();
    for volunteer in app.read_state::<Activity, _>(&activity.to_string(), people).await? {
        let key = volunteer.to_string();
        if app.read_state::<Service, _>(&key, Service::present_at).await? == Some(activity) {
            app.end_presence(activity, volunteer, caller).await?;
        }
    }
    Ok(())
}

/// The notice names the volunteer by number only: what stands in the log stands there for ever.
async fn publish_star(
    app: &App,
    volunteer: PersonId,
    proposed: &StarProposed,
    caller: &Caller,
) -> Result<(), Error> {
    let unit = app.home_of(volunteer).await?;
    let (title, text) = star_notice(volunteer, proposed).map_err(Error::refused)?;
    let subject = Subject::StarChange { volunteer, proposal: proposed.proposal };
    let command = NoticeCommand::Publish { subject, unit: Some(unit), title, text };
    app.execute::<Notice>(proposed.notice.as_str(), command, caller).await?;
    Ok(())
}

fn star_notice(
    volunteer: PersonId,
    proposed: &StarProposed,
) -> Result<(Text<80>, Text<2000>), BadValue> {
    let StarProposed { from, to, attested, .. } = proposed;
    let change = if to > from { "晋升" } else { "下调" };
    let title = Text::new(&format!("志愿者星级{change}公示"))?;
    let (hours, minutes) = (attested.0 / 60, attested.0 % 60);
    let text = Text::new(&format!(
        "志愿者{volunteer}经认定的服务时长共{hours}小时{minutes}分,拟由{}星{change}为{}星。公示期内如有异议,可凭公示编号向公示单位提出,无须账号;逾期未答复或对答复不服的,由上级单位答复。",
        from, to
    ))?;
    Ok((title, text))
}
