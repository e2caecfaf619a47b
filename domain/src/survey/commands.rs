use super::{Opened, Satisfaction};

/// What may be asked of a survey.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Command {
    /// 开始测评.
    Open(Opened),
    /// 发放测评码.
    IssueBallots,
    /// 测评回复; the ballot's code was checked before.
    Reply { ballot: u32, recognises: bool, satisfaction: Satisfaction },
    /// 测评结束.
    Close,
}
