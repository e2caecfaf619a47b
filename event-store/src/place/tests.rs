use super::*;

#[test]
fn a_folder_or_a_file_that_names_one() {
    let folder = tempfile::tempdir().unwrap();
    let named = folder.path().join("place");
    std::fs::write(&named, "sqlite:/srv/log\n").unwrap();
    for text in ["sqlite:/srv/log".to_owned(), format!("@{}", named.display())] {
        let place = Place::given(&text).unwrap();
        assert_eq!(place.file(), Some("/srv/log/log.sqlite".into()), "{text}");
        assert_eq!(place.to_string(), "sqlite:/srv/log");
    }
}

#[test]
fn anything_else_is_refused() {
    for text in ["", "sqlite:", "/srv/log", "postgres:x"] {
        assert_eq!(Place::given(text).unwrap_err(), Refused::Place, "{text}");
    }
    assert!(matches!(Place::given("@/nowhere"), Err(Refused::File { .. })));
    assert!(Place::given("http://localhost").is_err());
}
