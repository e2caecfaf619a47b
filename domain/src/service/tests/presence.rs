//! 签到、签退: presence ends with its activity, whoever forgets to check out.

use super::*;
use crate::Refusal as _;

const AT_NINE: &str = "2021-11-29T09:00:00+08:00";

fn nothing() -> Scene<Service> {
    given([]).by(recorder())
}

fn running() -> Participation {
    participation(Phase::Running)
}

fn check_in(number: u128, participation: Participation) -> Command {
    Command::CheckIn { activity: activity_id(number), participation, open: None }
}

/// Checks in to one activity while still in another.
fn check_in_from(number: u128, other: u128, participation: Participation) -> Command {
    let open = Some(OpenPresence { activity: activity_id(other), participation });
    Command::CheckIn { activity: activity_id(number), participation: running(), open }
}

fn check_out(number: u128) -> Command {
    Command::CheckOut { activity: activity_id(number), participation: running() }
}

fn end(number: u128, over: &str) -> Command {
    let participation = participation(Phase::Closed(time(over)));
    Command::EndPresence { activity: activity_id(number), participation }
}

fn came(number: u128, at: &str) -> Event {
    Event::CheckedIn(CheckedIn { activity: activity_id(number), at: time(at) })
}

fn left(number: u128, at: &str) -> Event {
    let (activity, at) = (activity_id(number), time(at));
    Event::CheckedOut(CheckedOut { activity, at, forgotten: false })
}

fn forgot(number: u128, at: &str) -> Event {
    let (activity, at) = (activity_id(number), time(at));
    Event::CheckedOut(CheckedOut { activity, at, forgotten: true })
}

#[test]
fn presence_begins_and_ends_at_one_running_activity() {
    nothing()
        .at(AT_NINE)
        .when(check_in(1, Participation { signed_up: false, ..running() }))
        .refused("service.not_signed_up")
        .when(check_in(1, participation(Phase::Announced)))
        .refused("service.activity_not_held")
        .when(check_in(1, participation(Phase::Cancelled)))
        .refused("service.activity_not_held")
        .when(check_in(1, closed()))
        .refused("service.activity_over")
        .when(check_out(1))
        .refused("service.not_checked_in")
        .when(check_in(1, running()))
        .then([came(1, AT_NINE)])
        .when(check_in(1, running()))
        .refused("service.already_checked_in")
        .when(check_out(2))
        .refused("service.not_checked_in")
        .when(check_out(1))
        .then([left(1, AT_NINE)])
        .when(check_out(1))
        .refused("service.not_checked_in")
        .when(check_in(2, running()))
        .granted();
}

/// The refusal says where somebody is checked in still.
#[test]
fn nobody_is_in_two_running_activities() {
    let present = given::<Service>([came(1, AT_NINE)]).at("2021-11-29T10:00:00+08:00");
    present.clone().when(check_in(2, running())).refused("service.already_checked_in");
    present.clone().when(check_in_from(1, 1, closed())).refused("service.already_checked_in");
    let other = activity_id(1);
    let refusal = present.when(check_in_from(2, 1, running())).refusal();
    assert_eq!(refusal, Rejection::AlreadyIn { other, title: "巡逻".to_owned() });
    assert!(refusal.zh().contains("巡逻") && refusal.en().contains(&other.to_string()));
}

#[test]
fn a_forgotten_check_out_ends_with_its_activity_when_another_is_entered() {
    let present = || given::<Service>([came(1, AT_NINE)]);
    let (closing, noon) = ("2021-11-29T10:30:00+08:00", "2021-11-29T12:00:00+08:00");
    present()
        .at(noon)
        .when(check_in_from(2, 1, participation(Phase::Closed(time(closing)))))
        .then([forgot(1, closing), came(2, noon)]);
    // Nobody closed it, but its announced end has passed.
    let end = "2021-11-29T11:00:00+08:00";
    present().at(noon).when(check_in_from(2, 1, running())).then([forgot(1, end), came(2, noon)]);
    present().at(end).when(check_in_from(2, 1, running())).refused("service.already_checked_in");
    // It was over before they came: they were there no minute.
    let before = participation(Phase::Closed(time("2021-11-29T08:30:00+08:00")));
    present().at(noon).when(check_in_from(2, 1, before)).then([forgot(1, AT_NINE), came(2, noon)]);
}

