//! `policy new`: a starter policy, from a key or a checkpoint.

use std::path::Path;

use ledger::{Checkpoint, Note, Policy, Unsigned, VerifyingKey};

use crate::cli::{PolicyNew, PolicyOf};
use crate::console::Console;
use crate::data_folder;
use crate::failure::{Failure, exit};
use crate::lang::{Lang, Said};
use crate::trust;

pub(super) fn run(asked: &PolicyOf, console: &mut Console<'_>) -> Result<u8, Failure> {
    let PolicyOf::New(asked) = asked;
    let log = asked.log.as_deref().map(log_of).transpose()?;
    let signed = asked.checkpoint.as_deref().map(checkpoint_of).transpose()?;
    if let (Some(log), Some((note, _))) = (&log, &signed) {
        is_signed(note, &log.key)?;
    }
    let text = written(log.as_ref(), signed.as_ref(), asked, console.lang);
    let policy: Policy = text.parse().map_err(|bad: ledger::BadPolicy| {
        Failure::usage(
            format!("见证方或个数不合要求:{}。", bad.why),
            format!("A witness or the number of them does not fit: {}.", bad.why),
        )
    })?;
    match &asked.out {
        Some(path) => keep(path, &text, console)?,
        None => write!(console.out, "{text}")?,
    }
    if policy.logs().next().is_none() {
        console.note(&Said::new(
            "检查点不含公钥。请以另一途径取得账本的公钥(/ledger/key),填入 log 一行;未填之前该策略不接受任何检查点。",
            "A checkpoint holds no key. Ask for the ledger's key (/ledger/key) by another way and put it into the log line; until then the policy accepts nothing.",
        ));
    }
    Ok(exit::OK)
}

/// A ledger's key, and where it answers.
struct Log {
    key: VerifyingKey,
    url: Option<String>,
}

/// A key, a `log` line, or the first of these in a file.
fn log_of(given: &str) -> Result<Log, Failure> {
    if let Some(log) = line(given) {
        return Ok(log);
    }
    let text = trust::text(Path::new(given))?;
    text.lines().find_map(line).ok_or_else(|| {
        Failure::usage(
            format!("{given} 中没有账本的公钥;应为 名称+标识+base64,或 log 公钥 [网址]。"),
            format!("{given} holds no ledger's key: name+id+base64, or log KEY [URL]."),
        )
    })
}

fn line(text: &str) -> Option<Log> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (key, url) = match words[..] {
        ["log", key] | [key] => (key, None),
        ["log", key, url] => (key, Some(url.to_owned())),
        _ => return None,
    };
    Some(Log { key: key.parse().ok()?, url })
}

fn checkpoint_of(path: &Path) -> Result<(Note, Checkpoint), Failure> {
    let bad = |why: Said| {
        let path = path.display();
        Failure::usage(format!("{path}:{}。", why.zh), format!("{path}: {}.", why.en))
    };
    let note = trust::note(path)?.map_err(bad)?;
    let checkpoint = Checkpoint::of(&note).map_err(|error| {
        bad(Said::new(format!("不是检查点({error})"), format!("it is no checkpoint ({error})")))
    })?;
    Ok((note, checkpoint))
}

/// The key must have signed the checkpoint, or it is another ledger's.
fn is_signed(note: &Note, key: &VerifyingKey) -> Result<(), Failure> {
    let (zh, en) = match note.signed_by(key) {
        Ok(_) => return Ok(()),
        Err(Unsigned::Absent) => ("没有签署", "has not signed"),
        Err(Unsigned::False) => ("的签名不成立:检查点被改,或有人冒签,", "has not truly signed"),
    };
    Err(Failure::NotThere(Said::new(
        format!("公钥 {key} {zh}该检查点;请以另一途径核对公钥,不要采用。"),
        format!(
            "The key {key} {en} the checkpoint; ask for the key by another way, and do not rely on this one."
        ),
    )))
}

/// The policy, with what each line is for.
fn written(
    log: Option<&Log>,
    signed: Option<&(Note, Checkpoint)>,
    asked: &PolicyNew,
    lang: Lang,
) -> String {
    let mut text = String::new();
    let mut put = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    let said = |zh: &str, en: &str| format!("# {}", lang.pick(zh, en));
    put(&said(
        "信任策略(c2sp.org/tlog-policy):信任哪个账本、哪些见证方、须有几方见证。",
        "Policy of trust (c2sp.org/tlog-policy): which ledger, which witnesses, and how many of them.",
    ));
    if let Some((_, checkpoint)) = signed {
        let (origin, size) = (&checkpoint.origin, checkpoint.size);
        put(&said(
            &format!("写自账本 {origin} 载有{size}件事件的检查点。"),
            &format!("Written from a checkpoint of the ledger {origin} over {size} events."),
        ));
    }
    put(&said(
        "账本的公钥。请以另一途径(电话、公文)核对;更换密钥后新旧各留一行。",
        "The ledger's key. Compare it by another way, such as a call or a letter; after a change of key keep both lines.",
    ));
    match log {
        Some(Log { key, url }) => {
            let url = url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
            put(&format!("log {key}{url}"));
        }
        None => {
            let origin = signed.map_or("NAME", |(_, checkpoint)| &checkpoint.origin);
            put(&format!("# log {origin}+…"));
        }
    }
    let witnesses = &asked.witness;
    for name in signed.into_iter().flat_map(|(note, it)| cosigners(note, it)) {
        if !witnesses.iter().any(|witness| witness.contains(&format!(" {name}+"))) {
            put(&said("此方见证过该检查点:", "This one has cosigned the checkpoint:"));
            put(&format!("# witness NAME {name}+…"));
        }
    }
    witnesses.iter().for_each(|witness| put(&format!("witness {witness}")));
    if witnesses.is_empty() {
        put(&said(
            "没有见证方:账本自己的签名即可。有了见证方,改为 group enough 数目 名称… 和 quorum enough。",
            "No witnesses: the ledger's own signature is enough. With witnesses say group enough NUMBER NAME… and quorum enough.",
        ));
        put("quorum none");
    } else {
        let names: Vec<&str> =
            witnesses.iter().filter_map(|it| it.split_whitespace().next()).collect();
        let enough = asked.enough.map_or(names.len() / 2 + 1, |enough| enough as usize);
        put(&said(
            &format!("检查点须有其中{enough}方见证。"),
            &format!("{enough} of them must have seen a checkpoint."),
        ));
        put(&format!("group enough {enough} {}", names.join(" ")));
        put("quorum enough");
    }
    text
}

/// Whoever signed a checkpoint beside the ledger itself.
fn cosigners<'a>(note: &'a Note, checkpoint: &'a Checkpoint) -> impl Iterator<Item = &'a str> {
    let names = note.signatures().iter().map(ledger::Signature::name);
    names.filter(|name| **name != *checkpoint.origin)
}

/// Writes the policy where there is none.
fn keep(path: &Path, text: &str, console: &mut Console<'_>) -> Result<(), Failure> {
    let shown = path.display();
    if path.exists() {
        return Err(Failure::usage(
            format!("{shown} 已存在;请另取文件名,以免盖掉正在使用的策略。"),
            format!(
                "{shown} is there already; name another file, so that no policy in use is lost."
            ),
        ));
    }
    data_folder::replace(path, text.as_bytes())?;
    console.note(&Said::new(
        format!("信任策略已写入 {shown};校验时以 --policy 给出。"),
        format!("The policy is in {shown}; give it with --policy."),
    ));
    Ok(())
}
