use crate::{Event, Given, Refusal};

/// A consistency boundary: the history of one thing, and the rules that guard what may follow.
///
/// Pure: no IO, clock, randomness or `async`. One decision appends to one stream, named
/// `{CATEGORY}-{id}`, so a decision is either wholly in the log or not at all.
///
/// A survey that was opened and whose codes were handed out takes a reply, and the same ballot no second time:
///
/// ```
/// use domain::calendar::Calendar;
/// use domain::rulebook::Adopted;
/// use domain::survey::{Answers, BallotsIssued, Command, Event, Maker, Opened, Satisfaction, Survey};
/// use domain::{Actor, Aggregate, Directory, Given, Refusal, Text, UnitCode};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let history = [
///     Event::Opened(Opened {
///         station: UnitCode::new("330225100201")?,
///         resolution: None,
///         question: Text::new("您对援法议事是否满意?")?,
///         eligible: 200,
///         households: Some(260),
///         closes_on: "2021-12-15".parse()?,
///     }),
///     Event::BallotsIssued(BallotsIssued {
///         ballots: 200,
///         maker: Some(Maker::County),
///         issued_on: Some("2021-11-30".parse()?),
///     }),
/// ];
/// let mut survey = Survey::after(&history);
///
/// let (resident, units) = (Actor::resident(), Directory::default());
/// let given = Given {
///     now: "2021-12-01T08:00:00+08:00".parse()?,
///     actor: &resident,
///     rulebook: Adopted::shipped(),
///     calendar: Calendar::shipped(),
///     units: &units,
/// };
/// let satisfaction = Satisfaction::Satisfied;
/// let answers = Answers { aware: true, took_part: true, recognises: true, satisfaction };
/// let reply = Command::Reply { ballot: 7, answers };
/// for event in survey.decide(reply.clone(), &given)? {
///     survey.evolve(&event);
/// }
/// assert_eq!(survey.replies(), 1);
/// assert_eq!(survey.decide(reply, &given).unwrap_err().code(), "survey.already_replied");
/// # Ok(())
/// # }
/// ```
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
