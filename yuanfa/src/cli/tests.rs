#![allow(clippy::unwrap_used)]
use clap::CommandFactory as _;

use super::*;

#[test]
fn the_command_line_is_well_formed() {
    Cli::command().debug_assert();
}

#[test]
fn the_log_lies_in_the_data_folder_unless_told() {
    let place = |args: &[&str]| {
        let cli = Cli::try_parse_from(["yuanfa", "--data", "d"].iter().chain(args));
        cli.unwrap().config.place()
    };
    assert_eq!(place(&[]).unwrap().file(), Some("d/log.sqlite".into()));
    assert_eq!(place(&["--store", "sqlite:e"]).unwrap().file(), Some("e/log.sqlite".into()));
    assert!(place(&["serve", "--store", "log.sqlite"]).is_err());
}

#[test]
fn marks_are_neither_too_close_nor_too_far() {
    let every = |count| {
        let cli = Cli::try_parse_from(["yuanfa", "--mark-every", count]);
        cli.map(|cli| cli.config.mark_every).ok()
    };
    assert_eq!(["0", "1000", "1000000"].map(every), [Some(0), Some(1_000), Some(1_000_000)]);
    assert_eq!(["999", "1000001", "-1", "many"].map(every), [None; 4]);
}

#[test]
fn no_secret_of_a_connection_string_is_repeated() {
    for place in ["kurrentdb://clerk:geheim@host", "kurrentdb://clerk:geheim@", "x://geheim"] {
        let config = Cli::try_parse_from(["yuanfa", "--store", place]).unwrap().config;
        let shown = format!("{config:?} {:?}", config.place().map_err(|why| why.to_string()));
        assert!(!shown.contains("geheim"), "{shown}");
    }
}

#[test]
fn a_policy_is_read_before_anything_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy");
    let read = || {
        let args = ["yuanfa", "--ledger-policy", file.to_str().unwrap()];
        serve::policy(&Cli::try_parse_from(args).unwrap().config)
    };
    assert_eq!(read(), Err(Exit::Environment));
    std::fs::write(&file, "quorum nobody\n").unwrap();
    assert_eq!(read(), Err(Exit::Usage));
    std::fs::write(&file, "quorum none\n").unwrap();
    assert_eq!(read(), Ok(Some("quorum none\n".parse().unwrap())));
    assert_eq!(serve::policy(&Cli::try_parse_from(["yuanfa"]).unwrap().config), Ok(None));
}

#[test]
fn without_a_subcommand_it_serves_and_flags_may_stand_anywhere() {
    let plain = Cli::try_parse_from(["yuanfa", "--data", "d"]).ok();
    assert!(plain.is_some_and(|cli| cli.command.is_none() && cli.config.data.ends_with("d")));
    let token = Cli::try_parse_from(["yuanfa", "token", "list", "--data", "d"]).ok();
    assert!(token.is_some_and(|cli| matches!(cli.command, Some(Command::Token(_)))));
}
