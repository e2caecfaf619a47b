use ledger::{
    BadSubmission, Checkpoint, Disproved, Hash, KeyKind, Note, Policy, SigningKey, Submission,
    Unwitnessed, consistency,
};
use proptest::prelude::*;

use crate::notes::{checkpoint, log};
use crate::{Whole, leaves};

/// From the specification.
const EXAMPLE: &str = "old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
";

fn logs() -> Policy {
    format!("log {}\nquorum none\n", log().public()).parse().unwrap()
}

/// What the log of so many leaves sends to a witness that stands at `old`.
fn submission(old: u64, size: u64) -> Submission {
    let whole = Whole::of(leaves(size));
    let proof = consistency(&whole, old, size).unwrap().unwrap();
    let mut checkpoint = checkpoint(size, whole.tree.root());
    checkpoint.sign(&log());
    Submission { old, proof, checkpoint }
}

fn seen(size: u64) -> Option<Checkpoint> {
    (size > 0).then(|| Checkpoint::of(&submission(0, size).checkpoint).unwrap())
}

#[test]
fn the_example_of_the_specification_is_read_and_written_unchanged() {
    let read: Submission = EXAMPLE.parse().unwrap();
    assert_eq!((read.old, read.proof.len()), (20_852_014, 4));
    assert_eq!(read.to_string(), EXAMPLE);
}

#[test]
fn what_is_no_submission_is_told_why() {
    let bad = |from: &str, to: &str| EXAMPLE.replacen(from, to, 1).parse::<Submission>();
    for number in ["old 020852014", "old +1", "old -1", "old", "new 1", "old 18446744073709551616"]
    {
        assert_eq!(bad("old 20852014", number), Err(BadSubmission::Old), "{number}");
    }
    assert_eq!(bad("PlRN", "PlR"), Err(BadSubmission::Hashes));
    assert_eq!(bad("\n\n", "\n"), Err(BadSubmission::Hashes));
    assert!(matches!(bad("— example", "- example"), Err(BadSubmission::Note(_))));
    let hash = "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n";
    assert_eq!(bad(hash, &hash.repeat(61)), Err(BadSubmission::Hashes));
    assert!(bad(hash, &hash.repeat(60)).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_follows_from_what_was_seen_is_cosigned(old in 0u64..70, more in 0u64..70) {
        let asked: Submission = submission(old, old + more).to_string().parse().unwrap();
        let stated = asked.check(&logs(), |origin| {
            assert_eq!(origin, "example.invalid/yuanfa");
            seen(old)
        });
        prop_assert_eq!(stated, Ok(Checkpoint::of(&asked.checkpoint).unwrap()));
    }

    #[test]
    fn nothing_else_is(old in 1u64..70, more in 0u64..70, other in 0u64..70) {
        prop_assume!(other != old);
        let asked = submission(old, old + more);
        let elsewhere = asked.check(&logs(), |_| seen(other));
        prop_assert_eq!(elsewhere, Err(Unwitnessed::Elsewhere { size: other }));
        let another = Checkpoint { root: Hash([9; 32]), ..seen(old).unwrap() };
        let forked = asked.check(&logs(), |_| Some(another));
        if more == 0 {
            prop_assert_eq!(forked, Err(Unwitnessed::Forked { size: old }));
        } else {
            prop_assert_eq!(forked, Err(Unwitnessed::Disproved(Disproved::Root)));
        }
    }
}

#[test]
fn a_proof_that_is_not_the_one_disproves() {
    let good = submission(5, 9);
    let check = |asked: &Submission| asked.check(&logs(), |_| seen(5)).unwrap_err();
    let mut short = good.clone();
    short.proof.pop();
    assert_eq!(check(&short), Unwitnessed::Disproved(Disproved::Length));
    let mut wrong = good;
    wrong.proof[1] = Hash([0; 32]);
    assert_eq!(check(&wrong), Unwitnessed::Disproved(Disproved::Root));
    let first = Submission { proof: vec![Hash([0; 32])], ..submission(0, 9) };
    let refused = first.check(&logs(), |_| None);
    assert_eq!(refused, Err(Unwitnessed::Disproved(Disproved::Length)));
    let behind = Submission { old: 10, ..submission(0, 9) };
    assert_eq!(behind.check(&logs(), |_| seen(10)), Err(Unwitnessed::Backwards));
}

#[test]
fn only_known_logs_and_keys_count() {
    let strangers: Policy = {
        let stranger = SigningKey::new("stranger.invalid", KeyKind::Log, &[7; 32]).unwrap();
        format!("log {}\nquorum none\n", stranger.public()).parse().unwrap()
    };
    let asked = submission(0, 9);
    assert_eq!(asked.check(&strangers, |_| None), Err(Unwitnessed::Origin));
    let usurper = SigningKey::new("example.invalid/yuanfa", KeyKind::Log, &[7; 32]).unwrap();
    let signed_by = |keys: &[&SigningKey]| {
        let mut note = Note::unsigned(asked.checkpoint.text().to_owned()).unwrap();
        keys.iter().for_each(|key| note.sign(key));
        Submission { checkpoint: note, ..asked.clone() }.check(&logs(), |_| None)
    };
    assert_eq!(signed_by(&[&usurper]), Err(Unwitnessed::Unsigned));
    assert!(signed_by(&[&usurper, &log()]).is_ok(), "strangers do not harm");
}
