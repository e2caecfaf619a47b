//! Records of a text whose cells are parted by a sign. A reader of CSV takes a quote that nobody closed for the begin of a long
//! cell, and the rows behind it vanish in that cell; here such a quote is a fault, and its line is told.

use zeroize::Zeroizing;

/// Digits of a telephone number; an identity number has more.
const NUMBER_OF_A_PERSON: usize = 11;

/// Reads one record after the other. The text has no line break but `\n`.
pub(super) struct Records<'a> {
    rest: &'a str,
    separator: char,
    line: u64,
    row: u64,
}

/// A record of one or more lines.
pub(super) struct Record {
    /// The row as a spreadsheet numbers it: a line break within quotes begins no row.
    pub row: u64,
    /// The line of the text in which it begins.
    pub line: u64,
    pub cells: Vec<Zeroizing<String>>,
}

/// A quote that is not closed, or is closed where no cell ends, and the line it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OpenQuote(pub u64);

impl<'a> Records<'a> {
    pub fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text, separator, line: 1, row: 1 }
    }

    /// The next record; none at the end of the text.
    pub fn read(&mut self) -> Result<Option<Record>, OpenQuote> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (row, line) = (self.row, self.line);
        let mut cells = Vec::new();
        loop {
            let quoted = self.rest.trim_start_matches(|c| c != self.separator && is_space(c));
            cells.push(match quoted.strip_prefix('"') {
                Some(inside) => self.quoted(inside)?,
                None => self.plain(),
            });
            match self.rest.strip_prefix(self.separator) {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        self.rest = self.rest.strip_prefix('\n').unwrap_or_default();
        self.row += 1;
        self.line += 1;
        Ok(Some(Record { row, line, cells }))
    }

    /// A cell up to a separator or the end of the line.
    fn plain(&mut self) -> Zeroizing<String> {
        let end = self.rest.find(['\n', self.separator]).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at(end);
        self.rest = rest;
        Zeroizing::new(cell.to_owned())
    }

    /// A cell behind a quote, up to the one that closes it.
    fn quoted(&mut self, inside: &'a str) -> Result<Zeroizing<String>, OpenQuote> {
        let fault = OpenQuote(self.line);
        let mut cell = Zeroizing::new(String::new());
        let mut rest = inside;
        loop {
            let (part, behind) = rest.split_once('"').ok_or(fault)?;
            cell.push_str(part);
            match behind.strip_prefix('"') {
                Some(behind) => {
                    cell.push('"');
                    rest = behind;
                }
                None => {
                    rest = behind.trim_start_matches(|c| c != self.separator && is_space(c));
                    break;
                }
            }
        }
        if !rest.is_empty() && !rest.starts_with(['\n', self.separator]) {
            return Err(fault);
        }
        self.line += cell.matches('\n').count() as u64;
        self.rest = rest;
        Ok(cell)
    }
}

impl Record {
    /// Whether another row seems to stand in one of its cells, because a quote was opened here and the next one stands rows below.
    /// `width` is the number of columns of the table.
    pub fn swallows_rows(&self, separator: char, width: usize) -> bool {
        self.cells.iter().any(|cell| {
            let separators = cell.matches(separator).count();
            let numbers = cell.split(|c: char| !c.is_ascii_digit());
            let number = numbers.map(str::len).max().unwrap_or(0) >= NUMBER_OF_A_PERSON;
            cell.contains('\n') && separators > 0 && (number || separators >= width / 2)
        })
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}
