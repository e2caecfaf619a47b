//! 佐证照片: small pictures drawn by the story, in place of photographs.

use std::io::Cursor;

use bytes::Bytes;
use domain::SealedDigest;
use image::{ImageFormat, Rgb, RgbImage};

use super::office::Office;
use super::village::Village;
use crate::dice::Dice;
use crate::error::DemoError;
use crate::story::Story;

/// A board with coloured sheets on it, another for each subject.
fn draw(village: &Village, of: &str) -> Result<Bytes, DemoError> {
    let mut dice = Dice::new(village.number as u64, of, 0);
    let sheets: [[u8; 3]; 6] = std::array::from_fn(|_| {
        std::array::from_fn(|_| u8::try_from(dice.between(60, 250)).unwrap_or(u8::MAX))
    });
    let picture = RgbImage::from_fn(48, 32, |x, y| {
        let (column, row) = ((x / 16) as usize, (y / 16) as usize);
        let frame = x % 16 == 0 || y % 16 == 0;
        Rgb(if frame { [120, 90, 60] } else { sheets[row * 3 + column] })
    });
    let format = if dice.percent(50) { ImageFormat::Jpeg } else { ImageFormat::Png };
    let mut drawn = Cursor::new(Vec::new());
    picture.write_to(&mut drawn, format)?;
    Ok(drawn.into_inner().into())
}

impl Story {
    /// Keeps a picture of something in a village; what it is of makes it another one.
    pub(super) async fn picture(
        &self,
        village: &Village,
        of: &str,
    ) -> Result<Vec<SealedDigest>, DemoError> {
        let caller = self.of(village, Office::Secretary)?;
        let kept = self.stage.app.keep_evidence(draw(village, of)?, &caller).await?;
        Ok(vec![kept.digest])
    }
}
