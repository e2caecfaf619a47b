//! The hashes in a ledger's folder, one by one against those of the log.

use event_store::Recorded;
use ledger::{Hash, TILE_HEIGHT};

use super::super::finding::{Finding, Report};
use crate::failure::Failure;

/// Hashes read at once.
const PAGE: usize = 4_096;
/// Levels of tiles.
const LEVELS: usize = 8;

/// The folder's hashes, and what was found of them so far.
pub struct FolderHashes {
    reader: keeper::Reader,
    /// How many leaves were signed; hashes after them are not compared.
    size: u64,
    page: Vec<Hash>,
    page_begins: u64,
    first: Option<Odd>,
    odd: u64,
    /// Levels of tiles in which the next hash covers a leaf or a hash that was found wrong already, and is not reported again.
    astray: [bool; LEVELS],
    inner: Option<(usize, u64)>,
}

/// The first event that is not the one that the folder's hash was made of.
struct Odd {
    index: u64,
    event: Place,
    leaf: Hash,
    /// None where the folder's file ends before.
    signed: Option<Hash>,
    /// Where the event that was signed here stands now.
    moved_to: Option<Place>,
}

/// An event's place in the log.
struct Place {
    position: u64,
    stream: String,
    version: u64,
}

impl Place {
    fn of(event: &Recorded) -> Self {
        let (position, version) = (event.position.0, event.version.0);
        Self { position, stream: event.stream.to_string(), version }
    }
}

impl FolderHashes {
    /// A comparison that has seen nothing yet.
    pub fn new(reader: keeper::Reader, size: u64) -> Self {
        Self {
            reader,
            size,
            page: Vec::new(),
            page_begins: 0,
            first: None,
            odd: 0,
            astray: [false; LEVELS],
            inner: None,
        }
    }

    /// Compares the hash over a whole subtree whose last leaf is this event.
    pub fn compare(
        &mut self,
        event: &Recorded,
        level: u8,
        index: u64,
        hash: Hash,
    ) -> Result<(), Failure> {
        if !level.is_multiple_of(TILE_HEIGHT) || index >= self.size >> level {
            return Ok(());
        }
        match usize::from(level / TILE_HEIGHT) {
            0 => self.compare_leaf(event, index, hash),
            level => self.compare_inner(level, index, hash),
        }
    }

    fn compare_leaf(&mut self, event: &Recorded, index: u64, leaf: Hash) -> Result<(), Failure> {
        if index >= self.page_begins + self.page.len() as u64 {
            (self.page, self.page_begins) = (self.reader.hashes(0, index, PAGE)?, index);
        }
        let at = usize::try_from(index - self.page_begins).unwrap_or(usize::MAX);
        let signed = self.page.get(at).copied();
        match &mut self.first {
            Some(first) if first.signed == Some(leaf) => first.moved_to = Some(Place::of(event)),
            _ => {}
        }
        if signed != Some(leaf) {
            self.odd += 1;
            self.astray = [true; LEVELS];
            let event = Place::of(event);
            let odd = Odd { index, event, leaf, signed, moved_to: None };
            self.first.get_or_insert(odd);
        }
        Ok(())
    }

    fn compare_inner(&mut self, level: usize, index: u64, hash: Hash) -> Result<(), Failure> {
        if !std::mem::take(&mut self.astray[level]) {
            let of_tiles = u8::try_from(level).unwrap_or(u8::MAX);
            if self.reader.hashes(of_tiles, index, 1)?.first() != Some(&hash) {
                self.inner.get_or_insert((level, index));
                self.astray[level..].fill(true);
                self.astray[level] = false;
            }
        }
        Ok(())
    }

    /// Says what was found. `log_holds`: whether a checkpoint over that place agrees with the log.
    pub fn finish(
        self,
        log_holds: impl Fn(u64) -> bool,
        report: &mut Report,
    ) -> Result<(), Failure> {
        if let Some((level, index)) = self.inner {
            report.find(Finding::new(
                "ledger.tile",
                format!("账本文件level-{level}第{index}个散列(从0数起)与其下的散列不符。"),
                format!("Hash {index} (from 0) of the ledger's file level-{level} is not the one over those below it."),
            ));
        }
        let Some(odd) = &self.first else { return Ok(()) };
        let (index, others) = (odd.index, self.odd - 1);
        let (others_zh, others_en) = match others {
            0 => (String::new(), String::new()),
            _ => (format!("其后另有{others}件不符。"), format!(" {others} further events differ.")),
        };
        if log_holds(index) || odd.signed.is_none() {
            report.find(Finding::new(
                "ledger.tile",
                format!("账本文件level-0第{index}个散列(从0数起)缺失或不是签署的那一个;日志与检查点一致,事件未改。{others_zh}"),
                format!(
                    "Hash {index} (from 0) of the ledger's file level-0 is missing or not the one that was signed; the log agrees with the checkpoint, the event was not changed.{others_en}"
                ),
            ));
            return Ok(());
        }
        let belongs = self.reader.find(odd.leaf, index.saturating_add(1), self.size)?;
        let (what_zh, what_en) = differs(odd, belongs);
        let Place { position, stream, version } = &odd.event;
        report.find(Finding {
            position: Some(*position),
            version: Some(*version),
            ..Finding::new(
                "ledger.leaf",
                format!("不是签署在此(第{index}叶,从0数起)的事件:{what_zh}。{others_zh}"),
                format!("It is not the event that was signed here (leaf {index}, from 0): {what_en}.{others_en}"),
            )
            .of(stream)
        });
        Ok(())
    }
}

/// What became of the event that was signed, and where the one that stands there comes from.
fn differs(odd: &Odd, belongs: Option<u64>) -> (String, String) {
    match (&odd.moved_to, belongs) {
        (Some(to), Some(from)) => (
            format!("次序被换,原来的现在位置{},这一件原为第{from}叶", to.position),
            format!(
                "the order was changed; the one that was stands at position {} now, this one was leaf {from}",
                to.position
            ),
        ),
        (Some(to), None) => (
            format!("插入了从未签署的事件,原来的现在位置{}", to.position),
            format!(
                "an event that was never signed was put in; the one that was stands at position {} now",
                to.position
            ),
        ),
        (None, Some(from)) => (
            format!("签署在此的事件不在了,这一件原为第{from}叶"),
            format!("the one that was is gone, this one was leaf {from}"),
        ),
        (None, None) => (
            "编号、类型、记录时间、元数据或数据的字节被改".to_owned(),
            "bytes of its id, kind, time, metadata or data were changed".to_owned(),
        ),
    }
}
