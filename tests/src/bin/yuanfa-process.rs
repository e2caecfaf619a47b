//! The program `yuanfa` for tests that kill it: the same `main`, where cargo lets a test find it. Only where a test asks for
//! an altered log is it another.

fn main() -> std::process::ExitCode {
    match std::env::var(tests::altered::VARIABLE) {
        Ok(how) => tests::altered::main(how),
        Err(_) => yuanfa::cli::main(),
    }
}
