//! Proofs in pieces: whatever order they come in, they give the same text or are refused.

use ledger::{BadPieces, join, pieces};
use proptest::prelude::*;

const TEXT: &str = "c2sp.org/tlog-proof@v1\nextra AAECAwQ=\nindex 7\nabc=\n\nexample/log\n8\nroot=\n\n— log sig=\n";

/// Lines as proofs have them: words, one or two breaks between them.
fn lines() -> impl Strategy<Value = String> {
    let line = ("[!-~]{1,60}", prop::sample::select(vec!["\n", "\n\n", " "]));
    prop::collection::vec(line, 1..20).prop_map(|lines| {
        let text: String = lines.into_iter().map(|(word, end)| word + end).collect();
        format!("{}\n", text.trim())
    })
}

proptest! {
    #[test]
    fn pieces_in_any_order_give_the_text(text in lines(), most in 8usize..200, seed: u64) {
        prop_assume!(!text.contains("yuanfa-proof ") && text.len() > 1);
        let mut cut = pieces(&text, most);
        prop_assume!(cut.len() <= 99);
        prop_assert!(cut.iter().all(|piece| piece.lines().next().unwrap().len() <= 40));
        let turn = usize::try_from(seed).unwrap_or(0) % cut.len();
        cut.rotate_left(turn);
        cut.push(cut[0].clone());
        // Whoever scans them loses blanks and adds line breaks.
        let scanned: Vec<String> = cut.iter().map(|piece| format!("  {}\r\n", piece.trim())).collect();
        prop_assert_eq!(join(&scanned.concat()), Ok(Some(text)));
    }

    #[test]
    fn whatever_is_scanned_is_refused_without_a_panic(text in ".{0,200}") {
        let _ = join(&text);
        let _ = join(&format!("yuanfa-proof {text}"));
    }
}

#[test]
fn what_is_missing_mixed_or_changed_is_said() {
    let cut = pieces(TEXT, 40);
    assert_eq!(cut.len(), 3);
    assert_eq!(join(&cut.concat()), Ok(Some(TEXT.to_owned())));
    assert_eq!(join(&[&*cut[0], &cut[2]].concat()), Err(BadPieces::Missing(2)));
    let other = pieces(&TEXT.replace('7', "8"), 40);
    assert_eq!(join(&[&*cut[0], &other[1]].concat()), Err(BadPieces::Mixed));
    let wrong = cut.concat().replace("abc", "abd");
    assert_eq!(join(&wrong), Err(BadPieces::Changed));
    assert_eq!(join("yuanfa-proof 4/3 00\nx"), Err(BadPieces::Line));
    assert_eq!(join(TEXT), Ok(None));
}
