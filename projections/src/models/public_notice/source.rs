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
    facts.iter().find(|fact| {
        if let Some((notice, notice::Event::Published(_))) = fact.notice() {
            return notice == id;
        }
        match fact.resolution() {
            Some((&resolution, resolution::Event::Publicised(one))) => {
                NoticeId::resolution(resolution, one.period) == *id
            }
            Some((&resolution, resolution::Event::CompletionPublicised(_))) => {
                completions += 1;
                NoticeId::completion(resolution, completions) == *id
            }
            Some(_) | None => false,
        }
    })
}

/// Whether the board shows every word of the fact, so that its record tells nobody more.
#[must_use]
pub fn is_shown_whole(fact: &Fact) -> bool {
    let words = match Publication::of(&fact.event) {
        Some(Publication::Notice(one)) => vec![one.title.as_str(), one.text.as_str()],
        Some(Publication::Resolution(one)) => match &one.shown {
            Some(shown) => vec![shown.title.as_str(), shown.text.as_str()],
            None => vec![],
        },
        Some(Publication::Completion(one)) => vec![one.result.as_str()],
        None => return false,
    };
    words.into_iter().all(|words| mask_text(words) == words)
}

/// What puts a notice on the board.
enum Publication<'a> {
    Notice(&'a notice::Published),
    Resolution(&'a resolution::Publicised),
    Completion(&'a resolution::CompletionPublicised),
}

impl<'a> Publication<'a> {
    fn of(event: &'a Event) -> Option<Self> {
        if let Event::Notice(notice::Event::Published(one)) = event {
            Some(Self::Notice(one))
        } else if let Event::Resolution(resolution::Event::Publicised(one)) = event {
            Some(Self::Resolution(one))
        } else if let Event::Resolution(resolution::Event::CompletionPublicised(one)) = event {
            Some(Self::Completion(one))
        } else {
            None
        }
    }
}
