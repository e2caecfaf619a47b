//! Lists for the eye, in columns of characters of which a Chinese one takes two: a table where it fits, else cards.

use comfy_table::presets::{UTF8_FULL, UTF8_FULL_CONDENSED};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width};
use unicode_width::UnicodeWidthStr as _;

/// Columns where nobody says how many there are.
pub const COLUMNS: usize = 100;
/// What is written in words is never squeezed into fewer columns than these.
const NARROWEST: usize = 16;
/// A head of several characters may be broken down to this.
const NARROWEST_HEAD: usize = 8;
/// A list without rows, too wide for a table.
const NOTHING: &str = "–";
/// What parts two figures of a card.
const PART: &str = " · ";

/// Columns to write in: `COLUMNS`, else those of the terminal, else 100.
#[must_use]
pub fn columns() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || console::Term::stdout().size_checked().map(|(_, columns)| columns.into());
    said.or_else(terminal).filter(|columns| *columns > 0).unwrap_or(COLUMNS)
}

/// A list: its heads, and rows of as many cells.
#[derive(Debug, Default)]
pub struct Screen {
    heads: Vec<(String, bool)>,
    rows: Vec<Vec<String>>,
}

impl Screen {
    /// An empty list with these heads; `true` marks figures, which stand at the right.
    pub fn new<H: Into<String>>(heads: impl IntoIterator<Item = (H, bool)>) -> Self {
        let heads = heads.into_iter().map(|(head, figures)| (head.into(), figures)).collect();
        Self { heads, rows: Vec::new() }
    }

    /// One more row.
    pub fn add(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| cell.replace('\n', " ")).collect());
    }

    /// The list, no line of it wider than this, without a line break at its end.
    #[must_use]
    pub fn within(&self, columns: usize) -> String {
        let natural: Vec<usize> = self.widths(|text| text.width(), |head| head.width());
        if framed(&natural) <= columns {
            return self.table(&natural, UTF8_FULL_CONDENSED).to_string();
        }
        let least =
            self.widths(least, |head| least(head).min(NARROWEST_HEAD.max(longest_word(head))));
        match columns.checked_sub(framed(&least)) {
            Some(spare) => self.table(&grown(least, &natural, spare), UTF8_FULL).to_string(),
            None => self.cards(columns),
        }
    }

    /// How wide each column is, its cells and its head measured so.
    fn widths(&self, cell: fn(&str) -> usize, head: fn(&str) -> usize) -> Vec<usize> {
        let of = |at: usize, text: &str| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.map(|text| cell(text)).max().unwrap_or(0).max(head(text))
        };
        self.heads.iter().enumerate().map(|(at, (text, _))| of(at, text)).collect()
    }

    fn table(&self, widths: &[usize], style: comfy_table::TableStyle) -> Table {
        let mut table = Table::new();
        table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::MAX);
        table.set_header(self.heads.iter().map(|(head, _)| head));
        for row in &self.rows {
            table.add_row(row);
        }
        for (at, (&width, (_, figures))) in widths.iter().zip(&self.heads).enumerate() {
            let width = u16::try_from(width + 2).unwrap_or(u16::MAX);
            if let Some(column) = table.column_mut(at) {
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
                if *figures {
                    column.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        table
    }

    /// A paragraph a row: what is blank is left out, and lines break between figures where they can.
    fn cards(&self, columns: usize) -> String {
        if self.rows.is_empty() {
            return NOTHING.to_owned();
        }
        let card = |row: &Vec<String>| {
            let told = self.heads.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
            let mut told = told.map(|((head, _), cell)| pair(head, cell));
            let mut lines = wrapped(&told.next().unwrap_or_default(), columns, 2);
            let mut line = String::from("  ");
            for figure in told {
                let begun = line.trim().is_empty();
                let part = if begun { "" } else { PART };
                if !begun && line.width() + part.width() + figure.width() > columns {
                    lines.extend(wrapped(&line, columns, 4));
                    line = format!("  {figure}");
                } else {
                    line = format!("{line}{part}{figure}");
                }
            }
            if !line.trim().is_empty() {
                lines.extend(wrapped(&line, columns, 4));
            }
            lines.join("\n")
        };
        self.rows.iter().map(card).collect::<Vec<_>>().join("\n\n")
    }
}

/// The width of a table with these columns: each has a space on both sides and a rule before it.
fn framed(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + 3).sum::<usize>() + 1
}

/// Gives what is to spare to the columns that want it most.
fn grown(mut widths: Vec<usize>, natural: &[usize], spare: usize) -> Vec<usize> {
    for _ in 0..spare {
        let wanting = widths.iter_mut().zip(natural).filter(|(width, natural)| **width < **natural);
        let Some((width, _)) = wanting.max_by_key(|(width, natural)| **natural * 100 / **width)
        else {
            break;
        };
        *width += 1;
    }
    widths
}

/// The least that a text can do with: codes and figures are never broken, sentences are.
fn least(text: &str) -> usize {
    let whole = text.width();
    let broken = text.contains(' ') || text.chars().any(is_wide);
    if broken { whole.min(NARROWEST.max(longest_word(text))) } else { whole }
}

/// The longest stretch that no line breaks in.
fn longest_word(text: &str) -> usize {
    text.split(|c: char| c == ' ' || is_wide(c)).map(|word| word.width()).max().unwrap_or(0)
}

fn is_wide(c: char) -> bool {
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes).width() > 1
}

fn pair(head: &str, cell: &str) -> String {
    let space = if head.ends_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{head}:{space}{cell}")
}

/// The lines of a text: what is too long goes on with this indent, broken at a space or beside a wide character where there is one.
fn wrapped(text: &str, columns: usize, indent: usize) -> Vec<String> {
    let (mut lines, mut rest) = (Vec::new(), text.trim_end().to_owned());
    while rest.width() > columns {
        let Some(end) = end_of_line(&rest, columns, indent) else { break };
        let behind = rest.split_off(end);
        lines.push(rest.trim_end().to_owned());
        rest = format!("{:indent$}{}", "", behind.trim_start());
    }
    lines.push(rest);
    lines
}

/// Where the line ends that has so many columns.
fn end_of_line(text: &str, columns: usize, indent: usize) -> Option<usize> {
    let (mut width, mut hard, mut soft) = (0, None, None);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if at > indent && (c == ' ' || is_wide(c) || is_wide(before)) {
            soft = Some(at);
        }
        if at > indent {
            hard = Some(at);
        }
        width += if is_wide(c) { 2 } else { 1 };
        if width > columns {
            break;
        }
        before = c;
    }
    soft.or(hard)
}

#[cfg(test)]
mod tests;
