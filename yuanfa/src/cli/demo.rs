use application::{Node, Remembered, files};
use jiff::Timestamp;

use super::{Exit, open, serve};
use crate::config::Config;
use ::demo::{Args, DemoError, play_at, reporter};

/// Plays a county into an empty data folder, then serves it. Its clock runs on from the last day played, also when it is
/// served again.
pub fn run(config: &Config, args: &Args) -> Exit {
    let config = Config { data: args.data.clone(), ..config.clone() };
    if let Err(error) = files::take_folder(&config.data) {
        return Exit::environment("数据目录 data folder", &error);
    }
    let played_until = match play(&config, args) {
        Ok(played_until) => played_until,
        Err(exit) => return exit,
    };
    if let Err(error) = keep_year(&config, played_until) {
        return Exit::environment("数据目录 data folder", &error);
    }
    if args.no_serve {
        return Exit::Ok;
    }
    serve::run(&config)
}

/// The county goes on living in the year that was played.
fn keep_year(config: &Config, played_until: Timestamp) -> rusqlite::Result<()> {
    let ahead = played_until.as_microsecond() - Timestamp::now().as_microsecond();
    let node = Node::open(&config.data.join(files::NODE))?;
    node.remember(Remembered::ClockDistance, ahead)
}

fn play(config: &Config, args: &Args) -> Result<Timestamp, Exit> {
    let place = open::place(config)?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Exit::environment("无法启动 cannot start", &error))?;
    match runtime.block_on(play_at(&place, args, reporter())) {
        Ok(summary) => {
            println!("{summary}");
            if config.store.is_some() {
                println!("以上命令均须指明日志 these commands need the log: --store {place}");
            }
            Ok(summary.played_until)
        }
        Err(error @ (DemoError::NotEmpty { .. } | DemoError::Until)) => {
            eprintln!("{error}");
            Err(Exit::Usage)
        }
        Err(DemoError::OpenLog(error)) => Err(open::closed(&place, &error)),
        Err(error) => {
            Err(Exit::environment("演示未完成 the demo was not played to its end", &error))
        }
    }
}
