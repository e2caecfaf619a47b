//! Values at the border: checked when they come in from outside, taken as they are from history.

mod amounts;
mod digest;
mod evidence;
mod ids;
mod month;
mod person;
#[cfg(test)]
mod tests;
mod text;
pub mod writing;

pub use amounts::{Area, Minutes, Points};
pub use digest::SealedDigest;
pub(crate) use evidence::Flaw;
pub use evidence::{Evidence, MediaType};
pub use ids::{
    ActivityId, ActorId, BulletinId, CampaignCode, ComparisonId, County, ImportId, MeetingId,
    NoticeId, ResolutionId, SurveyId, TopicCode, UnitCode,
};
pub use month::Month;
pub use person::{IssueId, PersonId};
pub use text::Text;

use crate::privacy::{Kind, Stretch};

refusals! {
    /// Why a value from outside is not taken.
    pub enum BadValue {
        Blank {} "value.blank" => "不能为空。", "Must not be blank.";
        TooLong { limit: usize, got: usize } "value.too_long" =>
            "最多{limit}个字,现有{got}个字。", "At most {limit} characters; these are {got}.";
        Control { found: writing::Unwritable } "value.control_character" =>
            "含有{found};请只用看得见的、各处通用的文字。",
            "Contains {found:#}; use text that can be seen and that is the same everywhere.";
        Personal { kind: Kind, stretch: Stretch } "value.personal_data" =>
            "文字中的“{stretch}”是个人信息({kind}),公开历史中不得出现;请删去,个人信息只存入个人信息库。如果不是,请在前面写明是什么号码。",
            "“{stretch}” in the text is personal data ({kind:#}), which must not enter the history; remove it, personal data belongs in the vault only. If it is nobody's, say in front of it what number it is.";
        UnitCode {} "value.unit_code" =>
            "单位代码应为1至32位字母、数字或连字符,至少有一个字母或数字,且不能是电话、身份证件或银行卡的号码。",
            "A unit code is 1 to 32 letters, digits or hyphens, not hyphens alone, and no telephone, identity or bank card number.";
        ActorId {} "value.actor" =>
            "账号编号应为1至64位字母、数字、点、冒号或连字符,且不能是电话、身份证件或银行卡的号码。",
            "An account id is 1 to 64 letters, digits, dots, colons or hyphens, and no telephone, identity or bank card number.";
        ActivityId {} "value.activity" => "活动编号应为UUID。", "An activity id is a UUID.";
        NoticeId {} "value.notice" =>
            "公示编号应为1至64位字母、数字或连字符,且不能是电话、身份证件或银行卡的号码。",
            "A notice id is 1 to 64 letters, digits or hyphens, and no telephone, identity or bank card number.";
        CampaignCode {} "value.campaign" =>
            "行动代码应为1至16位字母、数字或连字符(例:2021、2027-2),且不能是电话、身份证件或银行卡的号码。",
            "The code of a campaign is 1 to 16 letters, digits or hyphens (2021, 2027-2), and no telephone, identity or bank card number.";
        TopicCode {} "value.topic" =>
            "清单编码应为1至16位字母、数字或连字符,且不能是电话、身份证件或银行卡的号码。",
            "The code of a topic is 1 to 16 letters, digits or hyphens, and no telephone, identity or bank card number.";
        MeetingId {} "value.meeting" => "会议编号应为UUID。", "A meeting id is a UUID.";
        ImportId {} "value.import" => "导入编号应为UUID。", "An import id is a UUID.";
        SurveyId {} "value.survey" => "测评编号应为UUID。", "A survey id is a UUID.";
        ComparisonId {} "value.comparison" =>
            "实名比对编号应为UUID。", "The id of a comparison is a UUID.";
        BulletinId {} "value.bulletin" => "通报编号应为UUID。", "The id of a bulletin is a UUID.";
        ResolutionId {} "value.resolution" =>
            "决议编号应为会议编号、连字符和议题序号。",
            "A resolution id is the meeting's id, a hyphen and the topic's number.";
        IssueId {} "value.issue" =>
            "议题编号应为Y加12位编码(数字和不含I、L、O、U的大写字母)。",
            "A case number is Y and 12 characters (digits and capital letters without I, L, O, U).";
        Month {} "value.month" => "月份应写作2021-11。", "A month is written 2021-11.";
        Person {} "value.person" =>
            "志愿者编号应为V加12位编码(数字和不含I、L、O、U的大写字母)。",
            "A volunteer number is V and 12 characters (digits and capital letters without I, L, O, U).";
        Digest {} "value.digest" =>
            "摘要应为64位十六进制数。", "A digest is 64 hexadecimal digits.";
    }
}

impl BadValue {
    /// What no text holds.
    fn unwritable(found: writing::Unwritable) -> Self {
        Self::Control { found }
    }

    /// What must not stand in the history, and where.
    pub(crate) fn personal(kind: Kind, stretch: Stretch) -> Self {
        Self::Personal { kind, stretch }
    }
}
