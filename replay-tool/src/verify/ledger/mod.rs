//! The log against its ledger: every record still is the one that was signed, and none is missing.
//!
//! The tree is computed anew from the log. Its root is compared with every checkpoint at hand, the auditor's own first;
//! its hashes are compared with those in a ledger's folder, which tell *where* something differs.

mod folder_hashes;
mod keys;
mod stated;

use event_store::{Landmark, Recorded};
use ledger::Tree;

use super::finding::{Finding, Report};
use crate::failure::Failure;
pub use stated::Against;

use folder_hashes::FolderHashes;
use keys::Keys;
use stated::Stated;

/// The comparison under way.
pub struct LedgerCheck {
    tree: Tree,
    stated: Vec<Stated>,
    folder: Option<FolderHashes>,
    keys: Keys,
}

impl LedgerCheck {
    /// Reads the checkpoints: before the end of the log is looked up, so that none is ahead of it.
    pub fn begin(against: &Against, report: &mut Report) -> Result<Self, Failure> {
        let unread = |source| Failure::Unread { path: against.folder.clone(), source };
        let stated = stated::all(against, report)?;
        // Hashes are compared up to the published checkpoint, or without one up to the longest of the others.
        let published = stated.iter().find(|stated| stated.published);
        let size = published.or(stated.last()).map_or(0, |stated| stated.checkpoint.size);
        let reader = keeper::Reader::open(&against.folder).map_err(unread)?;
        if let Some(reason) = keeper::halted_in(&against.folder).map_err(unread)? {
            report.find(Finding::new(
                "ledger.halted",
                format!("账本已停止签名:{reason}。"),
                format!("The ledger has halted and signs nothing: {reason}."),
            ));
        }
        if reader.is_none() && stated.is_empty() {
            report.notices.push(Finding::new(
                "ledger.absent",
                "没有账本,也没有给出检查点;事件内部字节是否被改未查。",
                "There is no ledger and no checkpoint was given; whether bytes inside events were changed was not checked.",
            ));
        }
        let folder = reader.map(|reader| FolderHashes::new(reader, size));
        Ok(Self { tree: Tree::default(), stated, folder, keys: Keys::default() })
    }

    /// Takes in the next event of the log.
    pub fn see(&mut self, event: &Recorded, report: &mut Report) -> Result<(), Failure> {
        if self.stated.is_empty() && self.folder.is_none() {
            return Ok(());
        }
        if let Some(finding) = self.keys.see(event, self.tree.size()) {
            report.find(finding);
        }
        let mut compared = Ok(());
        self.tree.append(keeper::leaf(event), |level, index, hash| {
            if let Some(folder) = &mut self.folder
                && compared.is_ok()
            {
                compared = folder.compare(event, level, index, hash);
            }
        });
        compared?;
        let size = self.tree.size();
        for stated in self.stated.iter_mut().filter(|stated| stated.checkpoint.size == size) {
            stated.found = Some(self.tree.root());
            if let Some(last) = stated.last.take().filter(|last| *last != event.into()) {
                report.find(last_is_another(&stated.name, &last).at(event));
            }
        }
        Ok(())
    }

    /// Judges, after everything was seen.
    pub fn finish(mut self, report: &mut Report) -> Result<(), Failure> {
        let size = self.tree.size();
        for stated in self.stated.iter_mut().filter(|stated| stated.checkpoint.size == 0) {
            stated.found = Some(Tree::default().root());
        }
        if let Some(folder) = self.folder {
            // The smallest checkpoint over the event says who is right: the log or the folder.
            let judge = |index| self.stated.iter().find(|stated| stated.checkpoint.size > index);
            folder.finish(|index| judge(index).is_some_and(Stated::holds), report)?;
        }
        stated::judge(&self.stated, size, report);
        report.notices.extend(self.keys.news());
        for one in self.stated.iter().filter(|one| one.holds()) {
            let Stated { name, note, checkpoint, .. } = one;
            let found = self.keys.check(name, note, &checkpoint.origin, checkpoint.size);
            found.into_iter().for_each(|finding| report.find(finding));
        }
        Ok(())
    }
}

fn last_is_another(name: &str, last: &Landmark) -> Finding {
    Finding::new(
        "ledger.last",
        format!("{name}写明末件为{last},日志在此处的却不是。"),
        format!(
            "{name} names {last} as the last event that it covers; the log has another one here."
        ),
    )
}
