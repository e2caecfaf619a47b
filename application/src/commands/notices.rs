use domain::notice::{Command, Event, Notice, Objector, Subject, Verdict};
use domain::permission::{Act, check_role};
use domain::sealed::OBJECTOR;
use domain::{NoticeId, SealedDigest, Text, UnitCode};
use jiff::civil::Date;

use super::objections::FiledObjection;
use crate::{App, Caller, CommandOutcome, Contact, Error};

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

/// A board that a notice hung on.
#[derive(Debug, Clone)]
pub struct NewPosting {
    /// The unit whose board it is.
    pub unit: UnitCode,
    /// Where the board is.
    pub board: Text<80>,
    /// The day on which the notice was there.
    pub posted_on: Date,
    /// Digests of photographs.
    pub evidence: Vec<SealedDigest>,
}

impl App {
    /// Checks the caller for an act on a notice; answers the unit that publishes it, none where it is the county's own.
    pub(crate) async fn permit_notice(
        &self,
        act: Act,
        notice: &NoticeId,
        caller: &Caller,
    ) -> Result<Option<UnitCode>, Error> {
        check_role(caller.actor.role, act)?;
        let unit = |known: &Notice| known.unit().map(|unit| unit.cloned());
        let unit = self.read_state(notice.as_str(), unit).await?.map_err(Error::refused)?;
        self.permit(&caller.actor, act, unit.as_ref(), None)?;
        Ok(unit)
    }

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

    /// 张贴公示: the board that a notice hung on.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn post_notice(
        &self,
        notice: &NoticeId,
        new: NewPosting,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let NewPosting { unit, board, posted_on, evidence } = new;
        self.permit(&caller.actor, Act::PostNotice, Some(&unit), None)?;
        let evidence = self.evidence_of(&evidence).await?;
        let command = Command::Post { unit, board, posted_on, evidence };
        self.execute::<Notice>(notice.as_str(), command, caller).await
    }

    /// 提出异议 by an account, or by a resident without one; name and telephone go to the vault, where there are any.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn file_objection(
        &self,
        notice: &NoticeId,
        ground: Text<500>,
        contact: &Contact,
        caller: &Caller,
    ) -> Result<FiledObjection, Error> {
        self.permit(&caller.actor, Act::FileObjection, None, None)?;
        let key = notice.as_str();
        let file = |objector| Command::FileObjection { ground: ground.clone(), objector };
        self.dry_run::<Notice>(key, file(None), caller).await?;
        let sealed = self.seal_contact(OBJECTOR, contact, caller).await?;
        let objector = sealed.map(|(person, sealed)| Objector { person, sealed });
        let done = self.execute::<Notice>(key, file(objector), caller).await?;
        let objection = done.events.iter().find_map(number).unwrap_or_default();
        let code = self.notice_objection_code(notice, objection).await?;
        Ok(FiledObjection { objection, code, done })
    }

    /// 异议上报, by whoever shows the code that the objector was given.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn escalate_notice_objection(
        &self,
        notice: &NoticeId,
        objection: u32,
        code: &str,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::EscalateObjection, None, None)?;
        self.check_notice_objection(notice, objection, code).await?;
        let command = Command::EscalateObjection { objection };
        self.execute::<Notice>(notice.as_str(), command, caller).await
    }

    /// 答复异议; what went up is answered by a unit above the one that publishes.
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
        let unit = self.permit_notice(Act::AnswerObjection, notice, caller).await?;
        let above = unit.is_none_or(|unit| self.is_above(&unit, &caller.actor));
        let command = Command::AnswerObjection { objection, verdict, answer, above };
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

fn number(event: &domain::Event) -> Option<u32> {
    let domain::Event::Notice(Event::ObjectionFiled(filed)) = event else { return None };
    Some(filed.objection)
}
