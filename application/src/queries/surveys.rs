use domain::permission::Act;
use domain::{Actor, SurveyId};
use projections::Page;
use projections::models::survey_result::{self, Filter, SurveyResult};

use super::{Moment, Queries, Versioned, View};
use crate::Error;

impl Queries {
    /// 满意度测评: the last to end first; the answers once a survey is closed and enough have replied.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn surveys(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<SurveyResult>, Error> {
        let within = self.narrowed(actor, Act::ReadDeliberation, filter.within)?;
        let filter = Filter { within, ..filter };
        self.list(view, move |seen, page| survey_result::list(seen.rows, &filter, page)).await
    }

    /// One survey.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn survey(
        &self,
        actor: &Actor,
        survey: SurveyId,
        moment: Moment,
    ) -> Result<Option<Versioned<SurveyResult>>, Error> {
        let station = self.app.station_of_survey(survey);
        self.app.permit_at(actor, Act::ReadDeliberation, station, None).await?;
        self.one::<domain::survey::Survey, _>(&survey.to_string(), moment, move |seen| {
            survey_result::get(seen.rows, survey)
        })
        .await
    }

    /// One survey, for everybody.
    ///
    /// # Errors
    /// [`Error::AccountForPast`]; see [`Error`].
    pub async fn public_survey(
        &self,
        asker: Option<&Actor>,
        survey: SurveyId,
        moment: Moment,
    ) -> Result<Option<Versioned<SurveyResult>>, Error> {
        Self::known_for_past(asker, moment)?;
        self.one::<domain::survey::Survey, _>(&survey.to_string(), moment, move |seen| {
            survey_result::get(seen.rows, survey)
        })
        .await
    }
}
