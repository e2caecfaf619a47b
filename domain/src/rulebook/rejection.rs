use jiff::civil::Date;

use crate::Both;
use crate::privacy::{Kind, Stretch};

refusals! {
    /// Why a rulebook is not adopted.
    pub enum Rejection {
        Backdated { today: Date } "rulebook.backdated" at "effective_from" =>
            "规则簿不溯及既往;生效日期应为{today}或以后。",
            "Rules do not reach back; effective_from must be {today} or later.";
        Figure { rule: &'static str, accepted: Both } "rulebook.figure" at "rules" =>
            "{rule}的取值不合规;可接受:{accepted}。",
            "The figure of {rule} is out of range; accepted: {accepted:#}.";
        Personal { rule: &'static str, kind: Kind, stretch: Stretch }
            "rulebook.personal_data" at "rules" =>
            "{rule}的文字中“{stretch}”是个人信息({kind}),公开历史中不得出现;请删去。",
            "“{stretch}” in the words of {rule} is personal data ({kind:#}), which must not enter the history; remove it.";
        Uncited { rule: &'static str } "rulebook.uncited" at "rules" =>
            "{rule}没有注明依据;每条规则须注明来源。",
            "{rule} cites no source; every rule names where it comes from.";
    }
}
