use std::error::Error;
use std::process::ExitCode;

/// How a subcommand ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Ok,
    /// Refused, or problems were found.
    Refused,
    /// Called the wrong way.
    Usage,
    /// Files, network or the system are not as needed.
    Environment,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Ok => Self::SUCCESS,
            Exit::Refused => Self::from(1),
            Exit::Usage => Self::from(2),
            Exit::Environment => Self::from(3),
        }
    }
}

impl Exit {
    /// Tells what is wrong with the surroundings, with all causes.
    pub fn environment(what: &str, error: &dyn Error) -> Self {
        eprintln!("yuanfa: {what}: {}", with_causes(error));
        Self::Environment
    }

    /// Tells what is wrong with what was given, with all causes.
    pub fn usage(what: &str, error: &dyn Error) -> Self {
        eprintln!("yuanfa: {what}: {}", with_causes(error));
        Self::Usage
    }
}

/// Does a subcommand's work on a runtime of its own.
pub fn on_runtime(work: impl Future<Output = Result<Exit, Exit>>) -> Exit {
    match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime.block_on(work).unwrap_or_else(|exit| exit),
        Err(error) => Exit::environment("无法启动 cannot start", &error),
    }
}

/// An error and its causes in one line.
pub fn with_causes(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !line.ends_with(&cause_text) {
            line.push_str(": ");
            line.push_str(&cause_text);
        }
        source = cause.source();
    }
    line
}
