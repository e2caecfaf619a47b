//! 预设情节: what the story plants, so that an audit can be held against it.

use domain::{IssueId, ResolutionId};
use jiff::civil::Date;

/// The villages in which something is planted: the first of them.
pub const STAGED: usize = 8;

/// Something that does not go its ordinary way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    /// What it is, in both languages.
    pub what: &'static str,
    /// The stream that tells it.
    pub stream: String,
    /// What `replay audit decisions` finds; nothing where all goes well in the end.
    pub finding: Option<Failing>,
}

/// A finding that is to be expected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failing {
    /// Its code.
    pub code: &'static str,
    /// The last day of the step that is not taken.
    pub due: Date,
    /// The day on which it is taken after all; none: never.
    pub mended_on: Option<Date>,
}

impl Failing {
    /// What is found from the day after on.
    pub fn after(code: &'static str, due: Date) -> Self {
        Self { code, due, mended_on: None }
    }
}

impl Planted {
    /// About a resolution.
    pub fn resolution(what: &'static str, id: ResolutionId, finding: Option<Failing>) -> Self {
        Self { what, stream: format!("resolution-{id}"), finding }
    }

    /// About an issue that was dealt with before the meeting.
    pub fn expedited(what: &'static str, id: IssueId, finding: Option<Failing>) -> Self {
        Self { what, stream: format!("issue-{id}"), finding }
    }

    /// The code that an audit as of the end of a day finds, if the step's time is over by then and it was not taken.
    #[must_use]
    pub fn code_on(&self, day: Date) -> Option<&'static str> {
        let Failing { code, due, mended_on } = self.finding.as_ref()?;
        let open = *due < day && mended_on.is_none_or(|mended_on| day < mended_on);
        open.then_some(*code)
    }
}
