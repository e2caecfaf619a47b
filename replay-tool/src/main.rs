//! yuanfa.
fn main() {}
