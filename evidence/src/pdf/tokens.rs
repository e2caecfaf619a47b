//! The words of a PDF (ISO 32000-1 §7.2 and §7.3).

/// The longest name of interest, and a byte more.
const LONGEST: usize = 15;

/// A piece of an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name without its slash, decoded, as far as it may be of interest.
    Name(Vec<u8>),
    /// The beginning of a dictionary.
    DictionaryBegins,
    /// The beginning of an array.
    ArrayBegins,
    /// The end of either.
    Ends,
    /// A string in parentheses or in hexadecimal.
    String,
    /// A number or a keyword.
    Word(&'a [u8]),
    /// A byte that has no place there.
    Stray,
}

/// Takes one token after the other.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes were taken.
    pub(super) fn taken(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    /// Passes white space and comments.
    fn skip(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte == b'%' {
                let line = memchr::memchr2(b'\r', b'\n', self.rest());
                self.at += line.unwrap_or(self.bytes.len() - self.at);
            } else if is_white(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Behind the closing parenthesis, or at the end of all bytes.
    fn pass_string(&mut self) {
        let mut depth = 0_usize;
        while let Some(next) = memchr::memchr3(b'(', b')', b'\\', self.rest()) {
            let byte = self.bytes[self.at + next];
            self.at += next + 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth <= 1 => return,
                b')' => depth -= 1,
                _ => self.at = (self.at + 1).min(self.bytes.len()),
            }
        }
        self.at = self.bytes.len();
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip();
        let rest = self.rest();
        let (token, length) = match *rest {
            [] => return None,
            [b'(', ..] => {
                self.pass_string();
                return Some(Token::String);
            }
            [b'<', b'<', ..] => (Token::DictionaryBegins, 2),
            [b'>', b'>', ..] => (Token::Ends, 2),
            [b'<', ..] => {
                let end = memchr::memchr(b'>', rest);
                (Token::String, end.map_or(rest.len(), |end| end + 1))
            }
            [b'[', ..] => (Token::ArrayBegins, 1),
            [b']', ..] => (Token::Ends, 1),
            [b'/', ref name @ ..] => {
                let (name, length) = name_of(name);
                (Token::Name(name), 1 + length)
            }
            [b')' | b'>' | b'{' | b'}', ..] => (Token::Stray, 1),
            _ => {
                let length = length_of_regular(rest);
                (Token::Word(&rest[..length]), length)
            }
        };
        self.at += length;
        Some(token)
    }
}

/// A name, decoded as far as it may be of interest, and how many bytes it takes. Any byte may be written with an escape
/// (`/J#61vaScript`).
pub(super) fn name_of(bytes: &[u8]) -> (Vec<u8>, usize) {
    let length = length_of_regular(bytes);
    let (mut rest, mut name) = (&bytes[..length], Vec::with_capacity(LONGEST));
    while name.len() < LONGEST {
        let (byte, after) = match *rest {
            [b'#', high, low, ref after @ ..] => match (digit(high), digit(low)) {
                (Some(high), Some(low)) => (high << 4 | low, after),
                _ => (b'#', &rest[1..]),
            },
            [byte, ref after @ ..] => (byte, after),
            [] => break,
        };
        name.push(byte);
        rest = after;
    }
    (name, length)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| digit.try_into().ok())
}

fn length_of_regular(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !is_regular(*byte)).unwrap_or(bytes.len())
}

/// Neither white space nor a delimiter.
pub(super) fn is_regular(byte: u8) -> bool {
    !is_white(byte) && !b"()<>[]{}/%".contains(&byte)
}

pub(super) fn is_white(byte: u8) -> bool {
    b"\0\t\n\x0c\r ".contains(&byte)
}
