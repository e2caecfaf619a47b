//! A row type and its table, declared together.

use std::fmt::Debug;
use std::hash::Hash;

use rusqlite::{Result, Row as Raw, Statement};

use crate::engine::described::Described;

/// One column of a table.
#[derive(Debug, Clone, Copy)]
pub struct ColumnDef {
    /// Its name.
    pub name: &'static str,
    /// Its type in SQLite.
    pub sql_type: &'static str,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// What it means, in Chinese and English.
    pub meaning: &'static str,
}

/// A further index of a table.
#[derive(Debug, Clone, Copy)]
pub struct IndexDef {
    /// Its columns.
    pub columns: &'static [&'static str],
    /// `WHERE` and the condition on the rows that it holds; empty where it holds all.
    pub only: &'static str,
}

/// A typed row of one table. Declared by `table!`.
pub trait Row: Described + Clone + Debug + PartialEq + Send + 'static {
    /// The primary key: its columns come first.
    type Key: Clone + Eq + Hash + Ord + Send;
    /// Name of the table.
    const TABLE: &'static str;
    /// What a row says, in Chinese and English.
    const MEANING: &'static str;
    /// All columns, those of the key first.
    const COLUMNS: &'static [ColumnDef];
    /// How many columns the key has.
    const KEY_COLUMNS: usize;
    /// Each further index.
    const INDEXES: &'static [IndexDef];

    /// The row's key.
    fn key(&self) -> Self::Key;

    /// Gives all columns to a statement, in order.
    ///
    /// # Errors
    /// What SQLite says.
    fn bind(&self, to: &mut Statement<'_>) -> Result<()>;

    /// Gives a key to a statement, whose parameter for its first column is the `first`-th, counted from 1.
    ///
    /// # Errors
    /// What SQLite says.
    fn bind_key(key: &Self::Key, first: usize, to: &mut Statement<'_>) -> Result<()>;

    /// The row that a query of all columns, in order, has found.
    ///
    /// # Errors
    /// When a column holds what the type cannot.
    fn read(row: &Raw<'_>) -> Result<Self>;
}

/// Declares a row type, and with it the table: `key { … }` holds the columns of the primary key.
///
/// `index (…) where "…"` holds only the rows of which the condition is true.
///
/// The doc comments become the table's dictionary, so they say in Chinese and English what a column means. `as "…"` names
/// the row where answers hold it; `#[example = "…"]` gives a text that a column might hold.
macro_rules! table {
    (
        $(#[doc = $meaning:literal])+
        pub struct $name:ident in $table:literal $(as $shown:literal)? {
            key {
                $(
                    $(#[doc = $key_doc:literal])+
                    $(#[example = $key_example:literal])?
                    $key:ident: $key_type:ty,
                )+
            }
            $(
                $(#[doc = $doc:literal])+
                $(#[example = $example:literal])?
                $column:ident: $type:ty,
            )*
        }
        $( index ( $( $indexed:ident ),+ ) $( where $only:literal )?; )*
    ) => {
        $(#[doc = $meaning])+
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
        pub struct $name {
            $( $(#[doc = $key_doc])+ pub $key: $key_type, )+
            $( $(#[doc = $doc])+ pub $column: $type, )*
        }

        impl $crate::described::Described for $name {
            const DESCRIPTION: $crate::described::Description = $crate::described::Description {
                name: [$($shown,)? $table][0],
                meaning: concat!($($meaning),+),
                fields: &[
                    $( $crate::described::Field {
                        name: stringify!($key),
                        meaning: concat!($($key_doc),+),
                        shape: <$key_type as $crate::described::Shaped>::SHAPE,
                        example: [$(Some($key_example),)? None][0],
                        flattened: false,
                    }, )+
                    $( $crate::described::Field {
                        name: stringify!($column),
                        meaning: concat!($($doc),+),
                        shape: <$type as $crate::described::Shaped>::SHAPE,
                        example: [$(Some($example),)? None][0],
                        flattened: false,
                    }, )*
                ],
            };
        }

        #[allow(unused_parens, clippy::clone_on_copy)]
        impl $crate::engine::row::Row for $name {
            type Key = ( $( $key_type ),+ );
            const TABLE: &'static str = $table;
            const MEANING: &'static str = concat!($($meaning),+);
            const COLUMNS: &'static [$crate::engine::row::ColumnDef] = &[
                $( $crate::engine::row::ColumnDef {
                    name: stringify!($key),
                    sql_type: <$key_type as $crate::engine::column::Column>::TYPE,
                    nullable: <$key_type as $crate::engine::column::Column>::NULLABLE,
                    meaning: concat!($($key_doc),+),
                }, )+
                $( $crate::engine::row::ColumnDef {
                    name: stringify!($column),
                    sql_type: <$type as $crate::engine::column::Column>::TYPE,
                    nullable: <$type as $crate::engine::column::Column>::NULLABLE,
                    meaning: concat!($($doc),+),
                }, )*
            ];
            const KEY_COLUMNS: usize = [$( stringify!($key) ),+].len();
            const INDEXES: &'static [$crate::engine::row::IndexDef] = &[
                $( $crate::engine::row::IndexDef {
                    columns: &[$( stringify!($indexed) ),+],
                    only: concat!($( " WHERE ", $only )?),
                }, )*
            ];

            fn key(&self) -> Self::Key {
                ( $( self.$key.clone() ),+ )
            }

            fn bind(&self, to: &mut rusqlite::Statement<'_>) -> rusqlite::Result<()> {
                let mut at = 0;
                $( at += 1; $crate::engine::column::Column::bind(&self.$key, to, at)?; )+
                $( at += 1; $crate::engine::column::Column::bind(&self.$column, to, at)?; )*
                debug_assert_eq!(at, Self::COLUMNS.len());
                Ok(())
            }

            fn bind_key(
                key: &Self::Key,
                first: usize,
                to: &mut rusqlite::Statement<'_>,
            ) -> rusqlite::Result<()> {
                let ( $( $key ),+ ) = key;
                let mut at = first;
                $( $crate::engine::column::Column::bind($key, to, at)?; at += 1; )+
                debug_assert_eq!(at - first, Self::KEY_COLUMNS);
                Ok(())
            }

            fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                let mut columns = 0..;
                let mut next = || columns.next().unwrap_or_default();
                Ok(Self {
                    $( $key: $crate::engine::column::read(row, next())?, )+
                    $( $column: $crate::engine::column::read(row, next())?, )*
                })
            }
        }
    };
}
pub(crate) use table;
