//! 查阅事由: whether it says what personal data was read for, and fits how much was read.

use domain::writing::no_answer;

/// 本程序默认值,由县确定: purposes that speak of one person's affair.
const OF_ONE: [&str; 2] = ["办理本人申请", "投诉核查"];
/// 本程序默认值,由县确定: what a purpose names that takes a list of people.
const OF_A_LIST: [&str; 5] = ["花名册", "名册", "实名比对", "导出", "登记簿"];
/// 本程序默认值,由县确定: under such a purpose nobody needs to see more people on one day.
pub const OF_ONE_PEOPLE: u64 = 20;
/// 本程序默认值,由县确定: words that say nothing of what is done with the data.
const EMPTY: [&str; 20] = [
    "查看",
    "看看",
    "看一下",
    "看一看",
    "查询",
    "查一下",
    "查阅",
    "了解",
    "测试",
    "试试",
    "试一下",
    "工作",
    "工作需要",
    "其他",
    "其它",
    "需要",
    "事由",
    "test",
    "look",
    "work",
];
/// Fewer letters or characters name no purpose.
const LEAST: usize = 2;

/// Whether a purpose says nothing.
pub fn says_nothing(purpose: &str) -> bool {
    let core: String = purpose.chars().filter(|c| c.is_alphabetic()).collect();
    let distinct: std::collections::BTreeSet<char> = core.chars().collect();
    let lower = core.to_lowercase();
    distinct.len() < LEAST || EMPTY.contains(&lower.as_str()) || no_answer(purpose).is_some()
}

/// Whether a purpose speaks of one person's affair.
pub fn is_of_one(purpose: &str) -> bool {
    let core: String = purpose.chars().filter(|c| c.is_alphabetic()).collect();
    OF_ONE.iter().any(|of_one| core.starts_with(of_one))
}

/// Whether a purpose takes a list of people.
pub fn is_of_a_list(purpose: &str) -> bool {
    OF_A_LIST.iter().any(|word| purpose.contains(word))
}

#[cfg(test)]
mod tests;
