//! Whom an auditor trusts (c2sp.org/tlog-policy): logs, witnesses, and how many of these must have seen a checkpoint.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use crate::note::Unsigned;
use crate::{Checkpoint, KeyKind, Note, VerifyingKey};

/// The most lines that are read.
const MOST_LINES: usize = 1_000;

/// A policy, as its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<Party>,
    witnesses: BTreeMap<Box<str>, Party>,
    groups: BTreeMap<Box<str>, Group>,
    /// None: no witness is needed.
    quorum: Option<Box<str>>,
}

/// A log or a witness, and where it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Party {
    key: VerifyingKey,
    url: Option<Box<str>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    least: usize,
    members: Vec<Box<str>>,
}

/// A line of a policy that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the policy: {why}")]
pub struct BadPolicy {
    /// Which, from 1; the last one for what is missing.
    pub line: usize,
    /// What would be accepted there.
    pub why: &'static str,
}

/// A checkpoint that a policy accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What the log states.
    pub checkpoint: Checkpoint,
    /// The names that the policy gives the witnesses which have seen it, and when, in seconds since 1970.
    pub witnesses: BTreeMap<Box<str>, u64>,
}

/// Why a policy does not accept a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unaccepted {
    /// The note states nothing of a tree.
    #[error(transparent)]
    Checkpoint(#[from] crate::BadCheckpoint),
    /// No log of the policy has signed it.
    #[error("no log of the policy has signed it")]
    Log,
    /// A signature under the name of a log or a witness of the policy is false: somebody tried something.
    #[error("the signature of {0} is false")]
    False(Box<str>),
    /// Too few witnesses so far: pending.
    #[error("too few witnesses: {}", if seen.is_empty() { "none" } else { seen })]
    Pending {
        /// Those that have seen it.
        seen: String,
    },
}

impl Policy {
    /// The logs, with where they answer.
    pub fn logs(&self) -> impl Iterator<Item = (&VerifyingKey, Option<&str>)> {
        self.logs.iter().map(|log| (&log.key, log.url.as_deref()))
    }

    /// The witnesses by name, with where they answer.
    pub fn witnesses(&self) -> impl Iterator<Item = (&str, &VerifyingKey, Option<&str>)> {
        self.witnesses.iter().map(|(name, party)| (&**name, &party.key, party.url.as_deref()))
    }

    /// What a note states, if a log of the policy has signed it and enough witnesses have seen it.
    ///
    /// # Errors
    /// [`Unaccepted`] says what is missing or false.
    pub fn accept(&self, note: &Note) -> Result<Accepted, Unaccepted> {
        let checkpoint = Checkpoint::of(note)?;
        let mut signed = false;
        for log in self.logs.iter().filter(|log| *log.key.name() == *checkpoint.origin) {
            match note.signed_by(&log.key) {
                Ok(_) => signed = true,
                Err(Unsigned::Absent) => {}
                Err(Unsigned::False) => return Err(Unaccepted::False(log.key.name().into())),
            }
        }
        if !signed {
            return Err(Unaccepted::Log);
        }
        let mut witnesses = BTreeMap::new();
        for (name, party) in &self.witnesses {
            match note.signed_by(&party.key) {
                Ok(time) => {
                    witnesses.insert(name.clone(), time.unwrap_or_default());
                }
                Err(Unsigned::Absent) => {}
                Err(Unsigned::False) => return Err(Unaccepted::False(name.clone())),
            }
        }
        if self.is_met_by(|name| witnesses.contains_key(name)) {
            return Ok(Accepted { checkpoint, witnesses });
        }
        let seen: Vec<&str> = witnesses.keys().map(|name| &**name).collect();
        Err(Unaccepted::Pending { seen: seen.join(", ") })
    }

    /// Whether these witnesses are enough, by the names that the policy gives them.
    pub fn is_met_by(&self, witnesses: impl Fn(&str) -> bool) -> bool {
        self.quorum.as_deref().is_none_or(|quorum| self.has_seen(quorum, &witnesses))
    }

    fn has_seen(&self, name: &str, witnesses: &impl Fn(&str) -> bool) -> bool {
        match self.groups.get(name) {
            None => witnesses(name),
            Some(group) => {
                let members = group.members.iter();
                members.filter(|member| self.has_seen(member, witnesses)).count() >= group.least
            }
        }
    }
}

impl FromStr for Policy {
    type Err = BadPolicy;