#[test]
fn closing_an_activity_ends_the_presence_at_it_and_at_no_other() {
    let over = "2021-11-29T10:45:00+08:00";
    given::<Service>([came(1, AT_NINE)])
        .at("2021-11-29T12:00:00+08:00")
        .when(end(2, over))
        .then([])
        .when(end(1, over))
        .then([forgot(1, over)])
        .when(end(1, "2021-11-29T11:45:00+08:00"))
        .then([])
        // Whoever checks out later is told nothing new, and the time stays.
        .when(check_out(1))
        .then([])
        .when(check_in(2, running()))
        .granted()
        .when(check_out(1))
        .then([]);
}

/// Nobody closed it: its announced end is over, and not what is still going on.
#[test]
fn an_activity_that_nobody_closed_is_over_after_its_announced_end() {
    let (end, participation) = ("2021-11-29T11:00:00+08:00", running());
    let command =
        || Command::EndPresence { activity: activity_id(1), participation: participation.clone() };
    given::<Service>([came(1, AT_NINE)])
        .at(end)
        .when(command())
        .then([])
        .at("2021-12-01T00:00:00+08:00")
        .when(command())
        .then([forgot(1, end)]);
}

#[test]
fn a_check_out_after_the_closing_does_not_stretch_the_time() {
    let closing = "2021-11-29T10:00:00+08:00";
    let participation = participation(Phase::Closed(time(closing)));
    let check_out = Command::CheckOut { activity: activity_id(1), participation };
    given::<Service>([came(1, AT_NINE)])
        .at("2021-11-29T22:00:00+08:00")
        .when(check_out)
        .then([forgot(1, closing)]);
}

#[test]
fn nobody_gives_more_time_than_present() {
    let present = |stays: &[Event]| given::<Service>(stays.to_vec()).by(recorder());
    let record = |minutes| Command::Record(report("09:00", "11:00", minutes));
    // A minute begun counts.
    present(&[came(1, AT_NINE), left(1, "2021-11-29T09:59:01+08:00")]).when(record(60)).granted();
    present(&[came(1, AT_NINE), left(1, "2021-11-29T09:59:00+08:00")])
        .when(record(60))
        .refused("service.longer_than_presence")
        .when(record(59))
        .granted();
    // Two stays add up, and one elsewhere adds nothing.
    let twice = [
        came(1, AT_NINE),
        left(1, "2021-11-29T09:20:00+08:00"),
        came(2, "2021-11-29T09:20:00+08:00"),
        left(2, "2021-11-29T10:30:00+08:00"),
        came(1, "2021-11-29T10:30:00+08:00"),
        left(1, "2021-11-29T11:00:00+08:00"),
    ];
    present(&twice)
        .when(record(51))
        .refused("service.longer_than_presence")
        .when(record(50))
        .granted();
    nothing().when(record(120)).granted(); // without any check-in the activity's length holds
}

/// A record covers its own time, and what one has counted the next does not count again.
#[test]
fn two_records_share_one_presence() {
    let nine_to_half_past = [came(1, AT_NINE), left(1, "2021-11-29T09:30:00+08:00")];
    let first = given::<Service>(nine_to_half_past).by(recorder());
    let record = |from, to, minutes| Command::Record(report(from, to, minutes));
    first.clone().when(record("10:00", "11:00", 1)).refused("service.longer_than_presence");
    first
        .when(record("09:00", "09:20", 20))
        .granted()
        .when(record("09:20", "11:00", 11))
        .refused("service.longer_than_presence")
        .when(record("09:20", "11:00", 10))
        .granted()
        .when(correct(2, report("09:20", "11:00", 11)))
        .refused("service.longer_than_presence");
    // A minute begun counts once.
    let seconds = |from: &str, to: &str| {
        let mut report = report("09:00", "09:01", 1);
        report.started_at = time(&format!("2021-11-29T09:00:{from}+08:00"));
        report.ended_at = time(&format!("2021-11-29T09:00:{to}+08:00"));
        Command::Record(report)
    };
    given::<Service>([came(1, AT_NINE), left(1, "2021-11-29T09:00:40+08:00")])
        .by(recorder())
        .when(seconds("00", "20"))
        .granted()
        .when(seconds("20", "40"))
        .refused("service.longer_than_presence");
}

