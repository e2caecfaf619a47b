//! 更正记录: what was corrected of a volunteer, by whom and why.

use domain::PersonId;
use domain::volunteer::Event;
use jiff::Timestamp;
use rusqlite::Connection;

use crate::engine::column::{Texts, words};
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select};
use crate::engine::row::table;
use crate::{Fact, Rows};

words! {
    /// What was corrected.
    Corrected {
        /// 个人信息
        PersonalData "personal_data",
        /// 政治面貌
        PoliticalStatus "political_status",
        /// 类别
        Categories "categories",
        /// 技能
        Skills "skills",
        /// 申请更正身份号码
        IdentityRequested "identity_requested",
        /// 身份号码
        Identity "identity",
        /// 不予更正身份号码
        IdentityRefused "identity_refused",
    }
}

table! {
    /// 更正记录: what was corrected of a volunteer. What stood before and stands now, only the vault knows.
    pub struct Correction in "volunteer_correction" {
        key {
            /// 志愿者编号 volunteer number
            volunteer: PersonId,
            /// 版本 version of the volunteer's stream that says it
            version: i64,
        }
        /// 更正事项 what was corrected
        what: Corrected,
        /// 更正项目 which of the personal data, or what it is now
        items: Texts,
        /// 申请编号 number of the request, of identity numbers
        request: Option<u32>,
        /// 更正理由 why
        reason: Option<String>,
        /// 经办账号 account that did it
        account: String,
        /// 经办角色 its role
        role: String,
        /// 导入编号 the import that it is part of
        import: Option<String>,
        /// 更正时间 when the log learned it (UTC)
        corrected_at: Timestamp,
    }
}

/// Notes a correction.
pub(super) fn note(rows: &mut Rows<'_>, fact: &Fact, volunteer: PersonId, event: &Event) {
    let words = |words: &[&str]| Texts(words.iter().map(ToString::to_string).collect());
    let (what, items, request, reason) = match event {
        Event::PersonalDataCorrected(corrected) => {
            let items: Vec<&str> = corrected.items.iter().map(|item| item.as_str()).collect();
            (Corrected::PersonalData, words(&items), None, Some(&corrected.reason))
        }
        Event::PoliticalStatusChanged(changed) => {
            let items = [changed.from.as_str(), changed.to.as_str()];
            (Corrected::PoliticalStatus, words(&items), None, Some(&changed.reason))
        }
        Event::CategoriesChanged(changed) => {
            let items = [changed.kind.as_str(), changed.recruitment.as_str()];
            (Corrected::Categories, words(&items), None, Some(&changed.reason))
        }
        Event::SkillsDeclared(_) => (Corrected::Skills, words(&[]), None, None),
        Event::IdentityCorrectionRequested(asked) => {
            let (what, number) = (Corrected::IdentityRequested, Some(asked.correction));
            (what, words(&[]), number, Some(&asked.reason))
        }
        Event::IdentityCorrected(corrected) => {
            (Corrected::Identity, words(&[]), Some(corrected.correction), None)
        }
        Event::IdentityCorrectionRefused(refused) => {
            let (what, number) = (Corrected::IdentityRefused, Some(refused.correction));
            (what, words(&[]), number, Some(&refused.reason))
        }
        Event::Registered(_)
        | Event::Returned(_)
        | Event::RealNameMatched(_)
        | Event::RealNameRefused(_)
        | Event::TierChanged(_)
        | Event::Moved(_)
        | Event::StarProposed(_)
        | Event::StarProposalEnded(_)
        | Event::StarChanged(_)
        | Event::Suspended(_)
        | Event::Resumed(_)
        | Event::Withdrawn(_)
        | Event::PersonalDataErased(_) => return,
    };
    let actor = &fact.metadata.actor;
    rows.put(Correction {
        volunteer,
        version: i64::try_from(fact.version.0).unwrap_or(i64::MAX),
        what,
        items,
        request,
        reason: reason.map(ToString::to_string),
        account: actor.id.to_string(),
        role: actor.role.as_str().to_owned(),
        import: fact.metadata.import.map(|import| import.to_string()),
        corrected_at: fact.recorded_at,
    });
}

/// What was corrected of a volunteer, oldest first.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    volunteer: PersonId,
    page: &PageRequest,
) -> Result<Page<Correction>, QueryError> {
    Select::<Correction>::ordered(&["volunteer", "version"], Direction::Ascending)
        .filter("volunteer", "=", Some(volunteer.to_string()))?
        .page(conn, page)
}
