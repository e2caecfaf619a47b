//! What a fold says of itself: which aggregates it reads, and what it makes of their events.

use domain::{Category, Event};

use crate::Fact;
use crate::engine::fact::Subject;

macro_rules! fold {
    ([] $( $name:ident $module:ident: $state:ty, $key:ty, $event:ty; )+) => {
        /// Takes facts into something that follows from them: the rows of a read model, or itself.
        ///
        /// There is a method for each aggregate, given the fact, whose stream it stands in, and what happened.
        /// [`reads!`](crate::reads) in the `impl` names those that matter and makes the others, which do nothing: one that is
        /// named must be written, and one that is written must be named, or else it does not compile.
        ///
        /// ```
        /// use domain::{PersonId, service};
        /// use projections::{Fact, Fold, reads};
        ///
        /// /// Minutes that were attested and not taken back.
        /// #[derive(Default)]
        /// struct Attested(i64);
        ///
        /// impl Fold for Attested {
        ///     reads! { Self: service }
        ///
        ///     fn service(_: &Fact, _: &PersonId, event: &service::Event, sum: &mut Self) {
        ///         if let service::Event::Attested(attested) = event {
        ///             sum.0 += i64::from(attested.minutes.0);
        ///         }
        ///     }
        /// }
        ///
        /// fn sum(facts: &[Fact]) -> i64 {
        ///     let mut sum = Attested::default();
        ///     facts.iter().for_each(|fact| Attested::apply(fact, &mut sum));
        ///     sum.0
        /// }
        /// ```
        pub trait Fold<To = Self> {
            /// The aggregates it reads. Made by [`reads!`](crate::reads).
            const READS: &'static [Category];

            $(
                #[doc = concat!("Takes in an event of a `", stringify!($state), "`.")]
                fn $module(fact: &Fact, key: &$key, event: &$event, to: &mut To);
            )+

            /// Takes in a fact, if it is of an aggregate that is read.
            fn apply(fact: &Fact, to: &mut To) {
                match &fact.event {
                    $( Event::$name(event) => {
                        if let Subject::$name(key) = fact.subject() {
                            Self::$module(fact, key, event, to);
                        }
                    } )+
                }
            }
        }
    };
}
domain::aggregates! { each [fold] [] }

/// Says in an `impl` of [`Fold`](crate::Fold) which aggregates it reads, by the names of their modules; before them stands what
/// it writes to: `reads! { Rows<'_>: unit, squad }`.
#[macro_export]
macro_rules! reads {
    ($to:ty: $( $module:ident ),+ $(,)?) => {
        const READS: &'static [domain::Category] = &[$( domain::aggregates! { category $module } ),+];
        domain::aggregates! { besides [$( $module )+] [$crate::unread] [$to] }
    };
}

/// The method of a fold that does not read an aggregate.
#[doc(hidden)]
#[macro_export]
macro_rules! unread {
    ([$to:ty] $name:ident $module:ident: $state:ty, $key:ty, $event:ty;) => {
        fn $module(_: &$crate::Fact, _: &$key, _: &$event, _: &mut $to) {}
    };
}
