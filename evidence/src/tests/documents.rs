//! PDFs.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;

use super::{checked, holds};
use crate::Refusal;

/// A document of one object.
pub(super) fn pdf(body: &[u8]) -> Vec<u8> {
    [b"%PDF-1.7\n1 0 obj\n", body, b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"].concat()
}

#[test]
fn a_plain_document_is_kept_as_it_is() {
    let page = pdf(b"<< /Type /Catalog /Pages 2 0 R /Names 3 0 R /JSON 1 /Launcher 2 /A#2FJS 3 >>");
    assert_eq!(checked(&page).unwrap(), page);
}

#[test]
fn what_runs_or_carries_files_is_refused_however_it_is_written() {
    for active in [
        b"<< /S /JavaScript /JS (app.alert) >>".as_slice(),
        b"<</S/Rendition/JS 5 0 R>>",
        b"<< /OpenAction << /S /Launch /F (x) >> >>",
        b"<< /S /SubmitForm /F (https://example.org) >>",
        b"<< /S /Sub#6ditForm >>",
        b"<< /S /ImportData /F (x) >>",
        b"<< /AcroForm << /XFA 5 0 R >> >>",
        b"<< /AcroForm << /#58F#41 [(template) 5 0 R] >> >>",
        b"(>> stream\n) endobj 2 0 obj << /XFA 3 0 R >> endobj 3 0 obj (\nendstream)",
        b"<< /A endobj /XFA 3 0 R >>",
        b"<< /Type /EmbeddedFile >>",
        b"<< /Subtype /FileAttachment /FS 5 0 R >>",
        b"<< /Names << /EmbeddedFiles 4 0 R >> >>",
        b"<< /S /J#61va#53cript >>",
        b"<< /#4a#53 (x) >>",
        b"<< /Length 9 >> stream\n /JavaScript \nendstream",
        b"<< /Length 3 >>\nstream\r\nabc\nendstream << /JS (x) >>",
        b"(a string with >> stream\n in it and no end) << /JS (x) >>",
    ] {
        let text = String::from_utf8_lossy(active);
        assert_eq!(checked(&pdf(active)).unwrap_err(), Refusal::ActivePdf, "{text}");
    }
}

#[test]
fn two_letters_in_the_noise_of_a_stream_are_no_script() {
    let scanned = pdf(b"<< /Length 9 >>\nstream\n\x81\x02/JS \x97\nendstream");
    assert_eq!(checked(&scanned).unwrap(), scanned);
}

#[test]
fn a_document_without_its_end_is_refused() {
    let page = pdf(b"<< /Type /Catalog >>");
    assert_eq!(checked(&page[..page.len() - 6]).unwrap_err(), Refusal::BrokenPdf);
    let appended = [page.as_slice(), &[b'-'; 1024]].concat();
    assert_eq!(checked(&appended).unwrap_err(), Refusal::BrokenPdf);
    assert!(checked(&[page.as_slice(), &[b'-'; 1000]].concat()).is_ok());
}

#[test]
fn what_mail_and_editors_put_around_a_document_does_no_harm() {
    let page = pdf(b"<< /Type /Catalog >>");
    let mail = b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    for before in [b"\xef\xbb\xbf".as_slice(), mail, b"\r\n", &[b' '; 1024]] {
        for behind in [b"".as_slice(), b"\r\n--boundary--\r\n", &[0; 4096], &[b'\n'; 70_000]] {
            let sent = [before, &page, behind].concat();
            assert_eq!(checked(&sent).unwrap(), sent);
        }
    }
    assert_eq!(checked(&[&[b' '; 1025], page.as_slice()].concat()), Err(Refusal::UnknownType));
}

/// Written by qpdf 12, so that encryption and streams are another program's.
const BY_ANOTHER: [(&[u8], Result<(), Refusal>); 7] = [
    (include_bytes!("samples/submitting.pdf"), Err(Refusal::ActivePdf)),
    (include_bytes!("samples/xfa_aes128.pdf"), Err(Refusal::ActivePdf)),
    (include_bytes!("samples/xfa_aes256.pdf"), Err(Refusal::ActivePdf)),
    (include_bytes!("samples/form_aes128.pdf"), Ok(())),
    (include_bytes!("samples/restricted_aes256.pdf"), Ok(())),
    (include_bytes!("samples/locked_rc4.pdf"), Err(Refusal::LockedPdf)),
    (include_bytes!("samples/locked_aes256.pdf"), Err(Refusal::LockedPdf)),
];

#[test]
fn streams_of_objects_are_unpacked_also_where_only_an_owner_has_a_password() {
    for (document, expected) in BY_ANOTHER {
        assert!(
            !holds(document, b"/XFA") && !holds(document, b"/SubmitForm"),
            "what is looked for does not stand in clear"
        );
        assert_eq!(checked(document).map(drop), expected);
    }
}

#[test]
fn a_restricted_document_may_be_changed_often() {
    let document = include_bytes!("samples/restricted_aes256.pdf");
    let id = "<d6fd4a19aede2284cd1d75b36ac91bb8>";
    let trailer = format!("/ID [{id}{id}] /Encrypt 38 0 R >>");
    assert!(holds(document, trailer.as_bytes()));
    let changes: Vec<String> = (0..60)
        .map(|change| format!("trailer << /Encrypt 38 0 R /ID [{id} <{change:032x}>] >>\n%%EOF\n"))
        .collect();
    let changed = [document.as_slice(), changes.concat().as_bytes()].concat();
    assert_eq!(checked(&changed).unwrap(), changed);
}

#[test]
fn a_document_for_certain_people_alone_is_refused() {
    let lock =
        b"<< /Encrypt << /Filter /Adobe.PubSec /V 4 /Recipients [<00>] >> /ID [<00> <00>] >>";
    assert_eq!(checked(&pdf(lock)), Err(Refusal::LockedPdf));
    assert_eq!(checked(&pdf(b"<< /Encrypt 7 0 R >>")), Err(Refusal::LockedPdf), "not there");
    assert!(checked(&pdf(b"<< /Encrypt null >>")).is_ok());
}

/// A stream of objects, packed or as it is, with so much more in its dictionary.
pub(super) fn stream_of(objects: &[&[u8]], packed: bool, more: &str) -> Vec<u8> {
    let mut index = String::new();
    let mut at = 0;
    for (number, object) in (10..).zip(objects) {
        index += &format!("{number} {at} ");
        at += object.len() + 1;
    }
    let content = [index.as_bytes(), &objects.join(&b' ')].concat();
    let (count, first) = (objects.len(), index.len());
    let (data, filter) = if packed {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&content).unwrap();
        (encoder.finish().unwrap(), "/Filter /FlateDecode")
    } else {
        (content, "")
    };
    let head = format!("<< /N {count} /First {first} /Length {} {filter} {more} >>", data.len());
    [head.as_bytes(), b"\nstream\n", &data, b"\nendstream"].concat()
}

