//! Checkpoints: what was stated of the log, by whom it was signed, and whether the log agrees.

use std::path::{Path, PathBuf};

use event_store::Landmark;
use ledger::{Checkpoint, Hash, Note, Policy, Unaccepted};

use super::super::finding::{Finding, Report};
use crate::failure::Failure;
use crate::lang::Said;
use crate::trust;

/// What the log is held against.
#[derive(Debug, Clone)]
pub struct Against {
    /// The folder of a ledger: the service's, or one of the auditor's own.
    pub folder: PathBuf,
    /// Files of checkpoints that the auditor kept.
    pub checkpoints: Vec<PathBuf>,
    /// The file that says who must have signed.
    pub policy: Option<PathBuf>,
    /// Whether the published checkpoint is to be kept, so that there must be one.
    pub keeps: bool,
}

/// A checkpoint that the log must agree with.
pub struct Stated {
    /// The file it stands in.
    pub name: String,
    /// Whether it is the one that the service published last.
    pub published: bool,
    /// It with its signatures.
    pub note: Note,
    /// What it states.
    pub checkpoint: Checkpoint,
    /// The last event that it covers, where that is written beside it.
    pub last: Option<Landmark>,
    /// What the log gives at that size; none before it has so many events.
    pub found: Option<Hash>,
}

impl Stated {
    /// Whether the log agrees.
    pub fn holds(&self) -> bool {
        self.found == Some(self.checkpoint.root)
    }
}

/// All checkpoints at hand, the smallest first.
pub fn all(against: &Against, report: &mut Report) -> Result<Vec<Stated>, Failure> {
    let policy = against.policy.as_deref().map(trust::policy).transpose()?;
    let mut stated = Vec::new();
    for path in &against.checkpoints {
        let note = trust::note(path)?;
        stated.extend(read(&path.display().to_string(), note, policy.as_ref(), |_| false, report));
    }
    let in_folder = in_folder(&against.folder)?;
    if against.keeps && in_folder.is_empty() {
        let folder = against.folder.display();
        return Err(Failure::usage(
            format!("{folder} 没有公布过检查点,无可保存。"),
            format!("No checkpoint was published in {folder}: there is none to keep."),
        ));
    }
    let published = in_folder.first().and_then(|one| one.note.as_ref().ok());
    report.published = published.map(ToString::to_string);
    for one in in_folder {
        let FolderCheckpoint { name, note, published, last, excused } = one;
        let found = read(&name, note, policy.as_ref(), excused, report);
        stated.extend(found.map(|found| Stated { published, last, ..found }));
    }
    if let Some((one, other)) = stated
        .iter()
        .zip(stated.iter().skip(1))
        .find(|(one, other)| one.checkpoint.origin != other.checkpoint.origin)
    {
        let [one, other] = [one, other].map(|it| format!("{} ({})", it.checkpoint.origin, it.name));
        report.find(Finding::new(
            "ledger.origin",
            format!("检查点出自不同的账本:{one},{other}。"),
            format!("The checkpoints are of different ledgers: {one}, {other}."),
        ));
    }
    if policy.is_none() && !stated.is_empty() {
        report.notices.push(Finding::new(
            "ledger.unchecked",
            "没有给出信任策略(--policy),检查点的签名未查。",
            "No policy was given (--policy): the signatures of the checkpoints were not checked.",
        ));
    }
    stated.sort_by_key(|stated| stated.checkpoint.size);
    Ok(stated)
}

/// A checkpoint in a ledger's folder.
struct FolderCheckpoint {
    name: String,
    note: Result<Note, Said>,
    /// Whether the hashes in the folder reach so far.
    published: bool,
    last: Option<Landmark>,
    /// What the policy may miss in it.
    excused: fn(&Unaccepted) -> bool,
}

