#![allow(clippy::unwrap_used)]

use super::*;

const HEADER: &str = "楼栋,单元,赞成人数,赞成面积,反对人数,反对面积,弃权人数,弃权面积\n";

fn read_table(rows: &str, by_area: bool) -> Reading<Entry> {
    read(format!("{HEADER}{rows}").as_bytes(), by_area).unwrap()
}

fn found(reading: &Reading<Entry>) -> Vec<(u32, &str, &str)> {
    reading.problems.iter().map(|one| (one.row, one.column.as_str(), one.code)).collect()
}

#[test]
fn rows_tell_heads_and_hundredths_of_square_metres() {
    let reading =
        read_table("3号楼,1单元,20,1790.5,2,179,0,\n3号楼,2单元,8,720.25,0,0,1,90\n", true);
    assert_eq!(found(&reading), []);
    let share = |heads, area| Share { heads, area };
    let first =
        Ballots { agree: share(20, 179_050), against: share(2, 17_900), ..Ballots::default() };
    assert_eq!(
        reading.rows[0].value,
        Entry { building: Text::new("3号楼").unwrap(), count: first }
    );
    assert_eq!(reading.rows[1].value.count.cast(), share(9, 81_025));
}

#[test]
fn where_area_does_not_count_it_is_left_out() {
    let reading = read("村民小组,赞成,反对,弃权\n一组,12,1,0\n".as_bytes(), false).unwrap();
    assert_eq!((found(&reading), reading.total), (vec![], 1));
    let reading = read_table("一组,,12,900,1,,0,\n", false);
    assert_eq!(reading.rows[0].value.count.cast(), Share { heads: 13, area: 0 });
}

#[test]
fn every_cell_that_is_not_taken_is_named() {
    let rows = "3号楼,1单元,20,1790.5,2,179,0,\n3号楼,1单元,8,720,0,0,1,90\n,,5,400,0,0,0,0\n\
        5号楼,,很多,400,0,0,0,0\n6号楼,,5,4.005,0,0,0,0\n7号楼,,5,0,0,10,0,\n8号楼,,5,400,,0,0,0\n\
        合计,,28,2510.5,2,179,1,90\n";
    let reading = read_table(rows, true);
    let expected = [
        (3, "楼栋", "counting.repeated"),
        (4, "楼栋", "row.blank"),
        (5, "赞成人数", "row.count"),
        (6, "赞成面积", "counting.area"),
        (7, "赞成面积", "counting.area_of_votes"),
        (7, "反对面积", "counting.area_of_votes"),
        (8, "反对人数", "row.blank"),
        (9, "楼栋", "counting.sum"),
    ];
    assert_eq!(found(&reading), expected);
    assert_eq!((reading.rows.len(), reading.total), (1, 8));
}
