//! A refusal is an answer, not an accident: it names the rule and says what would be accepted.

/// Why a command is refused, with a code that never changes and a sentence in both languages.
pub trait Refusal: std::error::Error + Send + Sync + 'static {
    /// Stable code, `aggregate.rule`, for example `service.overlap`.
    fn code(&self) -> &'static str;
    /// The field of the command that would have to differ, where one can be named.
    fn field(&self) -> Option<&'static str>;
    /// The rule and what would be accepted, in Chinese.
    fn zh(&self) -> String;
    /// The rule and what would be accepted, in English.
    fn en(&self) -> String;
}

/// Declares an enum of refusals: `Variant { facts } "code" at "field" => "中文", "English";`.
///
/// The sentences are format strings over the variant's fields; `at "field"` may be left out.
#[macro_export]
macro_rules! refusals {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$vmeta:meta])* $variant:ident { $($field:ident : $ty:ty),* $(,)? }
                $code:literal $(at $at:literal)? => $zh:literal, $en:literal; )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $name { $( $(#[$vmeta])* $variant { $($field: $ty),* }, )* }

        #[allow(unused_variables)]
        impl $crate::Refusal for $name {
            fn code(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $code, )* }
            }
            fn field(&self) -> Option<&'static str> {
                match self { $( Self::$variant { .. } => $crate::refusals!(@field $($at)?), )* }
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
}
