//! Which fact a notice on the board comes from, so that it can be proven.

use domain::privacy::mask_text;
use domain::{Event, NoticeId, notice, resolution};

use super::rows::Notice;
use crate::Fact;

/// The stream in which a notice was published.
#[must_use]
pub fn stream_of(notice: &Notice) -> String {
    match notice.resolution {
        Some(resolution) => format!("resolution-{resolution}"),
        None => format!("notice-{}", notice.notice),
    }
}

/// The fact that published a notice, among those of its stream.
#[must_use]
pub fn published_by<'a>(id: &NoticeId, facts: &'a [Fact]) -> Option<&'a Fact> {
    let mut completions = 0;
    facts.iter().find(|fact| match &fact.event {
        Event::Notice(notice::Event::Published(_)) => fact.notice() == Some(id),
        Event::Resolution(resolution::Event::Publicised(publicised)) => {
            fact.resolution().is_some_and(|of| NoticeId::resolution(of, publicised.period) == *id)
        }
        Event::Resolution(resolution::Event::CompletionPublicised(_)) => {
            completions += 1;
            fact.resolution().is_some_and(|of| NoticeId::completion(of, completions) == *id)
        }
        _ => false,
    })
}

/// Whether the board shows every word of the fact, so that its record tells nobody more.
#[must_use]
pub fn is_shown_whole(fact: &Fact) -> bool {
    let words: Vec<&str> = match &fact.event {
        Event::Notice(notice::Event::Published(published)) => {
            vec![published.title.as_str(), published.text.as_str()]
        }
        Event::Resolution(resolution::Event::Publicised(publicised)) => match &publicised.shown {
            Some(shown) => vec![shown.title.as_str(), shown.text.as_str()],
            None => vec![],
        },
        Event::Resolution(resolution::Event::CompletionPublicised(done)) => {
            vec![done.result.as_str()]
        }
        _ => return false,
    };
    words.into_iter().all(|words| mask_text(words) == words)
}
