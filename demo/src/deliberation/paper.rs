//! 补录: a village without a network met in March, wrote it down on paper, and hung the notice on its board. In April both are
//! entered, and the town's administrator holds them against the photographs.

use std::sync::Arc;

use application::{Finding, NewMeeting};
use domain::meeting::{AgendaItem, Body, Count, Form, Matter, Minute};
use domain::{ResolutionId, SealedDigest, TopicCode};
use jiff::civil::{Date, date};

use super::course::{Course, FROM_PAPER};
use super::meetings::{came, coming, votes};
use super::office::Office;
use super::subjects;
use super::village::Village;
use crate::action::Next;
use crate::agenda::at;
use crate::dice::Dice;
use crate::error::DemoError;
use crate::stage::{Desk, text};
use crate::story::Story;

/// The day on which it is entered.
pub const ENTERED_ON: Date = date(2022, 4, 20);
const HELD_ON: Date = date(2022, FROM_PAPER.1, 16);
const POSTED_ON: Date = date(2022, FROM_PAPER.1, 18);

/// 垃圾分类投放点整治.
const SUBJECT: usize = 1;

impl Story {
    /// One topic that no issue brought up, adopted by all who came.
    pub(super) async fn enter_meeting(&self, village: Arc<Village>) -> Result<Next, DemoError> {
        let subject = &subjects::SUBJECTS[SUBJECT];
        let item = AgendaItem {
            title: text(subject.title)?,
            issue: None,
            ratifies: false,
            matter: Matter::Ordinary,
            listed: Some(TopicCode::new(subject.topic)?),
            secret: false,
            required: None,
        };
        let new = NewMeeting {
            station: village.unit.clone(),
            body: Body::Council,
            agenda: vec![item],
            form: Form::Room,
            starts_at: at(HELD_ON, 19, 0),
            occasion: None,
            place: text(&format!("{}援法议事室", village.name))?,
            reports: vec![],
            electorate: None,
        };
        let app = &self.stage.app;
        let photographs = self.picture(&village, "纸质会议记录").await?;
        let caller = self.named(&village, Office::Secretary, "meeting-paper")?;
        let (id, _) = app.backfill_meeting(new, &photographs, &caller).await?;
        let mut dice = Dice::new(self.stage.seed, "paper", village.number as u64);
        let present = coming(&village, Body::Council, &mut dice);
        let recorder = || self.of(&village, Office::Recorder);
        let attendance = app.take_attendance(id, present, &recorder()?).await?;
        self.give_opinion(&village, id, 1, true).await?;
        let votes = votes(&came(&attendance.done), false, &mut dice);
        app.cast_votes(id, 1, votes, &recorder()?).await?;
        app.decide_topic(id, 1, Count::default(), &recorder()?).await?;
        let (process, result) = (text("逐户征求意见后讨论,见纸质记录")?, text(subject.remedy)?);
        let minute = Minute { topic: 1, process: Some(process), result: Some(result) };
        app.seal_minutes(id, vec![minute], vec![], &recorder()?).await?;
        let itself = app.judge_meeting_backfill(id, Finding::Approved, &recorder()?).await;
        self.stage.refused("permission.role", itself)?;
        let town = self.stage.desk(Desk::Administrator, &village.town)?;
        app.judge_meeting_backfill(id, Finding::Approved, &town).await?;
        Ok(self.begin(&village, FROM_PAPER.1, ResolutionId { meeting: id, topic: 1 }, subject))
    }

    /// Its notice has hung on the board for a month; residents have the whole period from the entry to object.
    pub(super) async fn enter_notice(
        &self,
        village: &Village,
        course: &Course,
        photographs: &[SealedDigest],
    ) -> Result<(), DemoError> {
        let (app, caller) = (&self.stage.app, self.of(village, Office::Secretary)?);
        app.backfill_publication(course.id, POSTED_ON, photographs, &caller).await?;
        let town = self.stage.desk(Desk::Administrator, &village.town)?;
        app.judge_publication_backfill(course.id, Finding::Approved, &town).await?;
        Ok(())
    }
}
