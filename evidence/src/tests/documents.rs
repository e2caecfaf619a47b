//! PDFs.

use super::checked;
use crate::Refusal;

fn pdf(body: &[u8]) -> Vec<u8> {
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
        b"<< /Type /EmbeddedFile >>",
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
    let appended = [page.as_slice(), &[b' '; 1024]].concat();
    assert_eq!(checked(&appended).unwrap_err(), Refusal::BrokenPdf);
    assert!(checked(&[page.as_slice(), &[b' '; 1000]].concat()).is_ok());
}
