use super::{Exit, serve};
use crate::config::Config;
use crate::demo::{self, Args, DemoError};

/// Plays a county into an empty data folder, then serves it.
pub fn run(config: &Config, args: &Args) -> Exit {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return Exit::environment("无法启动 cannot start", &error),
    };
    match runtime.block_on(demo::play(args, demo::reporter())) {
        Ok(summary) => println!("{summary}"),
        Err(error @ (DemoError::NotEmpty(_) | DemoError::Until)) => {
            eprintln!("{error}");
            return Exit::Usage;
        }
        Err(error) => {
            return Exit::environment("演示未完成 the demo was not played to its end", &error);
        }
    }
    drop(runtime);
    if args.no_serve {
        return Exit::Ok;
    }
    serve::run(&Config { data: args.data.clone(), ..config.clone() })
}
