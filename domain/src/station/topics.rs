//! 议事清单: the shipped lists, and what the station adds to them.

use super::{Event, List, Rejection, Station, TopicListed};
use crate::rulebook::Deliberation;
use crate::{Given, TopicCode};

/// Topics that a station adds of its own, at most.
const MOST_TOPICS: usize = 200;

impl Station {
    /// Whether an item may be deliberated here: the general list everywhere, the estate's list where
    /// there is an estate, and the station's own additions.
    #[must_use]
    pub fn lists(&self, code: &TopicCode, shipped: &Deliberation) -> bool {
        let Some(opened) = &self.opened else { return false };
        self.topics.contains(code)
            || shipped.topic(code).is_some_and(|topic| match topic.list {
                List::General => true,
                List::Estate => opened.estate,
            })
    }

    pub(super) fn list_topic(
        &self,
        asked: TopicListed,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let opened = self.opened()?;
        let shipped = given.rulebook.rules.deliberation();
        if self.topics.contains(&asked.code) || shipped.topic(&asked.code).is_some() {
            return Err(Rejection::TopicListed { code: asked.code });
        }
        if asked.list == List::Estate && !opened.estate {
            return Err(Rejection::NoEstate {});
        }
        if self.topics.len() >= MOST_TOPICS {
            return Err(Rejection::TooManyTopics { limit: MOST_TOPICS });
        }
        Ok(Event::TopicListed(asked))
    }
}
