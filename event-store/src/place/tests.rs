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
fn a_file_names_a_place_however_it_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let named = folder.path().join("place");
    let wide = |order: fn(u16) -> [u8; 2]| {
        "\u{feff}sqlite:/srv/日志 \r\n".encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    for bytes in [
        "\u{feff}sqlite:/srv/日志\r\n".as_bytes().to_vec(),
        "sqlite:/srv/日志\t\r\n\r\n".as_bytes().to_vec(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ] {
        std::fs::write(&named, &bytes).unwrap();
        let place = Place::given(&format!("@{}", named.display())).unwrap();
        assert_eq!(place.to_string(), "sqlite:/srv/日志", "{bytes:x?}");
    }
    std::fs::write(&named, b"sqlite:/srv/\xff").unwrap();
    let refused = Place::given(&format!("@{}", named.display()));
    assert!(matches!(refused, Err(Refused::File { .. })), "{refused:?}");
}

#[test]
fn anything_else_is_refused() {
    for text in ["", "sqlite:", "/srv/log", "postgres:x"] {
        assert_eq!(Place::given(text).unwrap_err(), Refused::Place, "{text}");
    }
    assert!(matches!(Place::given("@/nowhere"), Err(Refused::File { .. })));
    assert!(Place::given("http://localhost").is_err());
}
