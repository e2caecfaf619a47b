//! Features, and no code.
//!
//! Cargo compiles a dependency anew for every set of features. The service uses crates that ask more of a few others
//! than `replay` needs; `replay` asks for the same here, so that building it after the service, or with it, compiles
//! no dependency twice. A test in `tests/tests/workspace.rs` says which feature is missing.
