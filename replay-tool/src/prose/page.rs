//! A page of prose: paragraphs of sentences, in both languages at once.

use jiff::civil::Date;

use crate::lang::{Lang, Said};

/// A page that is being written.
#[derive(Default)]
pub struct Page {
    paragraphs: Vec<Said>,
    /// The year that the paragraph speaks of; it is not said again.
    year: Option<i16>,
}

impl Page {
    /// Begins a paragraph.
    pub fn paragraph(&mut self) {
        self.paragraphs.push(Said::new("", ""));
        self.year = None;
    }

    /// Adds a sentence.
    pub fn say(&mut self, zh: impl AsRef<str>, en: impl AsRef<str>) {
        if self.paragraphs.is_empty() {
            self.paragraph();
        }
        if let Some(last) = self.paragraphs.last_mut() {
            last.zh.push_str(zh.as_ref());
            if !last.en.is_empty() {
                last.en.push(' ');
            }
            last.en.push_str(en.as_ref());
        }
    }

    /// Adds what happened on a day.
    pub fn on(&mut self, day: Date, zh: impl AsRef<str>, en: impl AsRef<str>) {
        let day = self.day(day);
        let (zh, en) = (zh.as_ref(), en.as_ref());
        self.say(format!("{},{zh}。", day.zh), format!("On {} {en}.", day.en));
    }

    /// A day as it is spoken; the year only where it is another than before.
    pub fn day(&mut self, day: Date) -> Said {
        let (same, year) = (self.year.replace(day.year()) == Some(day.year()), day.year());
        let (month, number) = (day.month(), day.day());
        let named = day.strftime("%-d %B");
        if same {
            Said::new(format!("{month}月{number}日"), named.to_string())
        } else {
            Said::new(format!("{year}年{month}月{number}日"), format!("{named} {year}"))
        }
    }

    /// The page in one language.
    pub fn text(&self, lang: Lang) -> String {
        let paragraphs = self.paragraphs.iter().map(|paragraph| match lang {
            Lang::Zh => format!("  {}", paragraph.zh),
            Lang::En => paragraph.en.clone(),
        });
        paragraphs.collect::<Vec<_>>().join("\n\n")
    }
}

/// Free text as everybody may hear it.
pub fn masked(text: &impl ToString) -> String {
    domain::privacy::mask_text(&text.to_string())
}

#[cfg(test)]
mod tests;
