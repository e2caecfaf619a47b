//! What a row of a roster comes to. No document says how rosters are compared: the rules are our default.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::PersonId;

named! {
    /// 比对结果: what a row of the roster came to, or somebody registered whom no row names.
    Outcome {
        Matched "matched" "一致",
        OtherUnit "other_unit" "一致、单位不同",
        NameDiffers "name_differs" "姓名不一致",
        OtherIdentity "other_identity" "身份证号不一致",
        OtherNumber "other_number" "志愿者编号不一致",
        SameName "same_name" "未找到、有同名的人",
        NotFound "not_found" "未注册",
        Withdrawn "withdrawn" "已退出",
        Outside "outside" "不在比对范围",
        SharedIdentity "shared_identity" "同一身份证号属于两人",
        Repeated "repeated" "重复行",
        Contradicting "contradicting" "重复行、内容不同",
        Unreadable "unreadable" "不能识别",
        Missing "missing" "名册中没有",
    }
}

/// How often each outcome came; what is not there came never.
pub type Counts = BTreeMap<Outcome, u32>;

impl Outcome {
    /// What follows for the person: the roster bears the registration out, it does not, or it says nothing of it.
    /// `whole`: whether the roster lists everybody.
    #[must_use]
    pub fn bears_out(self, whole: bool) -> Option<bool> {
        match self {
            Self::Matched | Self::OtherUnit => Some(true),
            Self::NameDiffers | Self::OtherIdentity => Some(false),
            Self::Missing => whole.then_some(false),
            Self::OtherNumber
            | Self::SameName
            | Self::NotFound
            | Self::Withdrawn
            | Self::Outside
            | Self::SharedIdentity
            | Self::Repeated
            | Self::Contradicting
            | Self::Unreadable => None,
        }
    }

    /// Whether somebody has to look at it.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Matched | Self::Repeated)
    }

    /// The column of the roster that does not agree, where it is one.
    #[must_use]
    pub fn column(self) -> Option<&'static str> {
        match self {
            Self::NameDiffers => Some("姓名"),
            Self::OtherIdentity | Self::SharedIdentity | Self::SameName => Some("身份证号"),
            Self::OtherNumber => Some("志愿者编号"),
            Self::OtherUnit => Some("单位"),
            Self::Matched
            | Self::NotFound
            | Self::Withdrawn
            | Self::Outside
            | Self::Repeated
            | Self::Contradicting
            | Self::Unreadable
            | Self::Missing => None,
        }
    }

    /// What to do about it, in Chinese.
    #[must_use]
    pub fn advice_zh(self) -> &'static str {
        match self {
            Self::Matched => "无需办理。",
            Self::OtherUnit => "请核对单位;注册有误的办理调换单位,名册有误的更正名册。",
            Self::NameDiffers => {
                "请对照证件核对姓名;注册有误的办理更正个人信息,名册有误的更正名册。"
            }
            Self::OtherIdentity => {
                "请对照证件核对号码;注册有误的申请更正身份号码,名册有误的更正名册。"
            }
            Self::OtherNumber => "此身份证号以另一志愿者编号注册;请更正名册中的志愿者编号。",
            Self::SameName => {
                "此身份证号未注册,但有一名同名的人以另一号码注册;请对照证件核对号码。"
            }
            Self::NotFound => "此人未注册;本人同意后办理注册。",
            Self::Withdrawn => "此人已退出;重新加入须凭新的本人同意重新注册。",
            Self::Outside => "此人在比对范围以外的单位注册;请与全县一起比对。",
            Self::SharedIdentity => {
                "同一身份证号在名册中写给了不同的姓名;请对照证件改正名册后再比对。"
            }
            Self::Repeated => "与前一行相同,只计一次。",
            Self::Contradicting => {
                "与前一行是同一人,但单位或志愿者编号不同,以前一行计;请核实后改正名册。"
            }
            Self::Unreadable => "请按所列原因改正名册后再比对。",
            Self::Missing => "已注册,但名册中没有此人;请核对名册是否完整。",
        }
    }

    /// What to do about it, in English.
    #[must_use]
    pub fn advice_en(self) -> &'static str {
        match self {
            Self::Matched => "Nothing to do.",
            Self::OtherUnit => "Check the unit; move the volunteer, or correct the roster.",
            Self::NameDiffers => {
                "Compare the name with the card; correct the personal data, or the roster."
            }
            Self::OtherIdentity => {
                "Compare the identity number with the card; ask to correct it, or correct the roster."
            }
            Self::OtherNumber => {
                "The identity number is registered under another volunteer number; correct that of the roster."
            }
            Self::SameName => {
                "The identity number is not registered, but one person of this name is, under another; compare it with the card."
            }
            Self::NotFound => "Nobody is registered with it; register the person once they agree.",
            Self::Withdrawn => {
                "The person has withdrawn; with a new consent they may register again."
            }
            Self::Outside => {
                "Registered in a unit that is not compared; compare the roster with the whole county."
            }
            Self::SharedIdentity => {
                "The roster gives one identity number to different names; correct it and compare again."
            }
            Self::Repeated => "The same as an earlier row; it counts once.",
            Self::Contradicting => {
                "The same person as in an earlier row, which counts, with another unit or volunteer number; correct the roster."
            }
            Self::Unreadable => "Correct the row as its reason says and compare again.",
            Self::Missing => "Registered, but not in the roster; check whether it is complete.",
        }
    }
}

/// Who goes by the identity number of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Their number.
    pub volunteer: PersonId,
    /// Whether they withdrew.
    pub withdrawn: bool,
    /// Whether they are registered where nobody is compared.
    pub outside: bool,
    /// Whether the name is that of the row.
    pub same_name: bool,
    /// Whether the row names their unit, or one above it; none where it names no unit.
    pub same_unit: Option<bool>,
}

/// What a row of the roster says beside name and identity number, and what is known of it.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The volunteer with this identity number.
    pub found: Option<Found>,
    /// 志愿者编号 in the row.
    pub number: Option<PersonId>,
    /// Whether who is registered under that number has the name of the row, and no other row names them.
    pub number_fits: bool,
    /// The only one of this name whom the roster does not name otherwise.
    pub namesake: Option<PersonId>,
}

/// What a row comes to, and whom it is about.
#[must_use]
pub fn judge(row: &Row) -> (Outcome, Option<PersonId>) {
    let Some(found) = &row.found else {
        return match (row.number.filter(|_| row.number_fits), row.namesake) {
            (Some(number), _) => (Outcome::OtherIdentity, Some(number)),
            (None, Some(namesake)) => (Outcome::SameName, Some(namesake)),
            (None, None) => (Outcome::NotFound, None),
        };
    };
    let outcome = if found.withdrawn {
        Outcome::Withdrawn
    } else if found.outside {
        Outcome::Outside
    } else if row.number.is_some_and(|number| number != found.volunteer) {
        Outcome::OtherNumber
    } else if !found.same_name {
        Outcome::NameDiffers
    } else if found.same_unit == Some(false) {
        Outcome::OtherUnit
    } else {
        Outcome::Matched
    };
    (outcome, Some(found.volunteer))
}
