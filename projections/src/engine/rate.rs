use serde::Serialize;

use crate::described;
use crate::described::{Integer, Shape, Shaped};

/// Thousandths of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PerMille(pub i64);

impl Shaped for PerMille {
    const SHAPE: Shape = Shape::Integer(Integer {
        least: 0,
        most: i64::MAX,
        unit: Some(Integer::PER_MILLE),
        example: 899,
    });
}

described! {
    /// 比率 a part of a whole, both counted; no rate of nothing.
    #[derive(Copy)]
    pub struct Rate {
        /// 部分 the part
        pub count: i64,
        /// 整体 the whole
        pub whole: i64,
        /// 千分比 ‰, rounded down, so that 89.99 % is never shown as 90 %; none where the whole is nothing
        pub per_mille: Option<PerMille>,
    }
}

impl Rate {
    /// `count` of `whole`.
    #[must_use]
    pub fn of(count: i64, whole: i64) -> Self {
        let per_mille = (whole > 0).then(|| PerMille(count * 1000 / whole));
        Self { count, whole, per_mille }
    }
}

#[cfg(test)]
mod tests;