#[test]
fn a_stream_of_objects_is_one_by_what_its_dictionary_says() {
    let evil: [&[u8]; 2] = [b"<< /A 1 >>", b"<< /S /Sub#6ditForm >>"];
    let fine: [&[u8]; 2] = [b"<< /A 1 >>", b"(/SubmitForm is a name)"];
    for more in ["/Type /ObjStm", "", "/Type /Obj#53tm"] {
        assert_eq!(checked(&pdf(&stream_of(&evil, true, more))), Err(Refusal::ActivePdf));
        assert!(checked(&pdf(&stream_of(&fine, true, more))).is_ok(), "{more}");
    }
    let unread = "/Type /ObjStm /Filter /JBIG2Decode";
    assert_eq!(checked(&pdf(&stream_of(&[b"<< >>"], false, unread))), Err(Refusal::BrokenPdf));
}

#[test]
fn an_object_that_begins_within_another_is_read_too() {
    // A reader that believes the index finds a dictionary where others see a string.
    let hidden = pdf(&stream_of(&[b"(<< /#58FA 1 >>)"], true, ""));
    assert!(checked(&hidden).is_ok());
    let index = b"<< /N 1 /First 5 /Length 21 >>\nstream\n10 1 (<< /#58FA 1 >>)\nendstream";
    assert_eq!(checked(&pdf(index)), Err(Refusal::ActivePdf));
    let outside = b"<< /N 1 /First 6 /Length 9 >>\nstream\n10 99 (a)\nendstream";
    assert_eq!(checked(&pdf(outside)), Err(Refusal::BrokenPdf));
}

proptest! {
    /// Damaged documents are refused, or kept as they are: never a panic.
    #[test]
    fn damage_is_survived(
        which in 0..BY_ANOTHER.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut document = BY_ANOTHER[which].0.to_vec();
        for (at, byte) in changes {
            let at = at.index(document.len());
            document[at] = byte;
        }
        if let Ok(kept) = checked(&document) {
            prop_assert_eq!(kept, document);
        }
    }
}
