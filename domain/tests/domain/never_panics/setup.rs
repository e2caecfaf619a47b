//! What sets up a county's year: holidays and campaigns.

use domain::{calendar, campaign};

use super::{all, text};

pub fn calendar_commands() -> Vec<calendar::Command> {
    let mut commands = Vec::new();
    for event in all::<calendar::Event>() {
        let (off, worked) = match event {
            calendar::Event::Adopted(adopted) => (adopted.off, adopted.worked),
            calendar::Event::Corrected(corrected) => (corrected.off, corrected.worked),
        };
        for year in [i16::MIN, 0, 1, 2022, 2027, 9999, i16::MAX] {
            let days = calendar::Days { off: off.clone(), worked: worked.clone() };
            let (source, reason) = (text(), (year > 2022).then(text));
            commands.push(calendar::Command::Adopt { year, source, days, reason });
        }
    }
    commands
}

pub fn campaign_commands() -> Vec<campaign::Command> {
    let mut commands = vec![campaign::Command::End { reason: text() }];
    for event in all::<campaign::Event>() {
        match event {
            campaign::Event::Adopted(plan) => {
                for take_over in [false, true] {
                    let mut plan = plan.clone();
                    plan.tasks.clear();
                    commands.push(campaign::Command::Adopt { plan, take_over });
                }
                commands.push(campaign::Command::Adopt { plan, take_over: false });
            }
            campaign::Event::DeadlinesMoved(moved) => {
                let campaign::DeadlinesMoved { deadlines, by_kind, reason } = moved;
                commands.push(campaign::Command::MoveDeadlines { deadlines, by_kind, reason });
            }
            campaign::Event::Ended(_) => {}
        }
    }
    commands
}
