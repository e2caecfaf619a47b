use domain::calendar::Calendar;
use domain::rulebook::Deliberation;
use domain::{Directory, UnitCode};
use jiff::civil::Date;
use projections::QueryError;
use projections::models::due;
use rusqlite::Connection;

use super::Duty;

/// Everything that is due, at most `limit` of a kind. A station whose unit was succeeded owes no meeting.
pub fn duties(
    connection: &Connection,
    today: Date,
    figures: &Deliberation,
    units: &Directory,
    calendar: &Calendar,
    limit: u32,
) -> Result<Vec<Duty>, QueryError> {
    let mut duties: Vec<Duty> = Vec::new();
    duties.extend(due::notices(connection, today, limit)?.into_iter().map(Duty::CloseNotice));
    let accounts = due::expiring_accounts(connection, today, limit)?;
    duties.extend(accounts.into_iter().map(Duty::ExpirePoints));
    let present = due::presences_to_end(connection, today, limit)?;
    duties.extend(present.into_iter().map(|(activity, who)| Duty::EndPresence(activity, who)));
    let issues = due::issues_to_answer(connection, today, limit)?;
    duties.extend(issues.into_iter().map(Duty::MissAnswer));
    let routings = due::routings_to_miss(connection, today, limit)?;
    duties.extend(routings.into_iter().map(Duty::MissRouting));
    let ratifications = due::ratifications_to_miss(connection, today, limit)?;
    duties.extend(ratifications.into_iter().map(|(issue, by)| Duty::MissRatification(issue, by)));
    let months = due::stations_to_miss(connection, today, *figures.minutes_days, limit)?;
    let acts =
        |station: &UnitCode| units.get(station).is_none_or(|unit| unit.succeeded_by.is_none());
    let months = months.into_iter().filter(|(station, _)| acts(station));
    duties.extend(months.map(|(station, month)| Duty::MissMeeting(station, month)));
    let objections = due::objections_overdue(connection, today, limit)?;
    duties.extend(objections.into_iter().map(|(of, number)| Duty::MissObjection(of, number)));
    let objections = due::notice_objections_overdue(connection, today, limit)?;
    duties.extend(objections.into_iter().map(|(of, number)| Duty::MissNoticeObjection(of, number)));
    let notices = due::resolution_notices_to_close(connection, today, limit)?;
    duties.extend(notices.into_iter().map(Duty::CloseResolution));
    let executions = due::executions_overdue(connection, today, limit)?;
    duties.extend(executions.into_iter().map(Duty::RecordOverdue));
    let surveys = due::surveys_to_close(connection, today, limit)?;
    duties.extend(surveys.into_iter().map(Duty::CloseSurvey));
    if let Some(known) = calendar.known_years() {
        let records = due::records_to_settle(connection, known, limit)?;
        duties.extend(records.into_iter().map(|(whose, record)| Duty::SettleDue(whose, record)));
    }
    Ok(duties)
}
