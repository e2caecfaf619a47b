//! Whatever is asked in whatever order, by name, in secret, by proxy or building by building, and whoever leaves and comes back:
//! nothing is adopted without quorum and majority of those who take part, nobody votes twice or absent, no vote is lost or
//! added in the count, and sealed minutes are whole and final.

use proptest::prelude::*;

use super::*;
use crate::backfill::FromPaper;
use crate::service::Recorder;
use crate::testing::digest;
use crate::{Evidence, MediaType};

mod asked;
mod told;

use asked::{TOPICS, asked, attendance, held};
use told::Told;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]
    #[test]
    fn nothing_is_adopted_without_quorum_and_majority(
        body in proptest::sample::select(Body::ALL),
        secret in any::<[bool; TOPICS as usize]>(),
        late in any::<bool>(),
        (here, too) in (0_u8..128, 0_u8..128),
        asked in proptest::collection::vec(asked(), 1..120),
    ) {
        let evidence = vec![Evidence { digest: digest(1), media_type: MediaType::Png, bytes: 9 }];
        let paper = late.then(|| FromPaper { recorder: Recorder::of(&recorder()), evidence });
        let mut scene = convened(Convened { paper, ..held(body, secret) });
        let mut told = Told::of(body, secret, late);
        let opening = [attendance(here | too, 0), advise(1, ADVISER, true), advise(2, ADVISER, true)];
        for command in opening {
            scene = told.take_in(scene.by(recorder()).when(command))?;
        }
        for asked in asked {
            let command = asked.command(&told);
            scene = told.take_in(scene.by(asked.whoever()).when(command))?;
        }
        let adopted: Vec<_> = scene.state().adopted().collect();
        let expected = told.sealed && told.decided.get(&1) == Some(&Outcome::Adopted);
        let topics: Vec<u8> = adopted.iter().map(|adoption| adoption.topic).collect();
        prop_assert_eq!(topics, if expected { vec![1] } else { vec![] });
        for adoption in adopted {
            let in_favour = told.in_favour(adoption.topic);
            prop_assert_eq!(adoption.in_favour, in_favour, "known by name, or of nobody");
        }
    }
}
