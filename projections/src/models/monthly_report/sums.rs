use serde::{Serialize, Serializer};

use super::Figure;
use crate::described::{Integer, Shape, Shaped, Word};
use crate::{Rate, described};

/// All figures of a unit in a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts([i64; Figure::COUNT]);

impl Counts {
    /// One of them.
    #[must_use]
    pub fn of(&self, figure: Figure) -> i64 {
        self.0[figure as usize]
    }

    pub(super) fn add(&mut self, figure: Figure, more: i64) {
        self.0[figure as usize] += more;
    }

    pub(super) fn add_all(&mut self, more: &Self) {
        self.0.iter_mut().zip(&more.0).for_each(|(sum, more)| *sum += more);
    }
}

impl Default for Counts {
    fn default() -> Self {
        Self([0; Figure::COUNT])
    }
}

impl Shaped for Counts {
    const SHAPE: Shape = Shape::Counts(described::Counts {
        words: || {
            let word = |figure: &Figure| Word { stored: figure.as_str(), zh: figure.zh() };
            Figure::ALL.iter().map(word).collect()
        },
        complete: true,
        number: Integer { least: 0, most: i64::MAX, unit: None, example: 3 },
    });
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Figure::ALL.iter().map(|figure| (figure.as_str(), self.of(*figure))))
    }
}

described! {
    /// 指标汇总 the figures of a unit in a time, and the rates that follow.
    pub struct Sums as "MonthlyReportSums" {
        /// 指标 all figures
        pub figures: Counts,
        /// 急事特事占比 expedited of registered issues
        pub urgent: Rate,
        /// 响应率 answers in time of those that were due
        pub response: Rate,
        /// 解决率 settled of registered issues; above 1000 ‰ where older ones were settled too
        pub settlement: Rate,
        /// 居民评价 what residents think
        pub survey: SurveyRates,
    }
}

described! {
    /// 居民评价 what residents think, of surveys with enough replies.
    pub struct SurveyRates {
        /// 回复率 replies of those who might reply, in all surveys
        pub response: Rate,
        /// 知晓率 none where no survey had enough replies that were asked for it
        pub awareness: Option<Rate>,
        /// 参与率 likewise
        pub participation: Option<Rate>,
        /// 认可度 none where no survey had enough replies
        pub recognition: Option<Rate>,
        /// 满意率 none where no survey had enough replies
        pub satisfaction: Option<Rate>,
    }
}

impl From<Counts> for Sums {
    fn from(figures: Counts) -> Self {
        use Figure as F;
        let rate = |count, whole| Rate::of(figures.of(count), figures.of(whole));
        let due = figures.of(F::AnswersInTime) + figures.of(F::AnswersOverdue);
        let counted = |count, whole| {
            let rate = rate(count, whole);
            (rate.whole > 0).then_some(rate)
        };
        Self {
            urgent: rate(F::IssuesExpedited, F::IssuesRegistered),
            response: Rate::of(figures.of(F::AnswersInTime), due),
            settlement: rate(F::IssuesSettled, F::IssuesRegistered),
            survey: SurveyRates {
                response: rate(F::SurveyReplies, F::SurveyEligible),
                awareness: counted(F::SurveyAware, F::SurveyReachCounted),
                participation: counted(F::SurveyTookPart, F::SurveyReachCounted),
                recognition: counted(F::SurveyRecognised, F::SurveyCounted),
                satisfaction: counted(F::SurveySatisfied, F::SurveyCounted),
            },
            figures,
        }
    }
}
