//! One object: what its names tell, and where it ends.

use std::ops::Range;

use lopdf::{Dictionary, ObjectId, ObjectStream, Stream};
use memchr::memmem;

use super::names::{ACTIVE, SHORT};
use super::tokens::{Token, Tokens, is_regular, is_white};
use super::work::Work;
use crate::Refusal;

const OBJECT: &[u8] = b"obj";
const TRAILER: &[u8] = b"trailer";
const STREAM: &[u8] = b"stream";

/// The longest dictionary that is read whole: read, it takes up to a hundred times its bytes.
const MAX_DICTIONARY: usize = 64 << 10;

/// Where an object, or a trailer, may begin.
pub(super) struct Beginning {
    id: Option<ObjectId>,
    at: usize,
}

impl Beginning {
    /// Whether an object of this number begins here.
    pub(super) fn is(&self, id: ObjectId) -> bool {
        self.id == Some(id)
    }
}

/// Every place behind `1 0 obj` and `trailer`, in order, also within other objects.
pub(super) fn beginnings(pdf: &[u8]) -> impl Iterator<Item = Beginning> {
    let objects = ends_of(pdf, OBJECT).filter(|at| !pdf[..*at].ends_with(b"endobj"));
    let objects = objects.map(|at| Beginning { id: id_before(&pdf[..at - OBJECT.len()]), at });
    objects.chain(ends_of(pdf, TRAILER).map(|at| Beginning { id: None, at }))
}

/// Behind every place where a word ends with this one.
fn ends_of<'a>(pdf: &'a [u8], word: &'static [u8]) -> impl Iterator<Item = usize> + 'a {
    let ends = memmem::find_iter(pdf, word).map(move |at| at + word.len());
    ends.filter(|end| pdf.get(*end).is_none_or(|next| !is_regular(*next)))
}

/// The number and generation that these bytes end with.
fn id_before(bytes: &[u8]) -> Option<ObjectId> {
    let (rest, generation) = number_before(bytes)?;
    let (_, number) = number_before(rest)?;
    Some((number, u16::try_from(generation).ok()?))
}

fn number_before(bytes: &[u8]) -> Option<(&[u8], u32)> {
    const MOST_DIGITS: usize = 10;
    let end = bytes.iter().rposition(|byte| !is_white(*byte))? + 1;
    let digits = bytes[..end].iter().rev().take_while(|byte| byte.is_ascii_digit());
    let (rest, digits) = bytes[..end].split_at(end - digits.take(MOST_DIGITS).count());
    Some((rest, str::from_utf8(digits).ok()?.parse().ok()?))
}

/// An object as far as it matters here.
pub(super) struct Object {
    pub(super) id: Option<ObjectId>,
    /// An active name stands in it.
    pub(super) is_active: bool,
    /// A dictionary that says how the document is encrypted.
    pub(super) is_encrypting: bool,
    /// A stream of objects.
    pub(super) is_object_stream: bool,
    value: Range<usize>,
    data: Option<usize>,
}

impl Object {
    /// Walks over an object, which costs as many steps as it has bytes.
    pub(super) fn walk(pdf: &[u8], begins: Beginning, work: &mut Work) -> Result<Self, Refusal> {
        let Beginning { id, at } = begins;
        let mut names = Names::default();
        // A byte more than may be walked over, so that a longer object is refused for its length.
        let within = &pdf[at..pdf.len().min(at.saturating_add(work.left()).saturating_add(1))];
        let mut tokens = Tokens::new(within);
        names.walk(&mut tokens);
        let value = at..at + tokens.taken();
        let data = match tokens.next() {
            Some(Token::Word(STREAM)) => Some(behind_line_break(pdf, at + tokens.taken())),
            _ => None,
        };
        work.take(tokens.taken().max(1))?;
        let of_objects = names.object_stream || names.count && names.first;
        Ok(Self {
            id,
            is_active: names.active,
            is_encrypting: names.encrypt,
            is_object_stream: data.is_some() && of_objects,
            value,
            data,
        })
    }

    /// Its dictionary; none where it has none, or it is longer or nested more deeply than any of its kind has to be.
    pub(super) fn dictionary(&self, pdf: &[u8]) -> Option<Dictionary> {
        let value = &pdf[self.value.clone()];
        if value.len() <= MAX_DICTIONARY { dictionary(value) } else { None }
    }

    /// What stands behind its dictionary, where that is a stream's.
    pub(super) fn data<'a>(&self, pdf: &'a [u8]) -> &'a [u8] {
        self.data.and_then(|at| pdf.get(at..)).unwrap_or_default()
    }
}

/// Whether an object at this place holds an active name.
pub(super) fn is_active(content: &[u8], at: usize, work: &mut Work) -> Result<bool, Refusal> {
    Ok(Object::walk(content, Beginning { id: None, at }, work)?.is_active)
}

/// Reads a dictionary as if it were the only object of a stream of them, which is how the parser can be reached.
fn dictionary(value: &[u8]) -> Option<Dictionary> {
    const INDEX: &[u8] = b"1 0 ";
    let mut outer = Dictionary::new();
    outer.set("N", 1);
    outer.set("First", INDEX.len() as i64);
    let stream = Stream::new(outer, [INDEX, value].concat());
    let objects = ObjectStream::new_with_limit(&stream, Some(stream.content.len())).ok()?.objects;
    objects.into_values().next()?.as_dict().ok().cloned()
}

/// A stream's data begin behind the line break after its keyword (ISO 32000-1 §7.3.8.1).
fn behind_line_break(pdf: &[u8], at: usize) -> usize {
    match pdf.get(at..) {
        Some([b'\r', b'\n', ..]) => at + 2,
        Some([b'\r' | b'\n', ..]) => at + 1,
        _ => at,
    }
}

/// What the names of an object tell.
#[derive(Default)]
struct Names {
    active: bool,
    encrypt: bool,
    object_stream: bool,
    count: bool,
    first: bool,
}

impl Names {
    /// Takes the tokens of one value, however deep it is. Keywords within it end nothing: some readers pass them.
    fn walk(&mut self, tokens: &mut Tokens<'_>) {
        let mut depth = 0_usize;
        for token in tokens {
            match token {
                Token::DictionaryBegins | Token::ArrayBegins => depth += 1,
                Token::Ends => depth = depth.saturating_sub(1),
                Token::Name(name) => self.see(&name, depth),
                Token::Word(_) | Token::String | Token::Stray => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn see(&mut self, name: &[u8], depth: usize) {
        self.active |= ACTIVE.contains(&name) || SHORT.contains(&name);
        if depth == 1 {
            self.encrypt |= name == b"Encrypt";
            self.object_stream |= name == b"ObjStm";
            self.count |= name == b"N";
            self.first |= name == b"First";
        }
    }
}
