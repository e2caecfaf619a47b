//! Looks at all that a service needs and says what is well, what is not, and what mends it.

mod checks;
mod finding;
mod running;

use super::exit::{Exit, on_runtime};
use crate::config::Config;
use finding::{Finding, State};

/// Looks, tells, and ends with 1 where something is wrong. Changes no data.
pub fn run(config: &Config) -> Exit {
    on_runtime(async {
        let mut found = checks::of_folder(config);
        found.extend(checks::of_system(config));
        found.extend(checks::of_history(config).await);
        found.extend(checks::of_entrances(config));
        found.extend(running::of_service(config));
        for Finding { state, zh, en, mends } in &found {
            println!("[{}] {zh} {en}", state.word());
            if let Some(mends) = mends {
                println!("    → {mends}");
            }
        }
        let count = |wanted| found.iter().filter(|one| one.state == wanted).count();
        let (wrong, mind) = (count(State::Wrong), count(State::Mind));
        println!(
            "共{}项,不好{wrong},留意{mind}。 {} looked at, {wrong} wrong, {mind} to mind.",
            found.len(),
            found.len()
        );
        Ok(if wrong == 0 { Exit::Ok } else { Exit::Refused })
    })
}
