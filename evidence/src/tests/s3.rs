//! Evidence in a bucket.

use std::collections::HashSet;
use std::sync::Arc;

use futures_util::TryStreamExt;

use super::samples;
use super::stand_in::{Fault, StandIn};
use crate::{
    BadLocation, Check, Digest, Evidence, KeepError, Location, MAX_BYTES, MediaType, OpenError,
    ReadError,
};

fn environment(name: &str) -> Option<String> {
    let value = match name {
        "AWS_ACCESS_KEY_ID" => "GENERATED-ID",
        "AWS_SECRET_ACCESS_KEY" => "generated-key",
        "AWS_SESSION_TOKEN" => "generated-token",
        _ => return None,
    };
    Some(value.to_owned())
}

async fn served() -> (Evidence, Arc<StandIn>) {
    let server = Arc::<StandIn>::default();
    let endpoint = server.serve().await;
    let place = format!("s3://county/village/photos?endpoint={endpoint}&region=cn-test");
    let place: Location = place.parse().unwrap();
    (Evidence::open_in(&place, environment).unwrap(), server)
}

#[tokio::test]
async fn what_is_kept_is_found_and_read() {
    let (evidence, server) = served().await;
    let bytes = samples::jpeg(1);
    let kept = evidence.keep(samples::with_place(&bytes).into()).await.unwrap();
    assert_eq!(kept.digest, Digest::of(&bytes));
    let digest = kept.digest.to_string();
    assert_eq!(server.stored(), [format!("/county/village/photos/{}/{digest}", &digest[..2])]);
    assert_eq!(evidence.find(&kept.digest).await.unwrap(), Some(kept));
    assert_eq!(evidence.read(&kept.digest).await.unwrap(), Some((kept, bytes.into())));
    assert_eq!(server.asked(), ["PUT 200", "GET 206", "GET 200"]);
    assert_eq!((kept.media_type, kept.bytes), (MediaType::Jpeg, samples::jpeg(1).len() as u64));
}

#[tokio::test]
async fn the_same_bytes_again_are_one_object_that_is_looked_at() {
    let (evidence, server) = served().await;
    let first = evidence.keep(samples::png(1).into()).await.unwrap();
    assert_eq!(evidence.keep(samples::png(1).into()).await.unwrap(), first);
    assert_eq!(server.stored().len(), 1);
    assert_eq!(server.asked(), ["PUT 200", "PUT 412", "GET 200"]);
}

#[tokio::test]
async fn what_was_never_kept_is_not_there() {
    let (evidence, _server) = served().await;
    let nowhere = Digest::of(b"nowhere");
    assert_eq!(evidence.find(&nowhere).await.unwrap(), None);
    assert_eq!(evidence.read(&nowhere).await.unwrap(), None);
}

#[tokio::test]
async fn a_server_that_fails_once_is_asked_again() {
    let (evidence, server) = served().await;
    server.plan(Fault::Fails);
    let kept = evidence.keep(samples::webp(1).into()).await.unwrap();
    server.plan(Fault::Fails);
    assert_eq!(evidence.find(&kept.digest).await.unwrap(), Some(kept));
    assert_eq!(server.asked(), ["PUT 500", "PUT 200", "GET 500", "GET 206"]);
}

#[tokio::test]
async fn a_lost_answer_is_made_up_for() {
    let (evidence, server) = served().await;
    server.plan(Fault::LosesAnswer);
    let kept = evidence.keep(samples::webp(1).into()).await.unwrap();
    assert_eq!(server.asked(), ["PUT 500", "PUT 412", "GET 200"]);
    assert_eq!(evidence.read(&kept.digest).await.unwrap().unwrap().0, kept);
}

#[tokio::test]
async fn damaged_bytes_are_never_handed_out() {
    let (evidence, server) = served().await;
    let kept = evidence.keep(samples::png(2).into()).await.unwrap();
    server.plan(Fault::Damages);
    let read = evidence.read(&kept.digest).await;
    assert_eq!(read.unwrap_err(), ReadError::Damaged(kept.digest));
    assert_eq!(evidence.read(&kept.digest).await.unwrap().unwrap().0, kept);
}

#[tokio::test]
async fn an_auditor_is_told_what_is_there_and_what_is_sound() {
    let (evidence, server) = served().await;
    let mut kept = Vec::new();
    for seed in 0..3 {
        kept.push(evidence.keep(samples::png(seed).into()).await.unwrap().digest);
    }
    server.replace("/county/village/photos/notes.txt", Some("not a digest".into()));
    server.replace(&format!("/county/village/photos/00/{}", kept[0]), Some("misplaced".into()));
    let found: Result<HashSet<_>, _> = evidence.digests().try_collect().await;
    assert_eq!(found.unwrap(), kept.iter().copied().collect());
    let path =
        |digest: &Digest| format!("/county/village/photos/{:.2}/{digest}", digest.to_string());
    server.replace(&path(&kept[1]), None);
    server.replace(&path(&kept[2]), Some(vec![0; MAX_BYTES as usize + 1].into()));
    let found = [&kept[0], &kept[1], &kept[2]].map(|digest| evidence.check(digest));
    let [sound, missing, changed] = found;
    assert_eq!(sound.await.unwrap(), Check::Sound);
    assert_eq!(missing.await.unwrap(), Check::Missing);
    assert_eq!(changed.await.unwrap(), Check::Changed);
    assert_eq!(evidence.read(&kept[2]).await.unwrap_err(), ReadError::Damaged(kept[2]));
    server.plan(Fault::Damages);
    assert_eq!(evidence.check(&kept[0]).await.unwrap(), Check::Changed);
}

#[tokio::test]
async fn no_error_repeats_a_credential() {
    let (evidence, server) = served().await;
    let words = "<Error><AWSAccessKeyId>GENERATED-ID</AWSAccessKeyId><Key>generated-key</Key>\
                 <Token>generated-token</Token><Code>SignatureDoesNotMatch</Code></Error>";
    server.plan(Fault::Denies(words.to_owned()));
    let failed = evidence.keep(samples::png(1).into()).await.unwrap_err();
    let told = format!("{failed} {failed:?} {evidence:?}");
    assert!(matches!(failed, KeepError::Storage(_)), "{told}");
    assert!(told.contains("SignatureDoesNotMatch"), "{told}");
    assert!(!told.contains("GENERATED-ID") && !told.contains("generated-"), "{told}");
}

#[test]
fn credentials_are_the_environments() {
    let place: Location = "s3://county".parse().unwrap();
    for missing in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
        let without = |name: &str| environment(name).filter(|_| name != missing);
        let refused = Evidence::open_in(&place, without).unwrap_err();
        assert!(matches!(refused, OpenError::Place(BadLocation::NoCredentials)), "{refused}");
    }
}

#[test]
fn a_bucket_may_stand_in_the_name_of_the_host() {
    let place = "s3://county?endpoint=https://oss.example&style=virtual";
    let Location::S3(bucket) = place.parse().unwrap() else { panic!("a bucket") };
    let (client, _) = bucket.client(environment).unwrap();
    assert!(format!("{client:?}").contains("\"https://county.oss.example\""));
}
