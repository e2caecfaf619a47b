//! Small files that would take much: what checking them costs is measured in a process of its own.

use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::documents::{pdf, stream_of};
use super::samples::{self, png_chunk, webp_chunk, webp_of, zeros};
use crate::{Evidence, KeepError, Location, StoredEvidence};

const GIVEN: &str = "YUANFA_TEST_FILE";
/// How many give the file up before it is kept.
const GIVEN_UP: &str = "YUANFA_TEST_GIVEN_UP";
/// What one large picture may take while it is decoded.
const LARGE: u64 = 900;

/// What became of a file, and what that took.
struct Cost {
    outcome: String,
    megabytes: u64,
    time: Duration,
}

/// Keeps a file in another process, whose peak of memory is that of the check.
fn cost(file: &[u8]) -> Cost {
    cost_with(file, 0)
}

/// As [`cost`], after others sent it too and hung up.
fn cost_with(file: &[u8], given_up: u32) -> Cost {
    let mut given = tempfile::NamedTempFile::new().unwrap();
    given.write_all(file).unwrap();
    let begun = Instant::now();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "tests::bombs::a_given_file_is_kept"])
        .env(GIVEN, given.path())
        .env(GIVEN_UP, given_up.to_string())
        .output()
        .unwrap();
    let told = String::from_utf8(child.stdout).unwrap();
    let said = |what: &str| {
        let line = told.lines().find_map(|line| line.split_once(what));
        line.unwrap_or_else(|| panic!("no {what:?} in {told}")).1.trim().to_owned()
    };
    let kilobytes: u64 = said("VmHWM:").trim_end_matches("kB").trim().parse().unwrap();
    let cost =
        Cost { outcome: said("outcome:"), megabytes: kilobytes / 1024, time: begun.elapsed() };
    println!("{} bytes: {}, {} MB, {:?}", file.len(), cost.outcome, cost.megabytes, cost.time);
    cost
}

/// What [`cost`] runs; by itself it keeps a plain picture.
#[tokio::test(flavor = "multi_thread")]
async fn a_given_file_is_kept() {
    let file: Bytes = match std::env::var_os(GIVEN) {
        Some(path) => std::fs::read(path).unwrap().into(),
        None => samples::png(1).into(),
    };
    let folder = tempfile::tempdir().unwrap();
    let evidence = Evidence::open(&Location::Folder(folder.path().to_owned())).unwrap();
    let given_up: u32 = std::env::var(GIVEN_UP).map_or(1, |times| times.parse().unwrap());
    for _ in 0..given_up {
        let patience = Duration::from_millis(100);
        drop(tokio::time::timeout(patience, evidence.keep(file.clone())).await);
    }
    let outcome = match evidence.keep(file.clone()).await {
        Ok(StoredEvidence { bytes, .. }) => format!("kept {bytes} of {}", file.len()),
        Err(KeepError::Refused(refusal)) => refusal.code().to_owned(),
        Err(failed) => panic!("{failed}"),
    };
    let peak = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = peak.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    println!("\noutcome: {outcome}\n{peak}");
    assert!(outcome.starts_with("kept") || std::env::var_os(GIVEN).is_some(), "{outcome}");
}

/// A PNG of grey pixels with these chunks after its header, and image data that unpack to so many zeros.
fn png(width: u32, height: u32, before: &[Vec<u8>], unpacked: u64) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let data = png_chunk(b"IDAT", &zeros(unpacked));
    let chunks = [png_chunk(b"IHDR", &header), before.concat(), data, png_chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1a\n", chunks.concat().as_slice()].concat()
}

#[test]
fn what_a_png_carries_packed_is_never_unpacked_whole() {
    let packed = zeros(4 << 30);
    assert!(packed.len() < 5 << 20);
    let profile = png_chunk(b"iCCP", &[b"p\0\0", packed.as_slice()].concat());
    let text = png_chunk(b"zTXt", &[b"Comment\0\0", packed.as_slice()].concat());
    let words = png_chunk(b"iTXt", &[b"Comment\0\x01\0\0\0", packed.as_slice()].concat());
    let plain = png(8, 8, &[], 72);
    for chunk in [vec![profile.clone(); 4], vec![text], vec![words]] {
        let cost = cost(&png(8, 8, &chunk, 72));
        assert!(cost.outcome.starts_with(&format!("kept {} of", plain.len())), "{}", cost.outcome);
        assert!(cost.megabytes < 100 && cost.time < Duration::from_secs(20));
    }
    let cost = cost(&png(8, 8, &[], 4 << 30));
    assert!(cost.megabytes < 100 && cost.time < Duration::from_secs(20));
}

#[test]
fn a_png_of_as_many_pixels_as_may_be_takes_no_memory_to_speak_of() {
    let cost = cost(&png(8192, 8192, &[], 8192 * 8193));
    assert!(cost.outcome.starts_with("kept"), "{}", cost.outcome);
    assert!(cost.megabytes < 100 && cost.time < Duration::from_secs(60));
}

