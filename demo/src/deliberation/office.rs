//! Who acts for a village.

use domain::Role;

/// Somebody of the village with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    /// 支部书记.
    Secretary,
    /// 两委成员.
    Committee,
    /// 网格员.
    GridWorker,
    /// 人民调解员.
    Mediator,
    /// 法律明白人, who writes the minutes.
    Recorder,
    /// 志愿者.
    Volunteer,
    /// 法律顾问.
    Adviser,
    /// 监督小组成员, by their place in the group.
    Supervisor(usize),
    /// 党支部.
    Branch,
}

impl Office {
    /// Its part of the account's name, and the role.
    pub fn account(self) -> (&'static str, Role) {
        match self {
            Self::Secretary => ("secretary", Role::LeadingGroup),
            Self::Committee => ("committee", Role::LeadingGroup),
            Self::GridWorker => ("grid", Role::GridWorker),
            Self::Mediator => ("mediator", Role::GridWorker),
            Self::Recorder => ("recorder", Role::Councillor),
            Self::Volunteer => ("helper", Role::Volunteer),
            Self::Adviser => ("adviser", Role::LegalAdviser),
            Self::Supervisor(_) => ("supervisor", Role::Supervisor),
            Self::Branch => ("branch", Role::PartyBranch),
        }
    }

    /// 职务, as an assignment names it.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Secretary => "支部书记",
            Self::Committee => "村务委员",
            Self::GridWorker => "网格员",
            Self::Mediator => "人民调解员",
            Self::Recorder => "法律明白人",
            Self::Volunteer => "志愿者",
            Self::Adviser => "法律顾问",
            Self::Supervisor(_) => "监督小组成员",
            Self::Branch => "支部委员",
        }
    }
}
