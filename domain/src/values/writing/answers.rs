//! 无, 不详, 待补: what people write where they have nothing to write.

use super::Writing;

/// A word that is no answer, as our list has it. Nothing personal, so that a refusal may quote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAnswer {
    /// The word.
    pub word: &'static str,
    /// 同上: it points to another place, which a row does not have.
    pub points_elsewhere: bool,
}

/// That there is nothing, nobody, or not yet.
const NOTHING: &[&str] = &[
    "无",
    "無",
    "没",
    "否",
    "非",
    "空",
    "缺",
    "略",
    "暂无",
    "暂缺",
    "没有",
    "暂没有",
    "尚无",
    "并无",
    "皆无",
    "均无",
    "全无",
    "无此项",
    "无此人",
    "不适用",
    "不涉及",
    "空白",
    "缺失",
    "省略",
    "从略",
    "不详",
    "未详",
    "不明",
    "未明",
    "不清",
    "不清楚",
    "不知",
    "不知道",
    "未知",
    "不记得",
    "不确定",
    "未定",
    "待定",
    "暂定",
    "待确定",
    "未确定",
    "待补",
    "待补充",
    "待补录",
    "待补填",
    "后补",
    "后续补充",
    "以后补",
    "补",
    "待填",
    "待填写",
    "待录入",
    "待完善",
    "待核",
    "待核实",
    "待核对",
    "待查",
    "待查实",
    "待确认",
    "待报",
    "待上报",
    "待通知",
    "待提供",
    "待更新",
    "待安排",
    "待明确",
    "未填",
    "未填写",
    "未报",
    "未上报",
    "未提供",
    "未登记",
    "未明确",
    "未确认",
    "未落实",
    "未安排",
    "尚未",
    "尚未确定",
    "尚未落实",
    "不填",
    "不报",
    "不提供",
    "保密",
    "不便透露",
    "拒绝提供",
    "拒绝",
    "不同意",
    "未同意",
    "不愿意",
    "某",
    "某某",
    "某人",
    "n/a",
    "na",
    "#n/a",
    "n.a.",
    "nil",
    "no",
    "none",
    "nobody",
    "nothing",
    "null",
    "nan",
    "undefined",
    "unknown",
    "unspecified",
    "tbd",
    "tba",
    "tbc",
    "todo",
    "blank",
    "empty",
    "missing",
    "xx",
    "xxx",
    "xxxx",
    "0",
    "00",
    "000",
];

/// That the answer stands elsewhere.
const ELSEWHERE: &[&str] = &[
    "同上",
    "同前",
    "同左",
    "同右",
    "同下",
    "如上",
    "如前",
    "见上",
    "见前",
    "见上行",
    "见附件",
    "见附表",
    "见备注",
    "详见附件",
    "同",
    "〃",
    "″",
    "ditto",
    "ibid",
    "same",
    "sameasabove",
    "asabove",
];

/// What stands in a column of names and names nobody: a yes, a title, or what somebody is to the person.
const NO_NAME: &[&str] = &[
    "是",
    "有",
    "同意",
    "已同意",
    "愿意",
    "自愿",
    "对",
    "已填",
    "已报",
    "已有",
    "本人",
    "自己",
    "父",
    "母",
    "父亲",
    "母亲",
    "爸爸",
    "妈妈",
    "父母",
    "双亲",
    "家长",
    "监护人",
    "家属",
    "亲属",
    "亲人",
    "配偶",
    "妻子",
    "丈夫",
    "祖父",
    "祖母",
    "外祖父",
    "外祖母",
    "爷爷",
    "奶奶",
    "外公",
    "外婆",
    "姥姥",
    "姥爷",
    "哥哥",
    "姐姐",
    "兄弟",
    "姐妹",
    "叔叔",
    "伯父",
    "舅舅",
    "姑姑",
    "阿姨",
    "老师",
    "班主任",
    "管理员",
    "联系人",
    "负责人",
    "志愿者",
    "姓名",
    "测试",
    "yes",
    "ok",
    "true",
    "false",
    "test",
    "father",
    "mother",
    "parent",
    "parents",
    "guardian",
    "name",
    "admin",
    "administrator",
];

/// What is put behind a word of nothing: 无监护人, 暂无技能.
const OF_WHAT: &[&str] = &[
    "监护人",
    "管理员",
    "联系人",
    "负责人",
    "技能",
    "特长",
    "专长",
    "技能特长",
    "电话",
    "联系电话",
    "姓名",
    "住址",
    "地址",
    "单位",
    "人",
    "信息",
    "内容",
    "资料",
    "数据",
    "名字",
    "人员",
    "人选",
];

/// The word of our list that a text is, whatever its width, brackets, spaces and stops; a text of signs alone is `-`.
#[must_use]
pub fn no_answer(text: &str) -> Option<NoAnswer> {
    let core = core(text)?;
    if core.is_empty() {
        let blank = text.chars().all(|c| c.is_whitespace() || super::characters::is_hidden(c));
        let quotes = text.trim().chars().all(|c| matches!(c, '"' | '\'' | '”' | '“' | '＂' | '〃'));
        return (!blank).then_some(NoAnswer { word: "-", points_elsewhere: quotes });
    }
    let found =
        |words: &[&'static str], core: &str| words.iter().copied().find(|word| *word == core);
    let nothing = found(NOTHING, &core).or_else(|| {
        let bare = OF_WHAT.iter().filter_map(|what| core.strip_suffix(what));
        bare.filter(|bare| *bare != "非" && *bare != "某").find_map(|bare| found(NOTHING, bare))
    });
    let elsewhere =
        || found(ELSEWHERE, &core).map(|word| NoAnswer { word, points_elsewhere: true });
    nothing.map(|word| NoAnswer { word, points_elsewhere: false }).or_else(elsewhere)
}

/// The word of our list that a text is which names nobody: a yes, or what somebody is to the person.
#[must_use]
pub fn no_name(text: &str) -> Option<NoAnswer> {
    let core = core(text)?;
    let word = NO_NAME.iter().copied().find(|word| *word == core)?;
    Some(NoAnswer { word, points_elsewhere: false })
}

/// The letters and digits of a text, small; with the slash, hash and stop of `n/a`. None where it cannot be read.
fn core(text: &str) -> Option<String> {
    let text = Writing::Figure.normalise(text).ok()?;
    let written = |c: &char| c.is_alphanumeric() || matches!(c, '〃' | '″');
    let core: String = text.chars().filter(written).flat_map(char::to_lowercase).collect();
    let whole: String =
        text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    Some(if NOTHING.contains(&whole.as_str()) { whole } else { core })
}
