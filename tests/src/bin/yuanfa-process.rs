//! The program `yuanfa` for tests that kill it: the same `main`, where cargo lets a test find it.

fn main() -> std::process::ExitCode {
    api::cli::main()
}
