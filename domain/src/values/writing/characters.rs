//! The characters that look alike, are not seen, or stand for others.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// U+2E80 to U+2EF3, CJK Radicals Supplement, each as the ideograph that it equals (Unicode, EquivalentUnifiedIdeograph). PDFs and
/// scanners write 黄 and 马 with them.
const RADICALS: &str = "\u{2e80}厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵\u{2e9a}旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// U+E815 to U+E864, where systems of the GBK age keep the eighty characters that GB 18030-2022 has elsewhere.
const OF_GBK: &str = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

/// A character as a refusal names it: by its code point, and as it looks where it can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point(pub char);

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(c) = *self;
        if Unwritable::of(c).is_none()
            && !is_hidden(c)
            && !c.is_whitespace()
            && !is_combining_mark(c)
        {
            write!(f, "“{c}”")?;
        }
        write!(f, "U+{:04X}", u32::from(c))
    }
}

/// A character that is no part of any text of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// 控制字符.
    Control(char),
    /// 造字: a private use area means something else on every machine.
    PrivateUse(char),
    /// 乱码: what a program writes for a character it could not read.
    Lost(char),
}

impl Unwritable {
    pub(super) fn of(c: char) -> Option<Self> {
        match c {
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Some(Self::PrivateUse(c)),
            '\u{fffd}' | '\u{fdd0}'..='\u{fdef}' => Some(Self::Lost(c)),
            c if u32::from(c) & 0xfffe == 0xfffe => Some(Self::Lost(c)),
            c if c.is_control() && !c.is_whitespace() => Some(Self::Control(c)),
            _ => None,
        }
    }

    /// What it is, in Chinese, with the character that is meant where a standard says so.
    #[must_use]
    pub fn zh(self) -> String {
        match self {
            Self::Control(c) => format!("控制字符{}", Point(c)),
            Self::Lost(c) => format!("乱码{}", Point(c)),
            Self::PrivateUse(c) => match of_gbk(c) {
                Some(right) => format!("造字区字符{}(应为{})", Point(c), Point(right)),
                None => format!("造字区字符{}", Point(c)),
            },
        }
    }

    /// The same in English.
    #[must_use]
    pub fn en(self) -> String {
        match self {
            Self::Control(c) => format!("the control character {}", Point(c)),
            Self::Lost(c) => format!("{}, which stands for a lost character", Point(c)),
            Self::PrivateUse(c) => match of_gbk(c) {
                Some(right) => {
                    format!("the private use character {} (rather {})", Point(c), Point(right))
                }
                None => format!("the private use character {}", Point(c)),
            },
        }
    }
}

/// In Chinese; `{:#}` in English.
impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&if f.alternate() { self.en() } else { self.zh() })
    }
}

fn of_gbk(c: char) -> Option<char> {
    OF_GBK.chars().nth(u32::from(c).checked_sub(0xe815)? as usize)
}

/// Marks without width, those that turn the direction of writing, variation selectors, fillers.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a text that is kept as it came holds any of them.
#[must_use]
pub fn has_hidden(text: &str) -> bool {
    text.chars().any(is_hidden)
}

/// Whether it is an ideograph or written like one.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '〇' | '々' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{fa0e}'..='\u{fa29}' | '\u{20000}'..='\u{3347f}')
}

/// Whether names are written with it. Letters that are numbers or in circles are none.
pub(super) fn is_letter(c: char) -> bool {
    let circled = matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}');
    is_han(c) || (c.is_alphabetic() && !c.is_numeric() && !circled)
}

/// A radical as the ideograph that it equals; any other character as it is.
pub(super) fn unified(c: char) -> char {
    match c {
        '\u{2e80}'..='\u{2ef3}' => {
            RADICALS.chars().nth((u32::from(c) - 0x2e80) as usize).unwrap_or(c)
        }
        '\u{2f00}'..='\u{2fd5}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        _ => c,
    }
}

/// Letters and digits of full width as ASCII; signs stay, because Chinese texts are punctuated with them.
pub(super) fn narrow_letter(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => narrow(c),
        _ => c,
    }
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{2043}'
    )
}

/// Everything of full width, half width or small as what it stands for, and every dash as one.
pub(super) fn push_narrow(c: char, written: &mut String) {
    let folded = || std::iter::once(c).nfkc();
    match c {
        c if is_dash(c) => written.push('-'),
        '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ffef}'
            if !folded().any(char::is_whitespace) =>
        {
            written.extend(folded());
        }
        c => written.push(c),
    }
}

/// A character of a name: letters lose the form they have for compatibility only.
pub(super) fn push_of_name(c: char, written: &mut String) {
    let c = unified(c);
    let folded = || std::iter::once(c).nfkc();
    if is_letter(c) && folded().all(|c| is_letter(c) || is_combining_mark(c)) {
        written.extend(folded().map(sign_of_name));
    } else {
        written.push(sign_of_name(c));
    }
}

/// The middle dots of all keyboards are one, and so are apostrophes, dashes and commas.
fn sign_of_name(c: char) -> char {
    match c {
        '·' | '\u{387}' | '•' | '‧' | '∙' | '⋅' | '・' | '･' | '●' | '⸱' | '⸳' | 'ꞏ' | '᛫'
        | '⦁' | '∘' | '◦' => '·',
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bb}' | '\u{2bc}' | '\u{2b9}' | '\u{2032}'
        | '`' | '´' | '\u{ff07}' => '\'',
        '，' | '﹐' | '､' => ',',
        '\u{2024}' | '﹒' | '．' => '.',
        c if is_dash(c) => '-',
        c => narrow(c),
    }
}
