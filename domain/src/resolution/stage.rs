use serde::{Deserialize, Serialize};

named! {
    /// How far a resolution has come.
    Stage {
        Adopted "adopted" "已通过",
        Publicised "publicised" "公示中",
        AwaitingCorrection "awaiting_correction" "待修正",
        Closed "closed" "公示期满",
        Executing "executing" "执行中",
        Claimed "claimed" "待核实",
        Verified "verified" "已核实",
        Completed "completed" "已完成",
        Withdrawn "withdrawn" "已撤销",
    }
}
