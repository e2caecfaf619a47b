//! How a name is shown to the public: 张*, 张*三, 欧阳*.

/// 复姓 that occur today, by the count of bearers and 《百家姓》.
const COMPOUND_SURNAMES: [&str; 66] = [
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛",
    "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容",
    "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马",
    "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐",
    "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "公户", "公玉", "公仪", "梁丘", "公仲",
    "公上", "公门", "公山", "公坚", "左丘", "西门",
];

/// A name for public view. Never longer than needed to recognise one's own.
///
/// - `张三` → `张*`, `张小三` → `张*三`, `欧阳锋` → `欧阳*`, `欧阳小锋` → `欧阳*锋`
/// - names parted by `·` keep the first character of each part: `阿卜杜拉·买买提` → `阿*·买*`
/// - any other script keeps the first letter: `John Smith` → `J*`
#[must_use]
pub fn mask_name(name: &str) -> String {
    let name: Vec<char> = name.trim().chars().collect();
    if name.iter().any(|character| is_dot(*character)) {
        let parts = name.split(|character| is_dot(*character)).filter(|part| !part.is_empty());
        return parts.map(first_only).collect::<Vec<_>>().join("·");
    }
    if name.len() < 2 || !name.iter().all(|character| is_han(*character)) {
        return first_only(&name);
    }
    let (surname, given) = name.split_at(surname_length(&name));
    let hidden = "*".repeat(given.len().saturating_sub(1).max(1));
    let last = given.last().filter(|_| given.len() > 1);
    surname.iter().copied().chain(hidden.chars()).chain(last.copied()).collect()
}

/// `阿卜杜拉` → `阿*`; a single character is hidden, it would be the whole name.
fn first_only(part: &[char]) -> String {
    match part {
        [] => String::new(),
        [_] => "*".to_owned(),
        [first, ..] => format!("{first}*"),
    }
}

/// Two for a compound surname, if a given name follows.
fn surname_length(name: &[char]) -> usize {
    let first_two: String = name[..2].iter().collect();
    if name.len() > 2 && COMPOUND_SURNAMES.contains(&first_two.as_str()) { 2 } else { 1 }
}

/// The middle dot of GB/T 2312 and the dots people type in its place.
fn is_dot(character: char) -> bool {
    matches!(character, '·' | '•' | '‧' | '・' | '･' | '．')
}

fn is_han(character: char) -> bool {
    matches!(character, '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}
