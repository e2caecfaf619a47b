use std::io::{Error, ErrorKind};

use super::*;

fn sqlite(extended_code: i32) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(extended_code), None)
}

#[test]
fn what_ends_by_itself_is_a_shortage_and_a_failing_disk_is_none() {
    for errno in [12, 23, 24, 28, 122] {
        assert!(is_shortage(&Error::from_raw_os_error(errno)), "{errno}");
    }
    for errno in [2, 5, 13, 30] {
        assert!(!is_shortage(&Error::from_raw_os_error(errno)), "{errno}");
    }
    assert!(is_shortage(&ErrorKind::StorageFull.into()));
    assert!(!is_shortage(&Error::other("a failed sync")));
}

#[test]
fn sqlite_s_words_are_sorted_the_same_way() {
    let means = [7, 14, ffi::SQLITE_IOERR_NOMEM, ffi::SQLITE_IOERR_SHMSIZE];
    for code in means {
        assert_eq!(shortage_of(&sqlite(code)), Some(Shortage::Means), "{code}");
    }
    assert_eq!(shortage_of(&sqlite(13)), Some(Shortage::Room));
    for code in [5, 11, ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_READ] {
        assert_eq!(shortage_of(&sqlite(code)), None, "{code}");
    }
}

#[test]
fn there_is_room_somewhere() {
    assert!(free_bytes(std::path::Path::new("/")).is_some_and(|free| free > 0));
    assert_eq!(free_bytes(std::path::Path::new("/no/such/place")), None);
}
