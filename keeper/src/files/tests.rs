use super::*;

#[test]
fn the_folder_of_a_bare_name_is_the_one_worked_in() {
    assert!(sync_folder_of(Path::new("bare")).is_ok());
    assert!(sync_folder_of(Path::new("/")).is_ok());
    assert!(sync_folder_of(Path::new("no/such/folder")).is_err());
}
