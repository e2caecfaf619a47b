//! 单位名称: the kinds of offices that every county has. Which people serve in them is made up.

/// Departments that others are attributed to come first, so that the smallest county has them.
pub const DEPARTMENTS: [&str; 40] = [
    "县公安局",
    "县司法局",
    "县教育局",
    "县卫生健康局",
    "县市场监督管理局",
    "县综合行政执法局",
    "县委政法委",
    "县人民法院",
    "县人民检察院",
    "县委组织部",
    "县委宣传部",
    "县委统战部",
    "县委办公室",
    "县府办公室",
    "县发展和改革局",
    "县经济和信息化局",
    "县民政局",
    "县财政局",
    "县人力资源和社会保障局",
    "县自然资源和规划局",
    "县住房和城乡建设局",
    "县交通运输局",
    "县水利和渔业局",
    "县农业农村局",
    "县商务局",
    "县文化和广电旅游体育局",
    "县退役军人事务局",
    "县应急管理局",
    "县审计局",
    "县统计局",
    "县医疗保障局",
    "县信访局",
    "县税务局",
    "县气象局",
    "县总工会",
    "团县委",
    "县妇联",
    "县科协",
    "县残联",
    "县消防救援大队",
];

/// What each town has of a department's: 名称, 类别, the department's place in [`DEPARTMENTS`].
pub const IN_EVERY_TOWN: [(&str, &str, usize); 7] = [
    ("派出所", "派驻站所", 0),
    ("司法所", "派驻站所", 1),
    ("市场监管所", "派驻站所", 4),
    ("综合执法队", "派驻站所", 5),
    ("卫生院", "卫生院", 3),
    ("中心小学", "学校", 2),
    ("初级中学", "学校", 2),
];

/// Companies; plainly made up.
pub const ENTERPRISES: [&str; 12] = [
    "示例水产有限公司",
    "示例针织有限公司",
    "示例船舶修造有限公司",
    "示例港口物流有限公司",
    "示例建设集团有限公司",
    "示例模具有限公司",
    "示例旅游发展有限公司",
    "示例食品有限公司",
    "示例新能源有限公司",
    "示例供水有限公司",
    "示例公共交通有限公司",
    "示例商贸有限公司",
];

/// Social organisations; plainly made up.
pub const ORGANISATIONS: [&str; 6] = [
    "示例义工协会",
    "示例人民调解协会",
    "示例心理咨询协会",
    "示例律师公益服务中心",
    "示例渔民互助会",
    "示例巡逻志愿服务队",
];
