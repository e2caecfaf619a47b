//! How both programs are linked: what they know of their line numbers is kept compressed, a fifth of its size.

fn main() {
    // Nothing else changes what it says.
    println!("cargo::rerun-if-env-changed=PROFILE");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") {
        println!("cargo::rustc-link-arg-bins=-Wl,--compress-debug-sections=zlib,-O2");
    }
}
