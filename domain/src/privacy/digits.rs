//! What counts as a digit: by the value that Unicode gives it, not by how it looks.

/// How a digit is written. Digits that touch and are written alike are read as one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Decimal digits of any script (Unicode `Nd`), full-width and mathematical ones too.
    Figure,
    /// Circled, in brackets, with a full stop, raised, lowered, or a numeral of its own kind.
    SetApart,
    /// Chinese numerals for accounts, speech and radio too (GB/T 15835, 大写数字).
    Chinese,
    /// The X that stands for ten at the end of an identity number.
    Check,
}

/// The value of [`Script::Check`].
pub(super) const TEN: u8 = 10;

/// The zero of every run of decimal digits (`Nd`) up to Unicode 16; nine more follow each.
const ZEROS: &[u32] = &[
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
    0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
    0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
    0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50,
    0x11da0, 0x11f50, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2,
    0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// Runs of other characters with a value (Unicode `No` and `Nl`): the first, its value, and how many there are.
const SET_APART: &[(u32, u8, u32)] = &[
    (0xb2, 2, 2),     // ²³
    (0xb9, 1, 1),     // ¹
    (0x1369, 1, 9),   // ፩
    (0x2070, 0, 1),   // ⁰
    (0x2074, 4, 6),   // ⁴
    (0x2080, 0, 10),  // ₀
    (0x2160, 1, 9),   // Ⅰ
    (0x2170, 1, 9),   // ⅰ
    (0x2460, 1, 20),  // ①
    (0x2474, 1, 20),  // ⑴
    (0x2488, 1, 20),  // ⒈
    (0x24ea, 0, 1),   // ⓪
    (0x24eb, 11, 10), // ⓫
    (0x24f5, 1, 10),  // ⓵
    (0x24ff, 0, 1),   // ⓿
    (0x2776, 1, 10),  // ❶
    (0x2780, 1, 10),  // ➀
    (0x278a, 1, 10),  // ➊
    (0x3021, 1, 9),   // 〡
    (0x3192, 1, 4),   // ㆒
    (0x3220, 1, 9),   // ㈠
    (0x3251, 21, 15), // ㉑
    (0x3280, 1, 9),   // ㊀
    (0x32b1, 36, 15), // ㊱
    (0x1f100, 0, 1),  // 🄀
    (0x1f101, 0, 10), // 🄁
    (0x1f10b, 0, 1),  // 🄋
    (0x1f10c, 0, 1),  // 🄌
];

/// How a character is written and what it is worth, if it is a digit or a small number; values reach 50.
pub(super) fn value(character: char) -> Option<(Script, u8)> {
    match character {
        '0'..='9' => Some((Script::Figure, character as u8 - b'0')),
        '\0'..='\u{7f}' => None,
        '\u{3400}'..='\u{9fff}' | '〇' | '○' | '◯' => {
            chinese(character).map(|value| (Script::Chinese, value))
        }
        _ if !character.is_numeric() => None,
        _ => figure(character).or_else(|| set_apart(character)),
    }
}

fn figure(character: char) -> Option<(Script, u8)> {
    let code = character as u32;
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last()?;
    let value = u8::try_from(code - zero).ok().filter(|value| *value < 10)?;
    Some((Script::Figure, value))
}

fn set_apart(character: char) -> Option<(Script, u8)> {
    let code = character as u32;
    let runs = &SET_APART[..SET_APART.partition_point(|(first, ..)| *first <= code)];
    let (first, value, count) = runs.last()?;
    let beyond = code - first;
    (beyond < *count).then(|| (Script::SetApart, value + u8::try_from(beyond).unwrap_or(0)))
}

/// 小写 and 大写 numerals, 幺 and 两 as spoken, 洞拐勾 as on the radio. 十百千万 make an amount and are no digits.
fn chinese(character: char) -> Option<u8> {
    let value = match character {
        '〇' | '○' | '◯' | '零' | '洞' => 0,
        '一' | '壹' | '弌' | '幺' => 1,
        '二' | '贰' | '貳' | '弍' | '两' | '兩' => 2,
        '三' | '叁' | '參' | '弎' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' | '拐' => 7,
        '八' | '捌' => 8,
        '九' | '玖' | '勾' => 9,
        _ => return None,
    };
    Some(value)
}

/// The letter X and what is typed in its place.
pub(super) fn is_check(character: char) -> bool {
    matches!(character, 'X' | 'x' | '×' | 'Х' | 'х' | 'Χ' | 'χ' | 'Ⅹ' | 'ⅹ' | '✕' | '✖' | '╳')
}

/// What takes no room: control of format, accents, variants and the frame of a keycap. It parts nothing.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{300}'..='\u{36f}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{20d0}'..='\u{20f0}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e01ef}'
    )
}