    fn from_str(text: &str) -> Result<Self, BadPolicy> {
        let mut reading = Reading::default();
        let mut lines = 0;
        for line in text.split('\n') {
            lines += 1;
            reading.line(line).map_err(|why| BadPolicy { line: lines, why })?;
            if lines > MOST_LINES {
                return Err(BadPolicy { line: lines, why: "a policy has at most 1000 lines" });
            }
        }
        let quorum =
            reading.quorum.ok_or(BadPolicy { line: lines, why: "quorum NAME is missing" })?;
        let Reading { logs, witnesses, groups, .. } = reading;
        Ok(Self { logs, witnesses, groups, quorum })
    }
}

/// A policy of which some lines are read.
#[derive(Default)]
struct Reading {
    logs: Vec<Party>,
    witnesses: BTreeMap<Box<str>, Party>,
    groups: BTreeMap<Box<str>, Group>,
    /// Names that are members of a group already.
    members: BTreeSet<Box<str>>,
    quorum: Option<Option<Box<str>>>,
}

impl Reading {
    fn line(&mut self, line: &str) -> Result<(), &'static str> {
        if line.contains(|c: char| c.is_ascii_control() && c != '\t') {
            return Err("no control characters but tab and newline");
        }
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        match words[..] {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["log", key] => self.log(key, None),
            ["log", key, url] => self.log(key, Some(url)),
            ["witness", name, key] => self.witness(name, key, None),
            ["witness", name, key, url] => self.witness(name, key, Some(url)),
            ["group", name, least, ref members @ ..] => self.group(name, least, members),
            ["quorum", name] => self.quorum(name),
            _ => Err(
                "log KEY [URL] | witness NAME KEY [URL] | group NAME all|any|NUMBER MEMBER… | quorum NAME|none",
            ),
        }
    }

    fn log(&mut self, key: &str, url: Option<&str>) -> Result<(), &'static str> {
        let key = key_of(key, KeyKind::Log)?;
        if self.logs.iter().any(|log| log.key.is_same_key(&key)) {
            return Err("this log's key stands on another line");
        }
        self.logs.push(Party { key, url: url.map(Into::into) });
        Ok(())
    }

    fn witness(&mut self, name: &str, key: &str, url: Option<&str>) -> Result<(), &'static str> {
        let key = key_of(key, KeyKind::Witness)?;
        if self.witnesses.values().any(|witness| witness.key.is_same_key(&key)) {
            return Err("this witness's key stands on another line");
        }
        self.new_name(name)?;
        self.witnesses.insert(name.into(), Party { key, url: url.map(Into::into) });
        Ok(())
    }

    fn group(&mut self, name: &str, least: &str, members: &[&str]) -> Result<(), &'static str> {
        self.new_name(name)?;
        for member in members {
            self.known_name(member)?;
            if !self.members.insert((*member).into()) {
                return Err("a name is member of one group only, once");
            }
        }
        let least = match least {
            "all" => members.len(),
            "any" => 1,
            number => number.parse().map_err(|_| "all, any or a number of members")?,
        };
        if least == 0 || least > members.len() {
            return Err("a group asks for 1 up to all of its members");
        }
        let members = members.iter().map(|member| (*member).into()).collect();
        self.groups.insert(name.into(), Group { least, members });
        Ok(())
    }

    fn quorum(&mut self, name: &str) -> Result<(), &'static str> {
        if self.quorum.is_some() {
            return Err("one quorum line only");
        }
        let quorum = if name == "none" {
            None
        } else {
            self.known_name(name)?;
            Some(name.into())
        };
        self.quorum = Some(quorum);
        Ok(())
    }

    fn new_name(&self, name: &str) -> Result<(), &'static str> {
        let known = self.witnesses.contains_key(name) || self.groups.contains_key(name);
        if known || name == "none" { Err("this name is taken") } else { Ok(()) }
    }

    fn known_name(&self, name: &str) -> Result<(), &'static str> {
        let known = self.witnesses.contains_key(name) || self.groups.contains_key(name);
        if known {
            Ok(())
        } else {
            Err("a witness or group of this name must stand on a line above")
        }
    }
}

fn key_of(text: &str, kind: KeyKind) -> Result<VerifyingKey, &'static str> {
    let key: VerifyingKey = text
        .parse()
        .map_err(|_| "a key is written name+id+base64, with the id that belongs to it")?;
    match (key.kind() == kind, kind) {
        (true, _) => Ok(key),
        (false, KeyKind::Log) => Err("a log needs a log's key (type 0x01)"),
        (false, KeyKind::Witness) => Err("a witness needs a witness's key (type 0x04)"),
    }
}