#[test]
fn a_progressive_picture_with_many_scans_over_many_pixels_is_bounded() {
    let mut picture = samples::PROGRESSIVE.to_vec();
    let frame = memchr::memmem::find(&picture, &[0xff, 0xc2]).unwrap();
    picture[frame + 5..frame + 9].copy_from_slice(&[0x20, 0, 0x20, 0]);
    let scans: Vec<usize> = memchr::memmem::find_iter(&picture, &[0xff, 0xda]).collect();
    let last = picture[*scans.last().unwrap()..picture.len() - 2].to_vec();
    let more = last.repeat(100 - scans.len());
    let picture = [&picture[..picture.len() - 2], &more, &[0xff, 0xd9]].concat();
    let cost = cost(&picture);
    assert!(cost.megabytes < LARGE && cost.time < Duration::from_secs(60));
}

/// A WebP of 64 megapixels in two dozen bytes: every code has one symbol, so that a pixel takes no bit.
fn webp_of_one_colour() -> Vec<u8> {
    let (sides, codes) = (8191_u32 | 8191 << 14, 0x08_8888_u32);
    let lossless = [&[0x2f], &sides.to_le_bytes()[..], &codes.to_le_bytes()].concat();
    webp_of(&[webp_chunk(b"VP8L", &lossless)])
}

#[test]
fn large_pictures_are_decoded_one_at_a_time_also_when_nobody_waits_for_them() {
    let one = cost(&webp_of_one_colour());
    assert!(one.outcome.starts_with("kept"), "{}", one.outcome);
    assert!(one.megabytes < LARGE && one.time < Duration::from_secs(60));
    let several = cost_with(&webp_of_one_colour(), 3);
    assert_eq!(several.outcome, one.outcome);
    assert!(several.megabytes < one.megabytes * 3 / 2 && several.time < Duration::from_secs(120));
}

/// A stream of no object and so many zeros.
fn stream_of_zeros(length: u64) -> Vec<u8> {
    let data = zeros(length);
    let head = format!("<< /N 0 /First 0 /Length {} /Filter /FlateDecode >>", data.len());
    [head.as_bytes(), b"\nstream\n", &data, b"\nendstream"].concat()
}

#[test]
fn a_document_costs_no_more_than_its_size_allows() {
    const MEBIBYTE: usize = 1 << 20;
    let next = b"\nendobj\n1 0 obj\n".as_slice();
    let packed = stream_of_zeros(4 << 30);
    let twice = String::from_utf8(b"/FlateDecode ".repeat(16)).unwrap();
    let twice = format!("<< /N 1 /First 9 /Filter [{twice}] >> stream\n");
    let numbers = b"0 ".repeat(8 * MEBIBYTE);
    let dictionary = [b"<< /N 1 /First 9 /X [", numbers.as_slice(), b"] >> stream\n"].concat();
    let locks = b"trailer << /Encrypt 1 0 R >>\n1 0 obj<</A 1>>\n".repeat(300_000);
    for (what, body) in [
        ("a stream of gigabytes", packed.clone()),
        ("many streams", [stream_of_zeros(16 << 20), next.to_vec()].concat().repeat(1000)),
        ("filters over each other", [twice.as_bytes(), &packed].concat()),
        ("a large dictionary", dictionary),
        ("an object within each comment", b"1 0 obj %".repeat(MEBIBYTE)),
        ("an object within each string", b"1 0 obj (".repeat(MEBIBYTE)),
        ("an object within each array", b"1 0 obj [".repeat(MEBIBYTE)),
        ("streams within each other", b"1 0 obj <</N 1/First 9>>stream\n".repeat(300_000)),
        ("keys that lie in many places", locks),
        ("the same object often", {
            let object = [b"(", vec![b'a'; 8 * MEBIBYTE].as_slice(), b")"].concat();
            let index = "9 0 ".repeat(100_000);
            let head = format!("<< /N 100000 /First {} >>\nstream\n", index.len());
            [head.as_bytes(), index.as_bytes(), &object, b"\nendstream"].concat()
        }),
    ] {
        let cost = cost(&pdf(&body));
        let refused = ["evidence.intricate_pdf", "evidence.broken_pdf"];
        assert!(refused.contains(&&*cost.outcome), "{what}: {}", cost.outcome);
        assert!(cost.megabytes < 300 && cost.time < Duration::from_secs(60), "{what}");
    }
    for (what, body) in [
        ("depth", [b"[".repeat(8 * MEBIBYTE), b"]".repeat(8 * MEBIBYTE)].concat()),
        ("many objects", b"0\nendobj\n1 0 obj\n".repeat(MEBIBYTE)),
        ("a chain that ends in itself", b"startxref 9 xref 0 0 trailer <</Prev 9>>".repeat(9)),
        ("many packed objects", stream_of(&vec![b"<< /A 1 >>".as_slice(); 200_000], true, "")),
    ] {
        let cost = cost(&pdf(&body));
        assert!(cost.outcome.starts_with("kept"), "{what}: {}", cost.outcome);
        assert!(cost.megabytes < 300 && cost.time < Duration::from_secs(60), "{what}");
    }
}
