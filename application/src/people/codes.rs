//! Codes of secret links 查询码: what residents without an account show instead of a token.

use domain::{IssueId, NoticeId, ResolutionId, SurveyId};
use vault::Code;

use crate::App;
use crate::app::error::Error;
use crate::commands::InvalidReference;

/// What a code opens; the codes of one open nothing of another.
#[derive(Debug, Clone)]
enum Link {
    FollowUp(IssueId),
    Objection(ResolutionId, u32),
    NoticeObjection(NoticeId, u32),
    Ballot(SurveyId, u32),
}

impl Link {
    fn purpose(&self) -> &'static str {
        match self {
            Self::FollowUp(_) => "follow-up",
            Self::Objection(..) => "objection",
            Self::NoticeObjection(..) => "notice-objection",
            Self::Ballot(..) => "ballot",
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::FollowUp(issue) => issue.to_string(),
            Self::Objection(resolution, objection) => format!("{resolution}/{objection}"),
            Self::NoticeObjection(notice, objection) => format!("{notice}/{objection}"),
            Self::Ballot(survey, ballot) => format!("{survey}/{ballot}"),
        }
    }
}

/// 测评码: the number of a ballot and its code.
#[derive(Debug)]
pub struct Ballot {
    /// From 1.
    pub number: u32,
    /// What proves that it was handed out.
    pub code: Code,
}

impl Ballot {
    /// `{number}-{code}`, as it is handed out.
    #[must_use]
    pub fn written(&self) -> String {
        format!("{}-{}", self.number, self.code.expose())
    }
}

impl App {
    /// The code with which whoever raised an issue follows it.
    ///
    /// # Errors
    /// When the vault fails.
    pub async fn follow_up_code(&self, issue: IssueId) -> Result<Code, Error> {
        self.code(Link::FollowUp(issue)).await
    }

    /// The code with which an objector sees the answer and takes the objection further.
    ///
    /// # Errors
    /// When the vault fails.
    pub async fn objection_code(
        &self,
        resolution: ResolutionId,
        objection: u32,
    ) -> Result<Code, Error> {
        self.code(Link::Objection(resolution, objection)).await
    }

    /// The same for an objection to a notice.
    ///
    /// # Errors
    /// When the vault fails.
    pub async fn notice_objection_code(
        &self,
        notice: &NoticeId,
        objection: u32,
    ) -> Result<Code, Error> {
        self.code(Link::NoticeObjection(notice.clone(), objection)).await
    }

    /// The ballots of a survey up to this number.
    pub(crate) async fn ballots(&self, survey: SurveyId, last: u32) -> Result<Vec<Ballot>, Error> {
        self.in_vault(move |vault| {
            let ballot = |number| {
                let link = Link::Ballot(survey, number);
                Ballot { number, code: vault.code(link.purpose(), &link.subject()) }
            };
            Ok((1..=last).map(ballot).collect())
        })
        .await
    }

    /// Checks the code of an issue. Whether there is such an issue, a wrong code does not tell.
    ///
    /// # Errors
    /// `code.wrong`.
    pub async fn check_follow_up(&self, issue: IssueId, given: &str) -> Result<(), Error> {
        self.check(Link::FollowUp(issue), given).await
    }

    /// Checks the code of an objection. Whether there is such an objection, a wrong code does not tell.
    ///
    /// # Errors
    /// `code.wrong`.
    pub async fn check_objection(
        &self,
        resolution: ResolutionId,
        objection: u32,
        given: &str,
    ) -> Result<(), Error> {
        self.check(Link::Objection(resolution, objection), given).await
    }

    /// The same for an objection to a notice.
    ///
    /// # Errors
    /// `code.wrong`.
    pub async fn check_notice_objection(
        &self,
        notice: &NoticeId,
        objection: u32,
        given: &str,
    ) -> Result<(), Error> {
        self.check(Link::NoticeObjection(notice.clone(), objection), given).await
    }

    /// The ballot that a code as [`Ballot::written`] is of.
    ///
    /// # Errors
    /// `code.wrong`.
    pub async fn check_ballot(&self, survey: SurveyId, given: &str) -> Result<u32, Error> {
        let wrong = || Error::refused(InvalidReference::Code {});
        let (number, code) = given.trim().split_once('-').ok_or_else(wrong)?;
        let number = number.trim().parse().map_err(|_| wrong())?;
        self.check(Link::Ballot(survey, number), code).await?;
        Ok(number)
    }

    async fn code(&self, link: Link) -> Result<Code, Error> {
        self.in_vault(move |vault| Ok(vault.code(link.purpose(), &link.subject()))).await
    }

    async fn check(&self, link: Link, given: &str) -> Result<(), Error> {
        if self.code(link).await?.is(given) {
            Ok(())
        } else {
            Err(Error::refused(InvalidReference::Code {}))
        }
    }
}
