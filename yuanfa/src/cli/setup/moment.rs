//! Moments and deadlines as clerks write them.

use std::str::FromStr;

use domain::unit::Kind;
use domain::{end_of_day, start_of_day};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// A moment in the county: `2027-05-31`, the end of that day; `2027-05-31 17:00`; or RFC 3339 with an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub Timestamp);

/// A deadline of all units, or `KIND=` of one kind: `school=2027-07-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Until {
    /// 类别; none: all that have no deadline of their own.
    pub kind: Option<Kind>,
    /// The moment.
    pub moment: Moment,
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let accepted = || {
            "写作 2027-05-31(当日结束)、“2027-05-31 17:00”或 2027-05-31T17:00:00+08:00 write 2027-05-31 (the end of the day), \"2027-05-31 17:00\" or 2027-05-31T17:00:00+08:00".to_owned()
        };
        if let Ok(moment) = text.parse::<Timestamp>() {
            return Ok(Self(moment));
        }
        let (day, clock) = text.split_once([' ', 'T']).unwrap_or((text, ""));
        let day: Date = day.parse().ok().filter(|_| day.len() == 10).ok_or_else(accepted)?;
        if clock.is_empty() {
            return Ok(Self(end_of_day(day)));
        }
        let (hour, minute) = clock.trim().split_once(':').ok_or_else(accepted)?;
        let within = |text: &str, most: i64| text.parse().ok().filter(|n| (0..=most).contains(n));
        let hour = within(hour, 24).ok_or_else(accepted)?;
        let minute = within(minute, 59).ok_or_else(accepted)?;
        Ok(Self(start_of_day(day) + SignedDuration::from_mins(hour * 60 + minute)))
    }
}

impl FromStr for Until {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((kind, moment)) = text.split_once('=') else {
            return Ok(Self { kind: None, moment: text.parse()? });
        };
        let kind = kind.trim();
        let found = Kind::ALL.iter().copied().find(|of| of.as_str() == kind || of.zh() == kind);
        let accepted = || {
            let all: Vec<String> =
                Kind::ALL.iter().map(|of| format!("{} {of}", of.as_str())).collect();
            format!("单位类别应为下列之一 a kind of unit is one of: {}", all.join(", "))
        };
        Ok(Self { kind: Some(found.ok_or_else(accepted)?), moment: moment.parse()? })
    }
}
