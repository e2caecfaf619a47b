//! Which tests name a refusal, by its code or as the variant that it is in Rust.

use super::literals::read;

/// The tests of a part of the repository, with their text.
pub struct Tests(Vec<(String, String)>);

impl Tests {
    pub fn of(folders: &[&str]) -> Self {
        let of_tests =
            |path: &std::path::Path| path.iter().any(|part| part == "tests" || part == "tests.rs");
        let sources = folders.iter().flat_map(|folder| read(folder, of_tests));
        Self(sources.flat_map(|(_, source)| tests(&source)).collect())
    }

    pub fn showing(&self, code: &str, variant: &str) -> Vec<String> {
        let quoted = format!("\"{code}\"");
        let says =
            |text: &str| text.contains(&quoted) || (!variant.is_empty() && text.contains(variant));
        let mut naming: Vec<_> = self.0.iter().filter(|(_, text)| says(text)).collect();
        naming.dedup_by_key(|(name, _)| name);
        naming.into_iter().map(|(name, _)| format!("`{name}`")).collect()
    }
}

/// Each test of a file; what a helper beside it says, it says too.
fn tests(source: &str) -> Vec<(String, String)> {
    let all = functions(source);
    let (tests, helpers): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| it.is_test);
    let calls = |text: &str, name: &str| text.contains(&format!("{name}("));
    let with_helpers = |it: Function| {
        let called = helpers.iter().filter(|helper| calls(&it.text, &helper.name));
        let said: String = called.map(|helper| helper.text.as_str()).collect();
        (it.name, it.text + &said)
    };
    tests.into_iter().map(with_helpers).collect()
}

struct Function {
    name: String,
    is_test: bool,
    text: String,
}

/// Each function that begins a line, with its lines.
fn functions(source: &str) -> Vec<Function> {
    let begins = |line: &str| {
        let rest = line.trim_start().trim_start_matches("pub ").trim_start_matches("async ");
        Some(rest.strip_prefix("fn ")?.split(['(', '<']).next()?.to_owned())
    };
    let mut found: Vec<Function> = vec![];
    let mut is_test = false;
    for line in source.lines() {
        let marks = line.trim_start();
        if marks.starts_with("#[test]") || marks.starts_with("#[tokio::test") {
            is_test = true;
        }
        if let Some(name) = begins(line) {
            found.push(Function { name, is_test, text: String::new() });
            is_test = false;
        }
        if let Some(last) = found.last_mut() {
            last.text.push_str(line);
            last.text.push('\n');
        }
    }
    found
}

#[test]
fn a_helper_is_no_test_and_counts_for_those_that_call_it() {
    let source =
        "fn rows() {\n\"a.b\"\n}\n#[test]\nfn one() {\nrows();\n}\n#[test]\nfn other() {}\n";
    let tests = Tests(tests(source));
    assert_eq!(tests.showing("a.b", ""), ["`one`"]);
}
