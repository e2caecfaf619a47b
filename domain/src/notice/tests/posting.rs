//! 张贴: the board on which a notice hung, as photographs show.

use super::*;
use crate::testing::digest;
use crate::{Evidence, MediaType};

fn photographs(count: u8) -> Vec<Evidence> {
    let one = |byte| Evidence { digest: digest(byte), media_type: MediaType::Jpeg, bytes: 1024 };
    (1..=count).map(one).collect()
}

fn post(unit: &str, posted_on: &str, evidence: Vec<Evidence>) -> Command {
    let board = text("村委会门口公示栏");
    Command::Post { unit: code(unit), board, posted_on: day(posted_on), evidence }
}

#[test]
fn a_notice_hung_on_a_board_with_a_photograph() {
    let scene = notice().at("2021-11-25T12:00:00+08:00");
    for posted_on in ["2021-11-22", "2021-11-26"] {
        scene.clone().when(post("V1", posted_on, photographs(1))).refused("notice.posted_on");
    }
    scene
        .when(post("NONE", "2021-11-24", photographs(1)))
        .refused("notice.unknown_unit")
        .when(post("V1", "2021-11-24", vec![]))
        .refused("notice.no_evidence")
        .when(post("V1", "2021-11-24", photographs(21)))
        .refused("notice.too_much_evidence")
        .when(post("V1", "2021-11-24", [photographs(2), photographs(1)].concat()))
        .refused("notice.same_evidence")
        .when(post("V1", "2021-11-24", photographs(2)))
        .then([Event::Posted(Posted {
            unit: code("V1"),
            board: text("村委会门口公示栏"),
            posted_on: day("2021-11-24"),
            evidence: photographs(2),
        })]);
    given::<Notice>([])
        .when(post("V1", "2021-11-24", photographs(1)))
        .refused("notice.unpublished");
    let ended = notice().by(policy()).when(withdraw()).granted();
    ended.when(post("V1", "2021-11-24", photographs(1))).granted();
}
