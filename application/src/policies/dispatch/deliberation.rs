use domain::issue::{Command as IssueCommand, Issue};
use domain::meeting::{AgendaItem, Body, Convened, Meeting, Outcome};
use domain::resolution::{Adopted, Command as ResolutionCommand, Resolution};
use domain::station::{Command as StationCommand, MeetingHeld, Station};
use domain::{IssueId, MeetingId, ResolutionId, Text};
use jiff::civil::Date;

use crate::{App, Caller, Error};

pub(super) async fn schedule_issue(
    app: &App,
    issue: IssueId,
    meeting: MeetingId,
    topic: u8,
    ratifies: bool,
    caller: &Caller,
) -> Result<(), Error> {
    decide_issue(app, issue, IssueCommand::Schedule { meeting, topic, ratifies }, caller).await
}

async fn decide_issue(
    app: &App,
    issue: IssueId,
    command: IssueCommand,
    caller: &Caller,
) -> Result<(), Error> {
    app.execute::<Issue>(&issue.to_string(), command, caller).await.map(drop)
}

async fn convened(app: &App, meeting: MeetingId) -> Result<Option<Convened>, Error> {
    app.read_state::<Meeting, _>(&meeting.to_string(), |known| known.convened().cloned()).await
}

async fn topic_of(app: &App, meeting: MeetingId, topic: u8) -> Result<Option<AgendaItem>, Error> {
    let convened = convened(app, meeting).await?;
    let index = usize::from(topic).checked_sub(1);
    Ok(convened.zip(index).and_then(|(convened, index)| convened.agenda.get(index).cloned()))
}

/// What the minutes of a topic say becomes a resolution, unless it only ratified what was done.
pub(super) async fn adopt_resolution(
    app: &App,
    resolution: ResolutionId,
    caller: &Caller,
) -> Result<(), Error> {
    let adopted = app
        .read_state::<Meeting, _>(&resolution.meeting.to_string(), |known| {
            adopted(known, resolution)
        })
        .await?;
    let Some(adopted) = adopted else { return Ok(()) };
    let command = ResolutionCommand::Adopt(Box::new(adopted));
    app.execute::<Resolution>(&resolution.to_string(), command, caller).await.map(drop)
}

fn adopted(meeting: &Meeting, resolution: ResolutionId) -> Option<Adopted> {
    let station = meeting.station()?.clone();
    let decided_on = meeting.sealed()?.held_on;
    let topic = meeting.adopted().find(|topic| topic.topic == resolution.topic)?;
    let body = meeting.convened()?.body;
    Some(Adopted {
        station,
        issue: topic.item.issue,
        title: topic.item.title.clone(),
        text: topic.result.clone(),
        decided_on,
        body: Some(body),
        voters: topic.voters,
        in_favour: topic.in_favour.filter(|_| body == Body::Council),
    })
}

pub(super) async fn decide(
    app: &App,
    meeting: MeetingId,
    topic: u8,
    outcome: Outcome,
    caller: &Caller,
) -> Result<(), Error> {
    let Some(item) = topic_of(app, meeting, topic).await? else { return Ok(()) };
    let Some(issue) = item.issue else { return Ok(()) };
    let command = if item.ratifies && outcome == Outcome::Adopted {
        IssueCommand::Ratify { meeting, topic }
    } else {
        IssueCommand::Decide { meeting, topic, outcome }
    };
    decide_issue(app, issue, command, caller).await
}

/// Each issue is let go, also when another of them has moved on already.
pub(super) async fn release_issues(
    app: &App,
    meeting: MeetingId,
    caller: &Caller,
) -> Result<(), Error> {
    let agenda = convened(app, meeting).await?.map(|convened| convened.agenda).unwrap_or_default();
    for (topic, item) in (1..).zip(agenda) {
        let Some(issue) = item.issue else { continue };
        let command = IssueCommand::Decide { meeting, topic, outcome: Outcome::Deferred };
        match decide_issue(app, issue, command, caller).await {
            Err(Error::Refused(refusal)) => {
                tracing::info!(%issue, code = refusal.code(), "policy refused");
            }
            other => other?,
        }
    }
    Ok(())
}

pub(super) async fn hold_meeting(
    app: &App,
    meeting: MeetingId,
    held_on: Date,
    caller: &Caller,
) -> Result<(), Error> {
    let station = app.station_of_meeting(meeting).await?;
    let backfilled =
        app.read_state::<Meeting, _>(&meeting.to_string(), Meeting::is_backfilled).await?;
    let command = StationCommand::HoldMeeting(MeetingHeld { meeting, held_on, backfilled });
    app.execute::<Station>(station.as_str(), command, caller).await.map(drop)
}

/// Refused where the party branch was not informed before: then whoever informs it names the meeting later.
pub(super) async fn inform_meeting(
    app: &App,
    resolution: ResolutionId,
    meeting: MeetingId,
    caller: &Caller,
) -> Result<(), Error> {
    app.inform_meeting(resolution, meeting, caller).await.map(drop)
}

pub(super) async fn settle_issue(
    app: &App,
    resolution: ResolutionId,
    result: Text<500>,
    caller: &Caller,
) -> Result<(), Error> {
    let Some(issue) = issue_of(app, resolution).await? else { return Ok(()) };
    let command = IssueCommand::Settle { resolution: Some(resolution), result };
    decide_issue(app, issue, command, caller).await
}

pub(super) async fn reopen_issue(
    app: &App,
    resolution: ResolutionId,
    caller: &Caller,
) -> Result<(), Error> {
    let Some(issue) = issue_of(app, resolution).await? else { return Ok(()) };
    decide_issue(app, issue, IssueCommand::Reopen { resolution }, caller).await
}

async fn issue_of(app: &App, resolution: ResolutionId) -> Result<Option<IssueId>, Error> {
    app.read_state::<Resolution, _>(&resolution.to_string(), Resolution::issue).await
}
