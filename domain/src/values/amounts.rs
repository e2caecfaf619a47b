use std::fmt;

use serde::{Deserialize, Serialize};

/// 服务时长 in whole minutes.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Minutes(pub u32);

impl fmt::Display for Minutes {
    /// Hours and minutes, `2小时30分钟`, with `{:#}` `2 h 30 min`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes) = (self.0 / 60, self.0 % 60);
        match (hours, minutes, f.alternate()) {
            (0, minutes, true) => write!(f, "{minutes} min"),
            (hours, 0, true) => write!(f, "{hours} h"),
            (hours, minutes, true) => write!(f, "{hours} h {minutes} min"),
            (0, minutes, false) => write!(f, "{minutes}分钟"),
            (hours, 0, false) => write!(f, "{hours}小时"),
            (hours, minutes, false) => write!(f, "{hours}小时{minutes}分钟"),
        }
    }
}

/// 积分 in hundredths of a point: 250 is 2.50 points.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Points(pub i64);

/// 专有部分面积 in hundredths of a square metre: 8_950 is 89.50 m².
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Area(pub u32);

/// `89.50平方米`, with `{:#}` `89.50 m²`.
impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if f.alternate() { " m²" } else { "平方米" };
        write!(f, "{}.{:02}{unit}", self.0 / 100, self.0 % 100)
    }
}

impl Points {
    /// What a time earns: `rate` points an hour, rounded down to a hundredth.
    #[must_use]
    pub fn earned_by(time: Minutes, rate: Points) -> Self {
        Self(i64::from(time.0) * rate.0 / 60)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let hundredths = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

impl std::ops::Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::ops::AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl std::ops::SubAssign for Points {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self(0), |sum, next| sum + next)
    }
}

#[cfg(test)]
mod tests;
