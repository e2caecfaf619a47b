use domain::notice::{Command, Notice, Subject, Verdict};
use domain::permission::Act;
use domain::{NoticeId, Text, UnitCode};

use crate::{App, Caller, CommandOutcome, Error};

/// A notice to publish.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// What it is about.
    pub subject: Subject,
    /// The unit that publishes it.
    pub unit: Option<UnitCode>,
    /// 标题.
    pub title: Text<80>,
    /// 正文.
    pub text: Text<2000>,
}

impl App {
    async fn change_notice(
        &self,
        act: Act,
        notice: &NoticeId,
        command: Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, act, None, None)?;
        self.execute::<Notice>(notice.as_str(), command, caller).await
    }

    /// 发布公示.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn publish_notice(
        &self,
        notice: &NoticeId,
        new: NewNotice,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::PublishNotice, new.unit.as_ref(), None)?;
        let NewNotice { subject, unit, title, text } = new;
        let command = Command::Publish { subject, unit, title, text };
        self.execute::<Notice>(notice.as_str(), command, caller).await
    }

    /// 提出异议.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn file_objection(
        &self,
        notice: &NoticeId,
        ground: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::FileObjection { ground };
        self.change_notice(Act::FileObjection, notice, command, caller).await
    }

    /// 答复异议.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn answer_objection(
        &self,
        notice: &NoticeId,
        objection: u32,
        verdict: Verdict,
        answer: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::AnswerObjection { objection, verdict, answer };
        self.change_notice(Act::AnswerObjection, notice, command, caller).await
    }

    /// 公示期满.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn close_notice(
        &self,
        notice: &NoticeId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_notice(Act::CloseNotice, notice, Command::Close, caller).await
    }

    /// 撤回公示.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn withdraw_notice(
        &self,
        notice: &NoticeId,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_notice(Act::PublishNotice, notice, Command::Withdraw { reason }, caller).await
    }
}
