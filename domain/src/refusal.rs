//! A refusal is an answer, not an accident: it names the rule and says what would be accepted.

/// Why a command is refused, with a code that never changes and a sentence in both languages.
pub trait Refusal: std::error::Error + Send + Sync + 'static {
    /// Stable code, `aggregate.rule`, for example `service.overlap`.
    fn code(&self) -> &'static str;
    /// The field of the command that would have to differ, where one can be named.
    fn field(&self) -> Option<&'static str>;
    /// Whether it says that what the field names does not exist. Where the field is part of the path of a request, the
    /// answer is then "not found" instead of "refused".
    fn is_absence(&self) -> bool {
        false
    }
    /// The rule and what would be accepted, in Chinese.
    fn zh(&self) -> String;
    /// The rule and what would be accepted, in English.
    fn en(&self) -> String;
}

/// One of the reasons that an enum of refusals can give, as `CODES` of that enum lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusalCode {
    /// See [`Refusal::code`].
    pub code: &'static str,
    /// See [`Refusal::field`].
    pub field: Option<&'static str>,
    /// See [`Refusal::is_absence`].
    pub absent: bool,
    /// The sentence in Chinese, with `{name}` where a fact of the refusal stands.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
}

/// Declares an enum of refusals: `Variant { facts } "code" at "field" => "中文", "English";`.
///
/// The sentences are format strings over the variant's fields; `at "field"` may be left out. `absent at "field"` marks a
/// refusal which says that what the field names does not exist ([`Refusal::is_absence`]). `CODES` lists what was declared.
///
/// ```
/// use domain::Refusal as _;
///
/// domain::refusals! {
///     /// Why a book is not lent.
///     pub enum NotLent {
///         Unknown { number: u32 } "loan.unknown" absent at "book" => "没有第{number}号书。", "There is no book {number}.";
///         Lent {} "loan.lent" at "book" => "此书已借出。", "The book is lent already.";
///     }
/// }
///
/// let refusal = NotLent::Unknown { number: 7 };
/// assert_eq!((refusal.code(), refusal.field()), ("loan.unknown", Some("book")));
/// assert_eq!(refusal.en(), "There is no book 7.");
/// assert!(refusal.is_absence() && !NotLent::Lent {}.is_absence());
/// assert_eq!(NotLent::CODES[0].en, "There is no book {number}.");
/// ```
#[macro_export]
macro_rules! refusals {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$vmeta:meta])* $variant:ident { $($field:ident : $ty:ty),* $(,)? }
                $code:literal $(absent at $absent:literal)? $(at $at:literal)? => $zh:literal, $en:literal; )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $name { $( $(#[$vmeta])* $variant { $($field: $ty),* }, )* }

        impl $name {
            /// Every reason, in the order of the declaration.
            pub const CODES: &'static [$crate::RefusalCode] = &[ $( $crate::RefusalCode {
                code: $code,
                field: $crate::refusals!(@field $($absent)? $($at)?),
                absent: $crate::refusals!(@absent $($absent)?),
                zh: $zh,
                en: $en,
            }, )* ];
        }

        #[allow(unused_variables)]
        impl $crate::Refusal for $name {
            fn code(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $code, )* }
            }
            fn field(&self) -> Option<&'static str> {
                match self { $( Self::$variant { .. } => $crate::refusals!(@field $($absent)? $($at)?), )* }
            }
            fn is_absence(&self) -> bool {
                match self { $( Self::$variant { .. } => $crate::refusals!(@absent $($absent)?), )* }
            }
            fn zh(&self) -> String {
                match self { $( Self::$variant { $($field),* } => format!($zh), )* }
            }
            fn en(&self) -> String {
                match self { $( Self::$variant { $($field),* } => format!($en), )* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::Refusal::en(self))
            }
        }

        impl std::error::Error for $name {}
    };
    (@field $at:literal) => { Some($at) };
    (@field) => { None };
    (@absent $absent:literal) => { true };
    (@absent) => { false };
}
