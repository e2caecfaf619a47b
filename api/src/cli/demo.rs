use std::sync::Arc;

use super::{Exit, serve};
use crate::app::RunningClock;
use crate::config::Config;
use crate::demo::{self, Args, DemoError};

/// Plays a county into an empty data folder, then serves it; its clock runs on from the last day played.
pub fn run(config: &Config, args: &Args) -> Exit {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return Exit::environment("无法启动 cannot start", &error),
    };
    let played_until = match runtime.block_on(demo::play(args, demo::reporter())) {
        Ok(summary) => {
            println!("{summary}");
            summary.played_until
        }
        Err(error @ (DemoError::NotEmpty(_) | DemoError::Until)) => {
            eprintln!("{error}");
            return Exit::Usage;
        }
        Err(error) => {
            return Exit::environment("演示未完成 the demo was not played to its end", &error);
        }
    };
    drop(runtime);
    if args.no_serve {
        return Exit::Ok;
    }
    let clock = Arc::new(RunningClock::from(played_until));
    serve::run(&Config { data: args.data.clone(), ..config.clone() }, clock)
}
