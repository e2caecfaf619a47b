//! Which numbers are given out at all: provinces, area codes, issuers of cards.

/// 省级行政区划代码 (GB/T 2260): the first two digits of an identity number; 83 is Taiwan's on residence permits,
/// 91 is for residents from abroad.
pub(super) fn is_province(digits: &[u8]) -> bool {
    matches!(
        digits,
        [1, 1..=5, ..]
            | [2, 1..=3, ..]
            | [3, 1..=7, ..]
            | [4, 1..=6, ..]
            | [5, 0..=4, ..]
            | [6, 1..=5, ..]
            | [7, 1, ..]
            | [8, 1..=3, ..]
            | [9, 1, ..]
    )
}

/// How many digits of a landline number are its area code (工业和信息化部, 电信网编号计划), if it is one that is given
/// out. Codes that were merged into a neighbour's stand in papers still and count too.
pub(super) fn area_code(digits: &[u8]) -> Option<usize> {
    match *digits {
        [0, 1, 0, ..] => return Some(3),
        [0, 2, third, ..] => return (third != 6).then_some(3),
        [0, _, _, _, ..] => {}
        _ => return None,
    }
    let code = digits[1..4].iter().fold(0, |code, digit| code * 10 + u16::from(*digit));
    let given = matches!(
        code,
        310..=319 | 335 | 349..=359 | 370..=379 | 391..=398 // 河北 山西 河南
            | 411..=419 | 421 | 427 | 429 | 431..=440 // 辽宁 吉林
            | 451..=459 | 464 | 467..=469 | 470..=479 | 482 | 483 // 黑龙江 内蒙古
            | 510..=519 | 523 | 527 | 530..=539 | 543 | 546 // 江苏 山东
            | 550..=566 | 570..=580 | 591..=599 // 安徽 浙江 福建
            | 631..=635 | 660 | 662 | 663 | 668 | 691 | 692 // 山东 广东 云南
            | 701 | 710..=719 | 722 | 724 | 728 | 730..=739 | 743..=746 // 江西 湖北 湖南
            | 750..=760 | 762 | 763 | 766 | 768..=779 | 790..=799 // 广东 广西 江西
            | 812 | 813 | 816..=818 | 825..=827 | 830..=840 // 四川
            | 851..=859 | 870..=879 | 883 | 886..=888 | 890..=899 // 贵州 云南 西藏 海南
            | 901..=903 | 906 | 908 | 909 | 911..=919 | 930..=939 | 941 | 943 // 新疆 陕西 甘肃
            | 951..=955 | 970..=979 | 990..=999 // 宁夏 青海 新疆
    );
    given.then_some(4)
}

/// Whether somebody who issues cards here issues such a number: 银联 and the banks' own of before, Visa, Mastercard,
/// American Express, Diners Club and JCB (ISO/IEC 7812-1).
pub(super) fn is_card(digits: &[u8]) -> bool {
    let length = digits.len();
    match digits {
        [6, 2, ..] | [4 | 5, ..] => (16..=19).contains(&length),
        [9, 5, 5, 8 | 9, ..] | [6, 0, ..] => length == 16 || length == 19,
        [3, 5, ..] => length == 16,
        [3, 4 | 7, ..] => length == 15,
        [3, 0 | 6 | 8, ..] => length == 14 || length == 16,
        _ => false,
    }
}