/// Early to come, late to leave: what lies outside of the activity is no presence at it.
#[test]
fn presence_counts_within_the_activity() {
    let stay = [came(1, "2021-11-29T08:00:00+08:00"), left(1, "2021-11-29T20:00:00+08:00")];
    let early = Phase::Closed(time("2021-11-29T10:00:00+08:00"));
    let record = |minutes| {
        let mut report = report("09:00", "10:00", minutes);
        report.participation.phase = early;
        Command::Record(report)
    };
    given::<Service>(stay).by(recorder()).when(record(60)).granted();
    let came_late = [came(1, "2021-11-29T09:50:00+08:00"), left(1, "2021-11-29T20:00:00+08:00")];
    given::<Service>(came_late)
        .by(recorder())
        .when(record(11))
        .refused("service.longer_than_presence")
        .when(record(10))
        .granted();
}

/// Whoever is in still has been there until now, and until the end at most.
#[test]
fn an_open_presence_counts_until_now() {
    let present = || given::<Service>([came(1, "2021-11-29T10:00:00+08:00")]).by(recorder());
    let record = |to, minutes| {
        let mut report = report("09:00", to, minutes);
        report.participation.phase = Phase::Running;
        Command::Record(report)
    };
    present()
        .at("2021-11-29T10:20:00+08:00")
        .when(record("10:20", 21))
        .refused("service.longer_than_presence")
        .when(record("10:20", 20))
        .granted();
    present()
        .at("2021-11-29T23:00:00+08:00")
        .when(record("11:00", 61))
        .refused("service.longer_than_presence")
        .when(record("11:00", 60))
        .granted();
}

#[test]
fn a_record_says_what_is_out_of_the_ordinary() {
    let flags = |stays: &[Event], walk_in, phase| {
        let mut report = report("09:00", "10:00", 30);
        report.participation = Participation { walk_in, ..participation(phase) };
        let scene = given::<Service>(stays.to_vec()).by(recorder());
        let (_, facts) = scene.when(Command::Record(report)).whatever();
        let [Event::Recorded(recorded)] = &facts[..] else { panic!("{facts:?}") };
        recorded.entry.flags.clone()
    };
    let over = Phase::Closed(time("2021-11-29T11:00:00+08:00"));
    let (here, until) = (came(1, AT_NINE), "2021-11-29T11:00:00+08:00");
    assert_eq!(flags(&[here.clone(), left(1, until)], false, over), []);
    assert_eq!(flags(&[here.clone(), forgot(1, until)], false, over), [Flag::ForgottenCheckOut]);
    assert_eq!(flags(&[], true, over), [Flag::WalkIn]);
    // The activity is over, and nobody has told so far.
    let both = [Flag::WalkIn, Flag::ForgottenCheckOut];
    assert_eq!(flags(&[here], true, over), both);
    assert_eq!(flags(&[came(2, AT_NINE)], false, over), []);
}

#[test]
fn whoever_came_or_has_a_record_served() {
    let served =
        |events: &[Event]| given::<Service>(events.to_vec()).state().served_at(activity_id(1));
    assert!(!served(&[]) && !served(&[came(2, AT_NINE)]));
    assert!(served(&[came(1, AT_NINE)]));
    assert!(served(&[recorded(1, &whole())]));
    let voided = given::<Service>([recorded(1, &whole())]).when(void(1)).granted();
    assert!(!voided.state().served_at(activity_id(1)));
}
