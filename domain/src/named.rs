//! Closed sets of the field's own words, each with its stored and its Chinese name.

/// Declares one: `Name { Variant "stored" "中文", … }`.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $( $variant:ident $stored:literal $zh:literal ),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $( #[doc = $zh] #[serde(rename = $stored)] $variant, )+
        }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $stored, )+ }
            }

            /// 中文名称.
            #[must_use]
            pub fn zh(self) -> &'static str {
                match self { $( Self::$variant => $zh, )+ }
            }
        }
    };
}