/// The checkpoints of a ledger's folder, the published one first: that which witnesses have cosigned, that which was signed
/// last, and the handovers of its keys.
fn in_folder(folder: &Path) -> Result<Vec<FolderCheckpoint>, Failure> {
    let name = |file: &str| folder.join(file).display().to_string();
    let damaged = || Err(Said::new("已损坏", "it is damaged"));
    let mut found = Vec::new();
    let cosigned = read_or_damaged(folder, keeper::cosigned_in(folder))?;
    // Where one checkpoint has enough witnesses, a later one may still wait for theirs.
    let excused: fn(&Unaccepted) -> bool = match &cosigned {
        Some(_) => |why| matches!(why, Unaccepted::Pending { .. }),
        None => |_| false,
    };
    if let Some(text) = cosigned {
        let note = text.map_or_else(damaged, |text| trust::parsed(&text));
        found.push(FolderCheckpoint {
            name: name("cosigned"),
            note,
            published: false,
            last: None,
            excused: |_| false,
        });
    }
    if let Some(signed) = read_or_damaged(folder, keeper::signed_in(folder))? {
        let (note, last) = match signed {
            Some((text, last)) => (trust::parsed(&text), last),
            None => (damaged(), None),
        };
        found.push(FolderCheckpoint {
            name: name("published.json"),
            note,
            published: true,
            last,
            excused,
        });
    }
    let handovers = keeper::handovers_in(folder)
        .map_err(|source| Failure::Unread { path: folder.to_owned(), source })?;
    for (file, text) in handovers {
        found.push(FolderCheckpoint {
            name: name(&file),
            note: trust::parsed(&text),
            published: false,
            last: None,
            // A policy that trusts only the newest key need not know the earlier ones.
            excused: |why| matches!(why, Unaccepted::Log | Unaccepted::Pending { .. }),
        });
    }
    Ok(found)
}

/// What a file holds, if it is there; a damaged one holds nothing.
fn read_or_damaged<T>(
    folder: &Path,
    read: std::io::Result<Option<T>>,
) -> Result<Option<Option<T>>, Failure> {
    match read {
        Ok(found) => Ok(found.map(Some)),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Ok(Some(None)),
        Err(source) => Err(Failure::Unread { path: folder.to_owned(), source }),
    }
}

fn read(
    name: &str,
    note: Result<Note, Said>,
    policy: Option<&Policy>,
    excused: impl FnOnce(&Unaccepted) -> bool,
    report: &mut Report,
) -> Option<Stated> {
    let no_checkpoint = |why: Said| {
        Finding::new(
            "ledger.checkpoint",
            format!("{name}:{}。", why.zh),
            format!("{name}: {}.", why.en),
        )
    };
    let note = note.map_err(|why| report.find(no_checkpoint(why))).ok()?;
    let checkpoint = Checkpoint::of(&note).map_err(|bad| {
        let why = Said::new(format!("不是检查点({bad})"), format!("it is no checkpoint ({bad})"));
        report.find(no_checkpoint(why));
    });
    let checkpoint = checkpoint.ok()?;
    match policy.map(|policy| policy.accept(&note)) {
        None => {}
        Some(Ok(accepted)) => report.witnesses.extend(accepted.witnesses.into_keys()),
        Some(Err(why)) if excused(&why) => {}
        Some(Err(why)) => report.find(Finding::new(
            "ledger.signature",
            format!("{name}:信任策略不接受({why})。"),
            format!("{name}: the policy does not accept it: {why}."),
        )),
    }
    let name = name.to_owned();
    Some(Stated { name, published: false, note, checkpoint, last: None, found: None })
}

/// Says which checkpoints the log, of that size, does not agree with.
pub fn judge(stated: &[Stated], size: u64, report: &mut Report) {
    let mut agreed = 0;
    for one in stated {
        let Stated { name, checkpoint, .. } = one;
        let covered = checkpoint.size;
        if one.holds() {
            (agreed, report.checkpoints) = (covered, report.checkpoints + 1);
        } else if covered > size {
            let missing = covered - size;
            report.find(Finding::new(
                "ledger.cut",
                format!("{name}签署了{covered}件事件,日志只有{size}件:末尾缺{missing}件。"),
                format!("{name} was signed over {covered} events; the log has {size}: {missing} missing."),
            ));
        } else {
            let (since_zh, since_en) = match agreed {
                0 => (String::new(), String::new()),
                _ => (
                    format!("前{agreed}件与较早的检查点一致,改动在其后。"),
                    format!(
                        " The first {agreed} agree with an earlier checkpoint; what was changed lies behind them."
                    ),
                ),
            };
            report.find(Finding::new(
                "ledger.root",
                format!("日志前{covered}件事件不是{name}所签署的。{since_zh}"),
                format!("The first {covered} events are not those that {name} was signed over.{since_en}"),
            ));
        }
    }
}
