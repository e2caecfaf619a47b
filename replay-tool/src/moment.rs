//! Moments as an auditor writes and reads them: in county time, UTC+8.

use domain::end_of_day;
use event_store::Position;
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use projections::Until;

/// A part of the log, from its beginning.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Cut {
    /// 截至时间:带时区的RFC3339,或日期(当日结束)。 As of this time: RFC 3339 with offset, or a date (its end, UTC+8).
    #[arg(long, value_name = "TIME", value_parser = parse, conflicts_with = "position")]
    pub as_of: Option<Timestamp>,
    /// 截至日志位置(各日志自有其位置)。 As of this position, which is this log's own.
    #[arg(long, value_name = "N")]
    pub position: Option<u64>,
}

impl Cut {
    /// As of a time.
    pub fn at(time: Timestamp) -> Self {
        Self { as_of: Some(time), position: None }
    }

    /// Where it ends.
    pub fn until(&self) -> Until {
        match (self.as_of, self.position) {
            (Some(time), _) => Until::Time(time),
            (None, Some(position)) => Until::Position(Position(position)),
            (None, None) => Until::Head,
        }
    }
}

/// A moment from the command line.
///
/// A date means the last moment of that day that the log can record, which is a microsecond before the next day.
pub fn parse(text: &str) -> Result<Timestamp, String> {
    let day = (text.len() == 10).then(|| text.parse::<Date>().ok()).flatten();
    let end = day.map(|day| end_of_day(day) - SignedDuration::from_micros(1));
    end.or_else(|| text.parse().ok()).ok_or_else(|| {
        "应为带时区的时间(2021-11-30T12:00:00+08:00)或日期(2021-11-30)。 \
         Give a time with its offset (2021-11-30T12:00:00+08:00) or a date (2021-11-30)."
            .to_owned()
    })
}

/// A moment in county time, to the second.
pub fn county(at: Timestamp) -> String {
    Offset::constant(8).to_datetime(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A moment in county time with its offset, to the microsecond where there is a part of a second.
pub fn county_exact(at: Timestamp) -> String {
    at.display_with_offset(Offset::constant(8)).to_string()
}

#[cfg(test)]
mod tests;
