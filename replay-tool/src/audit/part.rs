//! What can be audited.

use crate::lang::Said;

/// A part of the county's work that is audited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 决议和急事急议.
    Decisions,
    /// 小分队.
    Squads,
    /// 服务记录.
    Hours,
    /// 积分和星级.
    Points,
    /// 监督.
    Supervision,
    /// 满意度测评.
    Surveys,
    /// 个人信息的查阅.
    Access,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Decisions,
        Self::Squads,
        Self::Hours,
        Self::Points,
        Self::Supervision,
        Self::Surveys,
        Self::Access,
    ];

    /// What it is called.
    pub fn title(self) -> Said {
        match self {
            Self::Decisions => Said::new("决议落实情况", "decisions"),
            Self::Squads => Said::new("小分队组建情况", "squads"),
            Self::Hours => Said::new("服务记录情况", "hours"),
            Self::Points => Said::new("积分和星级情况", "points and stars"),
            Self::Supervision => Said::new("监督核实情况", "supervision"),
            Self::Surveys => Said::new("满意度测评情况", "surveys"),
            Self::Access => Said::new("个人信息查阅情况", "access to personal data"),
        }
    }

    /// So many lines of it.
    pub fn counted(self, lines: usize) -> Said {
        let (zh, en) = match self {
            Self::Decisions => ("项决定", "decisions"),
            Self::Squads => ("个应组建或已组建小分队的单位", "units with a squad or a task"),
            Self::Hours => ("个组织单位", "organising units"),
            Self::Points => ("个账户", "accounts"),
            Self::Supervision => ("次核实", "verdicts"),
            Self::Surveys => ("次测评", "surveys"),
            Self::Access => ("个账号和日结", "accounts and statements"),
        };
        Said::new(format!("{lines}{zh}"), format!("{lines} {en}"))
    }
}
