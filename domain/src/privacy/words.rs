//! What the words around a number say that it is. They only decide where the number itself does not.

/// What a word in front of a number announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A telephone, or somebody to be called.
    Telephone,
    /// A document of identity.
    Identity,
    /// A bank card.
    Card,
    /// A paper, parcel or thing whose numbers look like those of persons.
    Thing,
    /// A code or number of whatever kind.
    Code,
    /// Money or a count.
    Amount,
}

/// A word may stand so far in front of what it announces.
const REACH: usize = 16;

/// Words by what they announce: what county offices write in front of numbers; ours.
const WORDS: &[(Word, &[&str])] = &[
    (
        Word::Telephone,
        &[
            "电话",
            "電話",
            "手机",
            "手機",
            "座机",
            "固话",
            "宅电",
            "传真",
            "联系",
            "联系方式",
            "致电",
            "来电",
            "拨打",
            "拨",
            "短信",
            "微信",
            "热线",
            "☎",
            "☏",
            "📞",
            "📱",
            "tel",
            "phone",
            "mobile",
            "call",
            "fax",
            "telephone",
            "cell",
        ],
    ),
    (
        Word::Identity,
        &[
            "身份证",
            "身份證",
            "身份号",
            "身份证号",
            "证件",
            "证件号",
            "证号",
            "公民身份",
            "身份号码",
            "户籍号",
            "id",
            "identity",
            "idcard",
        ],
    ),
    (
        Word::Card,
        &["银行卡", "卡号", "借记卡", "储蓄卡", "信用卡", "工资卡", "社保卡", "一卡通", "card"],
    ),
    (
        Word::Thing,
        &[
            "发票",
            "发票号",
            "发票代码",
            "票号",
            "订单",
            "单号",
            "快递",
            "挂号信",
            "运单",
            "彩票",
            "大乐透",
            "双色球",
            "流水",
            "条码",
            "条形码",
            "商品码",
            "isbn",
            "issn",
            "imei",
            "序列",
            "合同",
            "会议号",
            "会议id",
            "会议码",
            "会议室号",
            "信用代码",
            "许可证号",
            "登记证号",
            "产权证号",
            "资格证号",
            "执业证号",
            "合格证号",
            "准考证号",
            "学生证号",
            "工作证号",
            "批号",
            "回执",
            "案号",
            "时间戳",
            "timestamp",
            "order",
            "invoice",
            "表号",
            "校验",
        ],
    ),
    (
        Word::Code,
        &[
            "编号", "编码", "代码", "文号", "工号", "序号", "档号", "图号", "版本", "坐标", "位置",
            "区划",
        ],
    ),
    (
        Word::Amount,
        &[
            "预算",
            "金额",
            "经费",
            "合计",
            "共计",
            "总计",
            "总额",
            "资金",
            "投资",
            "造价",
            "费用",
            "收入",
            "支出",
            "约",
            "人民币",
            "补助",
            "捐款",
            "价格",
            "报价",
            "总价",
            "共",
            "¥",
            "￥",
            "$",
        ],
    ),
];

/// What follows an amount or a count. `元旦` and the like are told apart by [`follows_unit`].
const UNITS: &[&str] = &[
    "元", "万", "亿", "美元", "余元", "余万", "人次", "余人", "人", "户", "平方", "㎡", "立方",
    "公里", "千米", "公顷", "亩", "吨", "公斤", "斤", "千克", "千瓦", "度", "%", "‰", "℃", "°",
    "份", "册", "件", "次", "篇", "条", "个", "名", "家", "辆", "台", "套", "棵", "株", "只",
    "小时", "分钟", "毫米", "厘米", "场", "批", "起", "宗", "步", "号楼", "字",
];
/// Of these the amounts that may have eleven digits in one piece.
const MONEY: &[&str] = &["元", "万元", "美元", "余元", "人次"];
/// What begins like a unit and is none.
const NO_UNITS: &[&str] =
    &["元旦", "元月", "元宵", "人民", "人员", "户主", "户籍", "户口", "次日", "条例"];

/// Between a word and its number stand these at most, apart from Latin letters and what is no letter: `序列号 No.`
const FILLERS: &str = "是为号码改换成至的编代系即第";

/// The word that announces what begins at `start`, and whether nothing but fillers stands between. Looks at no other
/// number, and not beyond the sentence.
pub(super) fn before(characters: &[char], start: usize) -> Option<(Word, bool)> {
    let begin = start.saturating_sub(REACH);
    let reach = &characters[begin..start];
    let stop = reach.iter().rposition(|c| stops(*c)).map_or(0, |stop| stop + 1);
    let reach: Vec<char> = reach[stop..].iter().map(char::to_ascii_lowercase).collect();
    let mut nearest: Option<(usize, usize, Word)> = None;
    for (word, spellings) in WORDS {
        for spelling in *spellings {
            let length = spelling.chars().count();
            let Some(end) = last_end(&reach, spelling, length) else { continue };
            if nearest.is_none_or(|(at, longest, _)| (at, longest) < (end, length)) {
                nearest = Some((end, length, *word));
            }
        }
    }
    let (end, _, word) = nearest?;
    let fills = |c: &char| !c.is_alphanumeric() || c.is_ascii_alphabetic() || FILLERS.contains(*c);
    let near = reach[end..].iter().all(fills);
    Some((word, near))
}

fn stops(character: char) -> bool {
    matches!(character, '。' | '；' | ';' | '！' | '!' | '？' | '?') || character.is_numeric()
}

/// Where the last occurrence of a word ends. A word of letters stands alone: `id` is not in `said`.
fn last_end(reach: &[char], spelling: &str, length: usize) -> Option<usize> {
    (length..=reach.len()).rev().find(|&end| {
        let start = end - length;
        let alone = !spelling.is_ascii()
            || start == 0
            || !(reach[start].is_ascii_alphabetic() && reach[start - 1].is_ascii_alphabetic());
        alone && spelling.chars().eq(reach[start..end].iter().copied())
    })
}

/// Whether the unit of an amount or a count stands at `end`.
pub(super) fn follows_unit(characters: &[char], end: usize) -> bool {
    starts(characters, end, UNITS) && !starts(characters, end, NO_UNITS)
}

/// Whether an amount of money ends at `end`.
pub(super) fn follows_money(characters: &[char], end: usize) -> bool {
    starts(characters, end, MONEY) && !starts(characters, end, NO_UNITS)
}

fn starts(characters: &[char], end: usize, words: &[&str]) -> bool {
    let rest = &characters[end..];
    let rest = rest.strip_prefix(&[' ']).unwrap_or(rest);
    words.iter().any(|word| {
        let length = word.chars().count();
        rest.get(..length).is_some_and(|start| word.chars().eq(start.iter().copied()))
    })
}
