use jiff::civil::{date, time};

use super::{Moment, minutes, moment, read};
use domain::start_of_day;

#[test]
fn times_are_read_as_clerks_write_them() {
    let of_the_day = [
        ("9:00", time(9, 0, 0, 0)),
        ("14:30:15", time(14, 30, 15, 0)),
        ("9时", time(9, 0, 0, 0)),
        ("9点半", time(9, 30, 0, 0)),
        ("9时05分", time(9, 5, 0, 0)),
        ("上午9:00", time(9, 0, 0, 0)),
        ("下午2:30", time(14, 30, 0, 0)),
        ("晚上 7点", time(19, 0, 0, 0)),
        ("中午12:10", time(12, 10, 0, 0)),
        ("中午11:30", time(11, 30, 0, 0)),
        ("中午1点", time(13, 0, 0, 0)),
        ("下午12:30", time(12, 30, 0, 0)),
        ("晚上12:00", time(0, 0, 0, 0)),
        ("晚上1点", time(1, 0, 0, 0)),
        ("晚上11:59", time(23, 59, 0, 0)),
        ("0.375", time(9, 0, 0, 0)),
        ("0.604166666666667", time(14, 30, 0, 0)),
        ("1899-12-31 09:00:00", time(9, 0, 0, 0)),
    ];
    for (text, expected) in of_the_day {
        assert_eq!(moment(text).ok(), Some(Moment::OfTheDay(expected)), "{text}");
    }
    let midnight = Moment::Exact(date(2021, 11, 21).at(0, 0, 0, 0));
    assert_eq!(moment("2021-11-20 晚上12:00").ok(), Some(midnight));
    let exact = date(2021, 11, 20).at(9, 30, 0, 0);
    for text in [
        "2021-11-20 9:30",
        "2021/11/20 09:30:00",
        "2021年11月20日 9时30分",
        "2021年11月20日上午9点半",
        "2021-11-20T09:30",
        "20211120 9:30",
    ] {
        assert_eq!(moment(text).ok(), Some(Moment::Exact(exact)), "{text}");
    }
    for text in [
        "",
        "早",
        "24:00",
        "9:60",
        "9",
        "930",
        "2021-11-20",
        "2021-02-30 9:00",
        "-1:00",
        "9:5:1:1",
        "0.",
    ] {
        assert_eq!(moment(text).map_err(|why| why.code), Err("sign_in.time"), "{text}");
    }
}

#[test]
fn a_time_alone_is_of_the_day_it_is_put_on() {
    let nine = Moment::OfTheDay(time(9, 0, 0, 0));
    assert_eq!(nine.on(date(2021, 11, 20)).to_string(), "2021-11-20T01:00:00Z");
    let exact = Moment::Exact(date(2021, 11, 21).at(0, 0, 0, 0));
    assert_eq!(exact.on(date(2021, 11, 20)), start_of_day(date(2021, 11, 21)));
}

#[test]
fn lengths_are_whole_minutes() {
    for (text, expected) in
        [("120", 120), ("90分钟", 90), ("45分", 45), ("2小时", 120), ("1小时30分", 90)]
    {
        assert_eq!(minutes(text).ok(), Some(expected), "{text}");
    }
    for text in ["0", "-5", "1.5", "一小时", "10081", "小时", "99999999999", "4294967295小时"]
    {
        assert_eq!(minutes(text).map_err(|why| why.code), Err("sign_in.minutes"), "{text}");
    }
}

#[test]
fn every_row_is_read_or_says_what_is_wrong() {
    let sheet = "志愿者编号,签到,签退,分钟,备注
V0123456789AB,９：００,11：00,,发放宣传册
V0123456789AB,13:00,,60,
V0123456789AC,9:00,,,
V0123456789AB,9:00,10:00,,
张三,9:00,11:00,,
V0123456789AD,早上,11:00,,
V0123456789AE,9:00,11:00,,电话13800138000
";
    let reading = read(sheet.as_bytes()).unwrap();
    assert_eq!((reading.total, reading.rows.len()), (7, 2));
    let first = &reading.rows[0].value;
    assert_eq!(first.remark.as_ref().map(|text| text.as_str()), Some("发放宣传册"));
    assert_eq!(
        (first.activity, first.minutes, reading.rows[1].value.minutes),
        (None, None, Some(60))
    );
    let found: Vec<_> = reading
        .problems
        .iter()
        .map(|problem| (problem.at().row, problem.column.as_str(), problem.code))
        .collect();
    assert_eq!(
        found,
        [
            (4, "签退", "sign_in.no_end"),
            (5, "签到", "sign_in.repeated"),
            (6, "志愿者编号", "value.person"),
            (7, "签到", "sign_in.time"),
            (8, "备注", "value.personal_data"),
        ]
    );
    assert!(!format!("{:?}", reading.problems).contains("张三"));
}
