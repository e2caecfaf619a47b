use crate::described;

described! {
    /// 比率 a part of a whole, both counted; no rate of nothing.
    #[derive(Copy)]
    pub struct Rate {
        /// 部分 the part
        pub count: i64,
        /// 整体 the whole
        pub whole: i64,
        /// ‰, rounded down, so that 89.99 % is never shown as 90 %; none where the whole is nothing
        pub per_mille: Option<i64>,
    }
}

impl Rate {
    /// `count` of `whole`.
    #[must_use]
    pub fn of(count: i64, whole: i64) -> Self {
        let per_mille = (whole > 0).then(|| count * 1000 / whole);
        Self { count, whole, per_mille }
    }
}

#[cfg(test)]
mod tests;
