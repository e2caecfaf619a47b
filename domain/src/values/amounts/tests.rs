use super::*;

#[test]
fn ninety_minutes_at_one_point_an_hour_are_one_and_a_half() {
    let earned = Points::earned_by(Minutes(90), Points(100));
    assert_eq!(earned.to_string(), "1.50");
    assert_eq!(Points::earned_by(Minutes(10), Points(100)), Points(16));
}

#[test]
fn debts_show_their_sign() {
    assert_eq!(Points(-5).to_string(), "-0.05");
}
