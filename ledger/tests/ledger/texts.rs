use ledger::{BadText, Bundle, Hash, Note, Policy, Unaccepted, text_of};
use proptest::prelude::*;

use crate::notes::{checkpoint, log, witness};

/// A text as editors save it.
fn saved(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let wide = |text: &str, order: fn(u16) -> [u8; 2]| {
        text.encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    let crlf = text.replace('\n', "\r\n");
    let marked = format!("\u{feff}{text}");
    let (chinese, ..) = encoding_rs::GB18030.encode(&crlf);
    vec![
        ("as it was", text.into()),
        ("byte order mark", marked.clone().into()),
        ("CRLF", crlf.clone().into()),
        ("CRLF twice", crlf.replace('\r', "\r\r").into()),
        ("CR", text.replace('\n', "\r").into()),
        ("UTF-16 LE", wide(&marked, u16::to_le_bytes)),
        ("UTF-16 BE", wide(&marked.replace('\n', "\r\n"), u16::to_be_bytes)),
        ("UTF-16 LE without a mark", wide(text, u16::to_le_bytes)),
        ("UTF-16 BE without a mark", wide(text, u16::to_be_bytes)),
        ("ANSI of Chinese Windows", chinese.into_owned()),
        ("blanks at the ends", text.replace('\n', " \t\u{3000}\n").into()),
        ("empty lines around", format!("\n\r\n{text}\n \n\n").into()),
        ("no last newline", text.trim_end().into()),
    ]
}

fn trust() -> Policy {
    let (log, witness) = (log(), witness(1));
    let text = format!("# 见证\nlog {}\nwitness w {}\nquorum w\n", log.public(), witness.public());
    text.parse().unwrap()
}

fn seen() -> Note {
    let mut note = checkpoint(5, Hash([3; 32]));
    note.sign(&log());
    note.cosign(&witness(1), 1_700_000_000);
    note
}

#[test]
fn a_kept_checkpoint_is_read_however_it_was_saved() {
    let kept = seen().to_string();
    for (how, bytes) in saved(&kept) {
        let text = text_of(&bytes).unwrap();
        assert_eq!(text, kept, "{how}");
        assert!(trust().accept(&text.parse().unwrap()).is_ok(), "{how}");
    }
}

#[test]
fn a_policy_and_a_proof_are_read_however_they_were_saved() {
    let policy = format!("# 我们信任谁\nlog {}\n\nquorum none\n", log().public());
    for (how, bytes) in saved(&policy) {
        let read: Policy = text_of(&bytes).unwrap().parse().unwrap();
        assert!(read.accept(&seen()).is_ok(), "{how}");
    }
    let record = "记录".as_bytes().to_vec();
    let root = Hash::of_leaf(&record);
    let mut note = checkpoint(1, root);
    note.sign(&log());
    let proof = Bundle { record, index: 0, proof: vec![], checkpoint: note }.to_string();
    let read: Policy = policy.parse().unwrap();
    for (how, bytes) in saved(&proof) {
        let bundles = Bundle::all(&text_of(&bytes).unwrap()).unwrap();
        assert!(bundles[0].check(&read).is_ok(), "{how}");
    }
}

#[test]
fn another_size_is_false_however_it_was_saved() {
    let forged = seen().to_string().replace("\n5\n", "\n6\n");
    for (how, bytes) in saved(&forged) {
        let note: Note = text_of(&bytes).unwrap().parse().unwrap();
        assert!(matches!(trust().accept(&note), Err(Unaccepted::False(_))), "{how}");
    }
}

#[test]
fn what_is_no_text_says_where() {
    assert_eq!(text_of(b"log \xff\xff"), Err(BadText { at: 4 }));
    assert_eq!(text_of(b"\xff\xfea"), Err(BadText { at: 0 }), "half a character");
    assert_eq!(text_of(b"").unwrap(), "");
    assert_eq!(text_of(b"\xef\xbb\xbf\r\n \r\n").unwrap(), "");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_and_reading_again_changes_nothing(bytes: Vec<u8>) {
        if let Ok(text) = text_of(&bytes) {
            prop_assert!(text.is_empty() || text.ends_with('\n'));
            prop_assert!(!text.contains('\r'));
            // A text may begin with what looks like another encoding; then it is no text of ours.
            if !text.contains('\0') && !text.starts_with('\u{feff}') {
                prop_assert_eq!(text_of(text.as_bytes()).unwrap(), text);
            }
        }
    }
}
