//! 查阅事由: what personal data is read for, chosen once for a piece of work and not at every click.

use domain::Actor;
use domain::permission::{Act, check_role};
use jiff::SignedDuration;
use vault::Occasion;

use crate::{App, Error};

/// How long a purpose holds. Our default.
const LASTS: SignedDuration = SignedDuration::from_mins(30);

/// Purposes that are proposed; any other may be written. Our default.
pub const PROPOSED: [&str; 8] = [
    "核对花名册",
    "电话回访",
    "通知活动",
    "实名比对",
    "打印花名册",
    "登记服务",
    "办理本人申请",
    "投诉核查",
];

domain::refusals! {
    /// Why nothing personal is read.
    pub enum NoPurpose {
        NotChosen {} "reading.no_purpose" at "purpose" =>
            "请先选定查阅事由(POST /api/v1/reading-purpose,30分钟内有效),或在本次请求中注明 purpose。",
            "Choose first what personal data is read for (POST /api/v1/reading-purpose, good for 30 minutes), or say it in this request as purpose.";
        NotWritten {} "reading.purpose" at "purpose" =>
            "查阅事由应为1至200字节(约66个汉字),不含个人信息。",
            "A purpose has 1 to 200 bytes (about 66 Chinese characters) and holds no personal data.";
    }
}

impl App {
    /// 选定查阅事由 for whatever the account reads in the next 30 minutes; the same again goes on for as long, another takes
    /// its place.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn choose_purpose(&self, actor: &Actor, purpose: String) -> Result<Occasion, Error> {
        self.permit(actor, Act::ChoosePurpose, None, None)?;
        self.clock.trusted()?;
        if purpose.trim().is_empty() || purpose.len() > vault::MAX_READER_BYTES {
            return Err(Error::refused(NoPurpose::NotWritten {}));
        }
        let actor = actor.id.to_string();
        self.in_vault(move |vault| vault.open_occasion(&actor, purpose.trim(), LASTS)).await
    }

    /// What the account reads for at the moment; none where nothing is chosen, or its time is over.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn purpose(&self, actor: &Actor) -> Result<Option<Occasion>, Error> {
        self.permit(actor, Act::ChoosePurpose, None, None)?;
        let actor = actor.id.to_string();
        self.in_vault(move |vault| vault.occasion(&actor)).await
    }

    /// 结束查阅: from now on nothing is read without choosing anew. Answers what ended; none where nothing was chosen.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn end_purpose(&self, actor: &Actor) -> Result<Option<Occasion>, Error> {
        self.permit(actor, Act::ChoosePurpose, None, None)?;
        let actor = actor.id.to_string();
        self.in_vault(move |vault| vault.end_occasion(&actor)).await
    }

    /// What this reading is for: as it was said with it, else as it was chosen. A role that may not read it at all is told so
    /// first.
    ///
    /// # Errors
    /// [`NoPurpose`] where neither is so.
    pub async fn purpose_of(
        &self,
        actor: &Actor,
        act: Act,
        said: Option<String>,
    ) -> Result<String, Error> {
        check_role(actor.role, act)?;
        if let Some(said) = said {
            return Ok(said);
        }
        let actor = actor.id.to_string();
        let chosen = self.in_vault(move |vault| vault.occasion(&actor)).await?;
        chosen.map(|chosen| chosen.purpose).ok_or_else(|| Error::refused(NoPurpose::NotChosen {}))
    }
}
