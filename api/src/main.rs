//! The service `yuanfa`.

fn main() -> std::process::ExitCode {
    api::cli::main()
}
