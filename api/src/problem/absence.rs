/// Whether a refusal says that the thing which the path names does not exist.
///
/// `unit.unregistered` is so under `/units/{unit}/…`; an unknown unit in a body is a wrong value instead.
pub fn is_of_path(code: &str, field: Option<&str>, route: &str) -> bool {
    let rule = code.rsplit('.').next().unwrap_or(code);
    let absent = ["unregistered", "unpublished", "unadopted", "unconvened", "unopened", "unknown"]
        .contains(&rule)
        || rule.starts_with("unknown_")
        || code.starts_with("value.");
    absent && field.is_some_and(|field| route.contains(&format!("{{{field}}}")))
}
