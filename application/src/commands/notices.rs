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
        self.permit(&caller.actor, Act::FileObjection, None, None)?;
        self.execute::<Notice>(notice.as_str(), Command::FileObjection { ground }, caller).await
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
        self.permit(&caller.actor, Act::AnswerObjection, None, None)?;
        let command = Command::AnswerObjection { objection, verdict, answer };
        self.execute::<Notice>(notice.as_str(), command, caller).await
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
        self.permit(&caller.actor, Act::CloseNotice, None, None)?;
        self.execute::<Notice>(notice.as_str(), Command::Close, caller).await
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
        self.permit(&caller.actor, Act::PublishNotice, None, None)?;
        self.execute::<Notice>(notice.as_str(), Command::Withdraw { reason }, caller).await
    }
}
