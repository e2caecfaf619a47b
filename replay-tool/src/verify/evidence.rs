//! Every piece of evidence that an event names is there, and is the bytes that were kept.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use event_store::Position;
use evidence::{Check, Digest, Evidence, Location};
use futures_util::{StreamExt, TryStreamExt, stream};
use projections::Fact;
use tokio::runtime::{Builder, Runtime};

use super::finding::{Compared, Finding, Report};
use crate::console::Console;
use crate::data_folder;
use crate::failure::Failure;
use crate::lang::Said;

/// Objects that are read at once: a service far away answers several in the time of one.
const AT_ONCE: usize = 16;
/// Digests and positions that a sentence names.
const NAMED: usize = 5;

/// Where evidence is looked for.
pub struct EvidencePlace {
    location: Location,
    given: bool,
}

impl EvidencePlace {
    /// Where an auditor says that it lies.
    pub fn given(location: Location) -> Self {
        Self { location, given: true }
    }

    /// Where it lies if nobody says anything.
    pub fn of(data: &Path) -> Self {
        Self { location: Location::Folder(data_folder::evidence(data)), given: false }
    }

    fn open(&self) -> Result<Option<Evidence>, Failure> {
        let found = Evidence::open_existing(&self.location)?;
        if found.is_none() && self.given {
            let place = &self.location;
            return Err(Failure::usage(
                format!("没有佐证材料目录 {place};请用 --evidence 指明位置。"),
                format!("There is no evidence folder {place}; name its place with --evidence."),
            ));
        }
        Ok(found)
    }
}

/// Which pieces are named, and where.
#[derive(Default)]
pub struct Citations(BTreeMap<Digest, Citation>);

/// One piece of evidence: the event that names it first, and the places of all.
struct Citation {
    was_kept: bool,
    stream: String,
    version: u64,
    positions: Vec<u64>,
}

impl Citations {
    /// Takes in a fact.
    pub fn see(&mut self, fact: &Fact) {
        for cited in fact.event.cited() {
            let citation =
                self.0.entry(Digest::from_bytes(cited.digest.0)).or_insert_with(|| Citation {
                    was_kept: false,
                    stream: fact.stream.to_string(),
                    version: fact.version.0,
                    positions: Vec::new(),
                });
            citation.was_kept |= cited.was_kept;
            citation.positions.push(fact.position.0);
        }
    }
}

/// Reads every piece that is named and compares it with its digest.
pub fn check(
    citations: &Citations,
    place: &EvidencePlace,
    report: &mut Report,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(evidence) = place.open()? else {
        if !citations.0.is_empty() {
            report.notices.push(Finding::new(
                "evidence.absent",
                "数据目录中没有佐证材料;未核对。在别处的请用 --evidence 指明。",
                "There is no evidence in the data folder; it was not compared. Name its place with --evidence where it lies elsewhere.",
            ));
        }
        return Ok(());
    };
    let total = citations.0.len() as u64;
    let progress = console.progress(Said::new("核对佐证材料", "compare evidence"), Position(total));
    let evidence = &evidence;
    let checks = stream::iter(&citations.0).map(async |(digest, citation)| {
        let found = evidence.check(digest).await?;
        Ok::<_, Failure>((digest, citation, found))
    });
    let mut checks = checks.buffer_unordered(AT_ONCE);
    let (mut compared, mut unsound) = (Compared { cited: total, ..Compared::default() }, vec![]);
    runtime()?.block_on(async {
        let mut done = 0;
        while let Some((digest, citation, found)) = checks.try_next().await? {
            done += 1;
            progress.at(Position(done));
            match found {
                Check::Sound => compared.sound += 1,
                Check::Changed => compared.changed += 1,
                Check::Missing if citation.was_kept => compared.missing += 1,
                Check::Missing => compared.elsewhere += 1,
            }
            if found != Check::Sound {
                unsound.push((digest, citation, found));
            }
        }
        Ok::<_, Failure>(())
    })?;
    console.done_with(progress, total, &Said::new("佐证材料", "pieces of evidence"));
    unsound.sort_unstable_by_key(|(_, citation, _)| citation.positions.first().copied());
    for (digest, citation, found) in unsound {
        if let Some(finding) = unsound_piece(digest, citation, found) {
            report.find(finding);
        }
    }
    if compared.elsewhere > 0 {
        let count = compared.elsewhere;
        report.notices.push(Finding::new(
            "evidence.elsewhere",
            format!("补录所载{count}件材料的摘要不在佐证材料库中,可能存放在别处;未核对。"),
            format!(
                "{count} document(s) that backfills name by digest are not in the evidence store and may be kept elsewhere; they were not compared."
            ),
        ));
    }
    report.evidence = Some(compared);
    Ok(())
}

fn unsound_piece(digest: &Digest, citation: &Citation, found: Check) -> Option<Finding> {
    let (check, zh, en) = match found {
        Check::Sound => return None,
        Check::Missing if !citation.was_kept => return None,
        Check::Missing => (
            "evidence.missing",
            "不在佐证材料库中;请从备份恢复。",
            "is not in the evidence store; restore it from a backup.",
        ),
        Check::Changed => (
            "evidence.changed",
            "不是此摘要的字节:已损坏或被改;请从备份恢复。",
            "is not the bytes of this digest: it is damaged or was changed; restore it from a backup.",
        ),
    };
    let at = listed(&citation.positions);
    let said = Finding::new(
        check,
        format!("佐证材料{digest}{zh}引用它的位置:{at}。"),
        format!("The piece of evidence {digest} {en} It is named at: {at}."),
    );
    let finding = Finding {
        position: citation.positions.first().copied(),
        version: Some(citation.version),
        digest: Some(digest.to_string()),
        cited_at: citation.positions.clone(),
        ..said
    };
    Some(finding.of(&citation.stream))
}

/// Counts and names what is there and named by no event: it may have been uploaded a moment ago, or for a command that was
/// refused.
pub fn name_uncited(
    citations: &Citations,
    place: &EvidencePlace,
    report: &mut Report,
) -> Result<(), Failure> {
    let (Some(evidence), Some(compared)) = (place.open()?, &mut report.evidence) else {
        return Ok(());
    };
    let there: HashSet<Digest> = runtime()?.block_on(evidence.digests().try_collect())?;
    let mut uncited: Vec<Digest> =
        there.into_iter().filter(|digest| !citations.0.contains_key(digest)).collect();
    uncited.sort_unstable();
    compared.uncited = uncited.len() as u64;
    if !uncited.is_empty() {
        let (count, named) = (uncited.len(), listed(&uncited));
        report.notices.push(Finding::new(
            "evidence.uncited",
            format!("{count}件佐证材料没有事件引用,可能刚上传,或办理被拒绝:{named}。"),
            format!(
                "{count} piece(s) of evidence are named by no event, uploaded a moment ago or for something that was refused: {named}."
            ),
        ));
    }
    Ok(())
}

/// The first of them, and how many more there are.
fn listed<T: ToString>(all: &[T]) -> String {
    let named: Vec<String> = all.iter().take(NAMED).map(ToString::to_string).collect();
    let more = all.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" (+{more})") } else { String::new() };
    format!("{}{rest}", named.join(", "))
}

fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(2).enable_all().build()
}
