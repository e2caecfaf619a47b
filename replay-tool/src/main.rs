//! The binary `replay`; all of it is in the library.

use std::io::{Write as _, stderr, stdout};
use std::process::ExitCode;

/// Facts are made on one thread and let go of on another: a rebuild is a third faster than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut out = std::io::BufWriter::new(stdout());
    let code = replay_tool::run(std::env::args_os(), &mut out, &mut stderr());
    match out.flush() {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::from(3),
        Ok(()) | Err(_) => ExitCode::from(code),
    }
}
