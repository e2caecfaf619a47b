//! Streams of objects (ISO 32000-1 §7.5.7), where most of a newer document stands.

use lopdf::encryption::decrypt_object;
use lopdf::{
    DecompressError, Dictionary, EncryptionState, Error, Object as Value, ObjectId, Stream,
};
use memchr::memmem;

use super::object::{Object, is_active};
use super::tokens::{Token, Tokens, is_white};
use super::work::Work;
use crate::Refusal;

const END: &[u8] = b"endstream";
/// What is encrypted under no number.
const NOWHERE: ObjectId = (0, 0);

/// Unpacks a stream and looks at every object in it. One that cannot be unpacked is refused: other readers may be able to.
pub(super) fn check(
    pdf: &[u8],
    stream: &Object,
    keys: &[EncryptionState],
    work: &mut Work,
) -> Result<(), Refusal> {
    let dictionary = stream.dictionary(pdf).ok_or(Refusal::BrokenPdf)?;
    let data = &stream.data(pdf)[..extent(&dictionary, stream.data(pdf))];
    let ways = keys.iter().map(Some).chain([None]);
    for key in ways {
        work.take(data.len())?;
        let packed = Stream::new(dictionary.clone(), data.to_vec());
        let packed = match key {
            Some(key) => decrypted(key, stream.id.unwrap_or(NOWHERE), packed),
            None => Some(packed),
        };
        let Some(packed) = packed else { continue };
        let content = match packed.get_plain_content_with_limit(work.most()) {
            Ok(content) => content,
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(Refusal::IntricatePdf);
            }
            Err(_) => continue,
        };
        work.unpacked(content.len());
        if let Some(objects) = places(&dictionary, &content) {
            for at in objects {
                if is_active(&content, at, work)? {
                    return Err(Refusal::ActivePdf);
                }
            }
            return Ok(());
        }
    }
    Err(Refusal::BrokenPdf)
}

/// How many bytes the stream has: as many as it says, where its end follows, else up to the first word that ends one.
fn extent(dictionary: &Dictionary, data: &[u8]) -> usize {
    let said = dictionary.get(b"Length").and_then(Value::as_i64).ok();
    let said = said.and_then(|length| usize::try_from(length).ok());
    let is_end = |length: &usize| {
        let rest = data.get(*length..).unwrap_or_default();
        let white = rest.iter().take_while(|byte| is_white(**byte)).take(4).count();
        rest[white..].starts_with(END)
    };
    said.filter(is_end).unwrap_or_else(|| {
        let end = memmem::find(data, END).unwrap_or(data.len());
        // One line break before it belongs to the word.
        match data[..end] {
            [.., b'\r', b'\n'] => end - 2,
            [.., b'\r' | b'\n'] => end - 1,
            _ => end,
        }
    })
}

fn decrypted(key: &EncryptionState, id: ObjectId, stream: Stream) -> Option<Stream> {
    let mut object = Value::Stream(stream);
    decrypt_object(key, id, &mut object).ok()?;
    if let Value::Stream(stream) = object { Some(stream) } else { None }
}

/// Where the objects stand in the content; none where that does not begin as it must.
fn places(dictionary: &Dictionary, content: &[u8]) -> Option<Vec<usize>> {
    let number = |key: &[u8]| usize::try_from(dictionary.get(key).ok()?.as_i64().ok()?).ok();
    let (count, first) = (number(b"N")?, number(b"First")?);
    let mut words = Tokens::new(content.get(..first)?).map(|token| {
        let Token::Word(word) = token else { return None };
        str::from_utf8(word).ok()?.parse::<usize>().ok()
    });
    let mut places = Vec::new();
    for _ in 0..count {
        let (_, offset) = (words.next()??, words.next()??);
        places.push(first.checked_add(offset).filter(|at| *at <= content.len())?);
    }
    Some(places)
}
