//! How a volunteer stands.

use crate::engine::column::words;

words! {
    /// What the real-name comparison (实名比对) found.
    RealName {
        /// 未比对
        Pending "pending",
        /// 一致
        Matched "matched",
        /// 不一致
        Refused "refused",
    }
}

words! {
    /// Whether a volunteer serves.
    Status {
        /// 在册
        Active "active",
        /// 暂停
        Suspended "suspended",
        /// 退出
        Withdrawn "withdrawn",
        /// 个人信息已删除
        Erased "erased",
    }
}
