//! 补录: what was entered from paper.

use domain::backfill::{BackfillApproved, BackfillRefused, FromPaper};
use domain::service::Recorder;

use super::description::{Description, evidence};
use crate::lang::Said;

/// Nobody certifies himself: who entered it does not approve it. The rule is the program's own.
pub(super) fn approval(approved: &BackfillApproved) -> Description {
    let by = &approved.approver.account;
    Description::new(
        format!("账号{by}核对纸质材料后核准补录。"),
        format!("The account {by} held it against the paper and approved the backfill."),
    )
}

/// What is to be sealed, as the minutes would be told.
pub(super) fn requested(minutes: Description, by: &Recorder) -> Description {
    let (by, Said { zh, en }) = (&by.account, &minutes.what);
    let what = Said::new(
        format!("账号{by}凭纸质材料补录,待另一人核准:{zh}"),
        format!("Entered from paper by the account {by}, for a second person to approve: {en}"),
    );
    Description { what, ..minutes }
}

pub(super) fn refusal(refused: &BackfillRefused) -> Description {
    Description::new("不予补录。", "The backfill was refused.").because(&refused.reason)
}

/// What follows a sentence on something that may have been entered from paper.
pub(super) fn from(paper: Option<&FromPaper>) -> Said {
    let Some(paper) = paper else { return Said::new("", "") };
    let (by, shows) = (&paper.recorder.account, evidence(&paper.evidence));
    Said::new(
        format!(";账号{by}凭纸质材料补录{},待另一人核准", shows.zh),
        format!(
            "; entered from paper by the account {by}{}, for a second person to approve",
            shows.en
        ),
    )
}
