use super::{is_of_a_list, is_of_one, says_nothing};

#[test]
fn a_purpose_says_what_the_data_is_read_for() {
    for empty in
        ["无", "看看", "1", "111", "。。。", "工作需要", " 查看 ", "Test", "aaa", "其他。", ""]
    {
        assert!(says_nothing(empty), "{empty:?}");
    }
    for full in
        ["电话回访", "核对花名册", "注册 register", "实名比对:2022年8月", "补发证书", "call back"]
    {
        assert!(!says_nothing(full), "{full:?}");
    }
    assert!(is_of_one("办理本人申请") && is_of_one("投诉核查。") && !is_of_one("打印花名册"));
    assert!(is_of_one("办理本人申请,再核"), "whatever is written behind it");
    assert!(is_of_a_list("打印花名册") && is_of_a_list("实名比对:2022年8月"));
    assert!(!is_of_a_list("电话回访"));
}
