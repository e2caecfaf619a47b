//! `check`: proofs from files or paper, without log, service or connection.

use std::fmt::Write as _;

use domain::catalogue::CATALOGUE;
use jiff::Timestamp;
use ledger::{Accepted, Bundle, Record};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::cli::{Check, TextOrJson};
use crate::console::Console;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::moment::county_exact;
use crate::table;
use crate::trust;

/// What a proof has proven: every field comes from the proven bytes.
#[derive(Serialize)]
struct Proven {
    origin: String,
    size: u64,
    index: u64,
    witnesses: Vec<Witness>,
    stream: String,
    version: u64,
    kind: String,
    id: Uuid,
    recorded_at: Timestamp,
    metadata: Value,
    data: Value,
}

/// Who saw the checkpoint, and when.
#[derive(Serialize)]
struct Witness {
    name: String,
    at: Timestamp,
}

pub(super) fn run(asked: &Check, console: &mut Console<'_>) -> Result<u8, Failure> {
    let policy = trust::policy(&asked.policy)?;
    let texts: Vec<String> =
        asked.proofs.iter().map(|path| trust::text(path)).collect::<Result<_, _>>()?;
    let bundles = match bundles(&texts.concat()) {
        Ok(bundles) => bundles,
        Err(why) => return refuse(console, &why),
    };
    let mut proven = Vec::with_capacity(bundles.len());
    for bundle in &bundles {
        let checked = bundle.check(&policy).map_err(|why| {
            let pending =
                matches!(why, ledger::Unproven::Checkpoint(ledger::Unaccepted::Pending { .. }));
            if pending {
                Said::new(format!("尚待见证({why})"), format!("pending: {why}"))
            } else {
                Said::new(format!("不成立({why})"), why.to_string())
            }
        });
        match checked.and_then(|accepted| fields(bundle, accepted)) {
            Ok(fields) => proven.push(fields),
            Err(why) => return refuse(console, &why),
        }
    }
    match asked.format {
        TextOrJson::Json => table::write_json(console, &proven)?,
        TextOrJson::Text => proven.iter().try_for_each(|one| console.say(&told(one)))?,
    }
    Ok(exit::OK)
}

fn refuse(console: &mut Console<'_>, why: &Said) -> Result<u8, Failure> {
    console.say(&Said::new(format!("未证明:{}。", why.zh), format!("Not proven: {}.", why.en)))?;
    Ok(exit::FINDING)
}

/// The proofs of a text, which may be pieces scanned from paper.
fn bundles(text: &str) -> Result<Vec<Bundle>, Said> {
    let joined = ledger::join(text).map_err(|bad| {
        Said::new(format!("二维码内容不全或有误({bad})"), format!("the scanned pieces: {bad}"))
    })?;
    Bundle::all(joined.as_deref().unwrap_or(text))
        .map_err(|bad| Said::new(format!("不是证明({bad})"), format!("it is no proof: {bad}")))
}

fn fields(bundle: &Bundle, accepted: Accepted) -> Result<Proven, Said> {
    let unread = || {
        Said::new(
            "记录不是本程序认识的格式",
            "the record is of a form that this program does not know",
        )
    };
    let record = Record::decode(&bundle.record).map_err(|_| unread())?;
    let witnesses = accepted.witnesses.into_iter().filter_map(|(name, at)| {
        let at = Timestamp::from_second(i64::try_from(at).ok()?).ok()?;
        Some(Witness { name: name.into(), at })
    });
    Ok(Proven {
        origin: accepted.checkpoint.origin.into(),
        size: accepted.checkpoint.size,
        index: bundle.index,
        witnesses: witnesses.collect(),
        stream: record.stream.to_owned(),
        version: record.version,
        kind: record.kind.to_owned(),
        id: Uuid::from_bytes(record.id),
        recorded_at: Timestamp::from_microsecond(record.recorded_at).map_err(|_| unread())?,
        metadata: serde_json::from_slice(record.metadata).map_err(|_| unread())?,
        data: serde_json::from_slice(record.data).map_err(|_| unread())?,
    })
}

fn told(proven: &Proven) -> Said {
    let Proven { origin, size, index, stream, version, kind, id, .. } = proven;
    let known = CATALOGUE.iter().find(|known| known.name == kind);
    let (kind_zh, kind_en) = known.map_or(("", ""), |known| (known.zh, known.en));
    let at = county_exact(proven.recorded_at);
    let json = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
    let (metadata, data) = (json(&proven.metadata), json(&proven.data));
    let (mut seen_zh, mut seen_en) = (String::new(), String::new());
    for Witness { name, at } in &proven.witnesses {
        let at = county_exact(*at);
        // Into a string nothing fails.
        let _ = write!(seen_zh, "\n见证方  {name},{at}");
        let _ = write!(seen_en, "\nwitness   {name}, {at}");
    }
    Said::new(
        format!(
            "证明成立。\n账本    {origin},检查点签署{size}件事件,这是第{index}叶(从0数起){seen_zh}\n事件    {stream}第{version}件,{kind}{kind_zh},编号{id}\n记录于  {at}\n内容    {data}\n元数据  {metadata}"
        ),
        format!(
            "Proven.\nledger    {origin}, its checkpoint over {size} events, of which this is leaf {index} (from 0){seen_en}\nevent     {version} of {stream}, {kind}: {kind_en}, id {id}\nrecorded  {at}\ndata      {data}\nmetadata  {metadata}"
        ),
    )
}
