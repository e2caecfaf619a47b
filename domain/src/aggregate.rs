use crate::{Event, Given, Refusal};

/// A consistency boundary: the history of one thing, and the rules that guard what may follow.
///
/// Pure: no IO, clock, randomness or `async`. One decision appends to one stream, named
/// `{CATEGORY}-{id}`, so a decision is either wholly in the log or not at all.
pub trait Aggregate: Default + Clone + Send + Sync + 'static {
    /// First part of the stream name, for example `unit`.
    const CATEGORY: &'static str;
    /// What may be asked.
    type Command: Clone + Send;
    /// What may have happened.
    type Event: Clone + Send + Into<Event> + TryFrom<Event>;
    /// Why it may be refused.
    type Rejection: Refusal;

    /// The facts that follow from the command, or the rule against it. No facts means that what
    /// was asked is so already.
    fn decide(
        &self,
        command: Self::Command,
        given: &Given<'_>,
    ) -> Result<Vec<Self::Event>, Self::Rejection>;

    /// Takes one fact in. It cannot refuse one, because the fact is history already.
    fn evolve(&mut self, event: &Self::Event);

    /// The state after these facts.
    fn after<'a>(history: impl IntoIterator<Item = &'a Self::Event>) -> Self
    where
        Self::Event: 'a,
    {
        history.into_iter().fold(Self::default(), |mut state, event| {
            state.evolve(event);
            state
        })
    }
}

/// One fact if it says something new, none if it is so already.
pub(crate) fn once<E>(new: bool, event: impl FnOnce() -> E) -> Vec<E> {
    new.then(event).into_iter().collect()
}
