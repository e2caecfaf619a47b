//! Which events of `$all` a reader asked for.

use super::log::Record;
use super::messages::{FilterBy, FilterExpression, FilterOptions, FilterWindow, ReadFilter};
use tonic::Status;

/// How many events the real server looks at before it answers, unless asked otherwise.
const WINDOW: u64 = 32;

pub(super) enum Filter {
    Everything,
    Streams { prefixes: Vec<String>, checkpoint_interval: u64 },
    Kinds { prefixes: Vec<String>, checkpoint_interval: u64 },
}

impl Filter {
    pub fn of(option: Option<ReadFilter>) -> Result<Self, Status> {
        let options = match option {
            Some(ReadFilter::Filter(options)) => options,
            Some(ReadFilter::None(_)) => return Ok(Self::Everything),
            None => return Err(Status::invalid_argument("no filter option")),
        };
        let checkpoint_interval = interval(&options);
        Ok(match options.by {
            Some(FilterBy::Stream(expression)) => {
                Self::Streams { prefixes: prefixes(expression)?, checkpoint_interval }
            }
            Some(FilterBy::Kind(expression)) => {
                Self::Kinds { prefixes: prefixes(expression)?, checkpoint_interval }
            }
            None => return Err(Status::invalid_argument("no filter")),
        })
    }

    pub fn lets_through(&self, record: &Record) -> bool {
        match self {
            Self::Everything => true,
            Self::Streams { prefixes, .. } => starts_with_any(&record.stream, prefixes),
            Self::Kinds { prefixes, .. } => starts_with_any(&record.kind, prefixes),
        }
    }

    /// After how many events a subscription hears how far it has come; unfiltered it never needs to.
    pub fn checkpoint_interval(&self) -> Option<u64> {
        match self {
            Self::Everything => None,
            Self::Streams { checkpoint_interval, .. } | Self::Kinds { checkpoint_interval, .. } => {
                Some(*checkpoint_interval)
            }
        }
    }

    /// What the real server calls the result of such a read.
    pub fn result_kind(&self) -> &'static str {
        match self {
            Self::Everything => "ReadAllResult",
            Self::Streams { .. } | Self::Kinds { .. } => "FilteredReadAllResult",
        }
    }
}

fn interval(options: &FilterOptions) -> u64 {
    let window = match options.window {
        Some(FilterWindow::Max(max)) => u64::from(max),
        Some(FilterWindow::Count(_)) | None => WINDOW,
    };
    (window * u64::from(options.checkpoint_interval)).max(1)
}

fn prefixes(expression: FilterExpression) -> Result<Vec<String>, Status> {
    if expression.regex.is_empty() {
        Ok(expression.prefixes)
    } else {
        Err(Status::unimplemented("filters by regular expression"))
    }
}

fn starts_with_any(name: &str, prefixes: &[String]) -> bool {
    prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()))
}
