//! Why something that was imported is not taken back.

domain::refusals! {
    /// Why an import's facts about somebody or something stay.
    pub enum Stays {
        RestedOn {} "import.rested_on" =>
            "此后已有其他事项以此为据;导入的内容保留,如有误请逐项更正。",
            "Later facts rest on what was imported; it stays, and is corrected item by item where it is wrong.";
        ChangedSince {} "import.changed_since" =>
            "此后又有变更;现有内容保留。",
            "It was changed again since; what stands now stays.";
        KeptNoLonger {} "import.kept_no_longer" =>
            "导入前的个人信息已过保留期(30天)而销毁,无法恢复;请用“更正个人信息”办理。",
            "What stood before was kept for 30 days and is destroyed; use the correction of personal data.";
        TaskTakenOver {} "import.task_taken_over" =>
            "下达任务数时还没有行动,此后已发起行动,任务数以行动为准;请在行动中重新下达。",
            "The task was given before there was any campaign, and campaigns have tasks of their own since; give it anew in one.";
        Standing {} "import.unit_stands" =>
            "单位、小分队、归口和管理员一经登记即有历史,不随导入撤销;请更正,或由其他单位承接。",
            "A unit, its squad, its attribution and its administrator stay once recorded; correct them, or let another unit succeed.";
    }
}
