//! What the values of the domain look like.

use domain::identity_number::AgeGroup;
use domain::{
    ActivityId, BulletinId, CampaignCode, ComparisonId, Evidence, ImportId, IssueId, MediaType,
    MeetingId, Minutes, Month, NoticeId, PersonId, Points, ResolutionId, SealedDigest, SurveyId,
    TopicCode, UnitCode,
};
use event_store::StreamId;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Described, Description, Field, Integer, Shape, Shaped, Text, Word};

macro_rules! integers {
    ($($type:ty: $least:expr, $most:expr, $unit:expr, $example:literal;)+) => { $(
        impl Shaped for $type {
            const SHAPE: Shape = Shape::Integer(Integer {
                least: $least,
                most: $most,
                unit: $unit,
                example: $example,
            });
        }
    )+ };
}

#[allow(clippy::cast_lossless)]
mod integers {
    use super::{Integer, Minutes, Points, Shape, Shaped};

    integers! {
        i64: i64::MIN, i64::MAX, None, 12;
        u64: 0, i64::MAX, None, 3;
        u32: 0, u32::MAX as i64, None, 2;
        u8: 0, u8::MAX as i64, None, 1;
        i16: i16::MIN as i64, i16::MAX as i64, None, 2022;
        Points: i64::MIN, i64::MAX, Some(Integer::HUNDREDTHS), 250;
        Minutes: 0, u32::MAX as i64, Some(Integer::MINUTES), 120;
    }
}

macro_rules! texts {
    ($($type:ty: $format:expr, $least:literal..$most:literal, $pattern:expr, $example:literal;)+) => { $(
        impl Shaped for $type {
            const SHAPE: Shape = Shape::Text(Text {
                format: $format,
                length: Some(($least, $most)),
                pattern: $pattern,
                example: $example,
            });
        }
    )+ };
}

texts! {
    UnitCode: None, 1..32, Some("^[0-9A-Za-z-]+$"), "330225001001";
    NoticeId: None, 1..64, Some("^[0-9A-Za-z-]+$"), "star-V0123456789AB-1";
    TopicCode: None, 1..16, Some("^[0-9A-Za-z-]+$"), "G-01";
    CampaignCode: None, 1..16, Some("^[0-9A-Za-z-]+$"), "2021";
    PersonId: None, 13..13, Some("^V[0-9A-HJKMNP-TV-Z]{12}$"), "V0123456789AB";
    IssueId: None, 13..13, Some("^Y[0-9A-HJKMNP-TV-Z]{12}$"), "Y0123456789AB";
    ActivityId: Some("uuid"), 36..36, None, "6b3f5f0e-4c1d-4e5a-9f55-0d2a5a3c7e11";
    MeetingId: Some("uuid"), 36..36, None, "0b7a9c52-1f0e-4d3b-8a64-5e2f7c9d1a20";
    ImportId: Some("uuid"), 36..36, None, "7d1f3a58-2c4e-4b6a-8e90-3f5a7b9c1d24";
    ComparisonId: Some("uuid"), 36..36, None, "3e9b7c15-8a2d-4f60-b1c4-6d7e8f9a0b12";
    BulletinId: Some("uuid"), 36..36, None, "5a0c1d2e-3f4b-4c5d-8e6f-7a8b9c0d1e2f";
    SurveyId: Some("uuid"), 36..36, None, "c2d8e6a4-7b19-4f02-9c3e-1a5b6d7e8f90";
    ResolutionId: None, 38..40, Some("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9]{1,3}$"),
        "0b7a9c52-1f0e-4d3b-8a64-5e2f7c9d1a20-1";
    SealedDigest: None, 64..64, Some("^[0-9a-f]{64}$"),
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    Month: None, 7..7, Some("^[0-9]{4}-(0[1-9]|1[0-2])$"), "2022-03";
    StreamId: None, 1..200, None, "unit-330225001001";
}

impl Shaped for String {
    const SHAPE: Shape =
        Shape::Text(Text { format: None, length: None, pattern: None, example: "路灯维修" });
}

impl Shaped for bool {
    const SHAPE: Shape = Shape::Boolean;
}

impl Shaped for Date {
    const SHAPE: Shape = Shape::Date;
}

impl Shaped for Timestamp {
    const SHAPE: Shape = Shape::Timestamp;
}

impl Shaped for AgeGroup {
    const SHAPE: Shape = Shape::Words(|| {
        let word = |stored, zh| Word { stored, zh };
        vec![word("minor", "未成年人"), word("adult", "成年人"), word("senior", "老年人")]
    });
}

impl<T: Shaped> Shaped for Option<T> {
    const SHAPE: Shape = Shape::Optional(&T::SHAPE);
}

impl<T: Shaped> Shaped for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

const fn field(name: &'static str, meaning: &'static str, shape: Shape) -> Field {
    Field { name, meaning, shape, example: None, flattened: false }
}

impl Described for Evidence {
    const DESCRIPTION: Description = Description {
        name: "EvidencePiece",
        meaning: "佐证材料 a photograph or document that proves a fact; its bytes are under `/evidence/{digest}`",
        fields: &[
            field("digest", "材料摘要 SHA-256 of its bytes", SealedDigest::SHAPE),
            field("media_type", "材料类型 what it is", MediaType::SHAPE),
            field("bytes", "字节数 its length in bytes", u32::SHAPE),
        ],
    };
}
