//! 依据: what rules, figures and refusals may cite, with what it says and how that was checked.
//!
//! A citation is a title of this table and a place in it: `民法典 §278`, `基层援法议事工作方案 附件1`. A figure that
//! nothing sets says so ([`OWN_DEFAULT`]). What a county adopts names its own sources, which are not judged here.

/// The source of a figure that no law and no document sets.
pub const OWN_DEFAULT: &str = "本程序默认值,由县确定";

/// One place that may be cited.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Title, as a citation writes it.
    pub title: &'static str,
    /// Where: articles of a law (`§21–22`), or a part of a document (`三(一)`).
    pub place: &'static str,
    /// What it says, in one Chinese sentence.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// How that was checked.
    pub checked: Checked,
}

/// How it was checked what a source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// Read in one of the five documents that the program was made from.
    Document,
    /// Read in this copy of the law's text.
    Text(&'static str),
    /// Stated by the program's requirements; the law's own text was not read.
    Requirements,
}

const NOTICE: &str = "关于组建法治志愿者队伍的通知";
const PLAN: &str = "基层援法议事工作方案";
const VILLAGES: &str = "村民委员会组织法";
const VILLAGES_TEXT: Checked = Checked::Text("LawRefBook/Laws 村民委员会组织法(2018-12-29)");
const CIVIL_CODE: &str = "民法典";
const CIVIL_CODE_TEXT: Checked = Checked::Text("LawRefBook/Laws 民法典");
const VOLUNTEERS: &str = "志愿服务条例";
const VOLUNTEERS_TEXT: Checked = Checked::Text("LawRefBook/Laws 志愿服务条例(2017-08-22)");
const RECORDS: &str = "民政部令第67号";
const RECORDS_TEXT: Checked =
    Checked::Text("passwordgloo/Comet-law 志愿服务记录与证明出具办法(试行)");
const PRIVACY: &str = "个人信息保护法";
const PRIVACY_TEXT: Checked = Checked::Text("LawRefBook/Laws 行政法/个人信息保护法");

/// Everything that is cited.
pub const SOURCES: &[Source] = &[
    Source {
        title: NOTICE,
        place: "二(一)",
        zh: "全县建立1万人以上法治志愿者队伍。",
        en: "The county builds up 10 000 volunteers or more.",
        checked: Checked::Document,
    },
    Source {
        title: NOTICE,
        place: "三(一)",
        zh: "每个单位参加人数不少于总人数的60%,党员和入党积极分子不少于小分队总人数的30%。",
        en: "At least 60 % of a unit take part; party members and applicants are at least 30 % of a squad.",
        checked: Checked::Document,
    },
    Source {
        title: NOTICE,
        place: "五(四)",
        zh: "11月23日中午下班前上报管理员,11月30日之前将队伍组建完成,实时通报进展。",
        en: "Administrators are reported by noon of 23 November, squads are complete by 30 November; progress is told as it goes.",
        checked: Checked::Document,
    },
    Source {
        title: PLAN,
        place: "三(一)",
        zh: "镇、村分别成立领导小组,组长为镇分管领导、村支部书记;村领导小组由两委成员、法律顾问、网格员、调解员、法律明白人、群众代表组成。",
        en: "Town and village have leading groups, headed by the town leader in charge and the branch secretary; the village's consists of both committees, legal adviser, grid workers, mediators, legal readers and representatives.",
        checked: Checked::Document,
    },
    Source {
        title: PLAN,
        place: "三(二)",
        zh: "网上表达的需求和意见及时解答和反馈;灵活采取广场议事、楼栋议事、现场议事等形式。",
        en: "What is asked online is answered in time; people also deliberate on the square, in their building or on site.",
        checked: Checked::Document,
    },
    Source {
        title: PLAN,
        place: "三(三)",
        zh: "骨干队伍由法律明白人、志愿服务队、网格员、法律顾问、优秀党员组成;监督小组由退休老党员、群众代表、志愿者等组成,监督议定事项的执行、落实。",
        en: "The backbone consists of legal readers, volunteers, grid workers, legal advisers and excellent party members; the supervision group of retired party members, representatives and volunteers, who supervise that decisions are carried out.",
        checked: Checked::Document,
    },
    Source {
        title: PLAN,
        place: "三(四)",
        zh: "通过日常工作不断细化、补充清单内容。",
        en: "The lists of topics grow with the daily work.",
        checked: Checked::Document,
    },
    Source {
        title: PLAN,
        place: "三(五)",
        zh: "领导小组每月召集议事会,形成有议题、有过程、有结果的记录并公示;建立急事急议、特事特议制度;公示后无异议的明确专人执行;监督小组向党支部反馈,会上通报,最终完成情况公示。",
        en: "The leading group calls the council together every month; topic, process and result are recorded, the decision is publicised; urgent and special matters have a way of their own; what has no objection is assigned to a person; the supervision group tells the branch, a meeting hears of it, the completion is publicised.",
        checked: Checked::Document,
    },
    Source {
        title: PLAN,
        place: "五",
        zh: "工作站达到“五有”;群众认可度和满意率达到90%以上。",
        en: "A station has the five items; approval and satisfaction reach 90 %.",
        checked: Checked::Document,
    },
    Source {
        title: PLAN,
        place: "附件1",
        zh: "议事清单:一般事项8项,集中居住小区个性事项11项。",
        en: "What is deliberated: 8 general items and 11 of estates.",
        checked: Checked::Document,
    },
    Source {
        title: PLAN,
        place: "附件2",
        zh: "登记簿:时间、地点、登记人、咨询人、咨询方式、联系电话、具体问题、解决方式、备注。",
        en: "The register has time, place, who registered, who asked, how, telephone, question, how it was settled, remarks.",
        checked: Checked::Document,
    },
    Source {
        title: PLAN,
        place: "附件3",
        zh: "会议记录:时间、地点、参加人员、议题、内容、处理意见、记录人。",
        en: "Minutes have time, place, who took part, topics, content, what is to be done, recorder.",
        checked: Checked::Document,
    },
    Source {
        title: PLAN,
        place: "附件4",
        zh: "各村(社区)法律顾问名单。",
        en: "The list of the villages' legal advisers.",
        checked: Checked::Document,
    },
    Source {
        title: "郑州市关于加快推进志愿服务发展促进社会治理创新的意见",
        place: "一(三)",
        zh: "到2025年,注册志愿者人数达到全市常住人口的15%。",
        en: "By 2025 registered volunteers come to 15 % of the city's inhabitants.",
        checked: Checked::Document,
    },
    Source {
        title: VILLAGES,
        place: "§11",
        zh: "村民委员会每届任期五年。",
        en: "A villagers' committee has a term of five years.",
        checked: VILLAGES_TEXT,
    },
    Source {
        title: VILLAGES,
        place: "§21–22",
        zh: "村民会议应提前十天通知,有过半数村民或者三分之二以上户的代表参加,经到会人员过半数通过。",
        en: "A villagers' assembly is called ten days before; more than half of the villagers or two thirds of the households attend, more than half of those present agree.",
        checked: VILLAGES_TEXT,
    },
    Source {
        title: VILLAGES,
        place: "§23–25",
        zh: "村民会议可以授权由村民委员会成员和村民代表组成的村民代表会议讨论决定。",
        en: "The assembly may leave its decisions to the representatives' meeting of committee members and representatives.",
        checked: VILLAGES_TEXT,
    },
    Source {
        title: VILLAGES,
        place: "§26",
        zh: "村民代表会议有三分之二以上的组成人员参加方可召开,经到会人员过半数同意。",
        en: "Two thirds of the representatives' meeting attend; more than half of those present agree.",
        checked: VILLAGES_TEXT,
    },
    Source {
        title: VILLAGES,
        place: "§32",
        zh: "村务监督机构成员由村民会议或者村民代表会议推选;村民委员会成员及其近亲属不得担任。",
        en: "Who supervises a village is elected by the assembly or the representatives; committee members and their near relatives are excluded.",
        checked: VILLAGES_TEXT,
    },
    Source {
        title: CIVIL_CODE,
        place: "§17",
        zh: "不满十八周岁的自然人为未成年人。",
        en: "Who is under 18 is a minor.",
        checked: CIVIL_CODE_TEXT,
    },
    Source {
        title: CIVIL_CODE,
        place: "§19–20",
        zh: "未成年人为限制或者无民事行为能力人,由其法定代理人代理或者同意。",
        en: "Minors have limited or no capacity; their legal representatives act for them or consent.",
        checked: CIVIL_CODE_TEXT,
    },
    Source {
        title: CIVIL_CODE,
        place: "§278",
        zh: "业主共同决定须面积和人数均占三分之二以上的业主参与表决,经参与表决的过半数同意,改变用途等须四分之三以上。",
        en: "Owners of two thirds by area and heads take part; more than half of those agree, three quarters for a change of use and the like.",
        checked: CIVIL_CODE_TEXT,
    },
    Source {
        title: "物业管理条例",
        place: "§14",
        zh: "召开业主大会会议,应于会议召开15日以前通知全体业主。",
        en: "All owners are told of their meeting 15 days before.",
        checked: Checked::Text("LawRefBook/Laws 物业管理条例(2018-03-19)"),
    },
    Source {
        title: VOLUNTEERS,
        place: "§15",
        zh: "安排的活动应与志愿者的年龄、知识、技能和身体状况相适应。",
        en: "Work suits the volunteer's age, knowledge, skills and health.",
        checked: VOLUNTEERS_TEXT,
    },
    Source {
        title: VOLUNTEERS,
        place: "§17",
        zh: "安排参与可能发生人身危险的活动前,应为志愿者购买人身意外伤害保险。",
        en: "Volunteers are insured before work that may endanger them.",
        checked: VOLUNTEERS_TEXT,
    },
    Source {
        title: VOLUNTEERS,
        place: "§25",
        zh: "任何组织和个人不得强行指派志愿者提供服务。",
        en: "Nobody is made to volunteer.",
        checked: VOLUNTEERS_TEXT,
    },
    Source {
        title: RECORDS,
        place: "§4–8",
        zh: "记录个人基本信息、服务情况(名称、日期、地点、内容、实际付出的时间、组织单位、负责人)、培训、表彰奖励和评价。",
        en: "A record holds the person, the service (name, date, place, content, time really given, organiser, person in charge), training, honours and evaluation.",
        checked: RECORDS_TEXT,
    },
    Source {
        title: RECORDS,
        place: "§11",
        zh: "服务和评价在结束后10个工作日内记录。",
        en: "Service and evaluation are recorded within 10 working days of the end.",
        checked: RECORDS_TEXT,
    },
    Source {
        title: RECORDS,
        place: "§13",
        zh: "志愿者发现记录有错误、缺漏的,可以提出,组织核实后修改、补充。",
        en: "Volunteers may say what is wrong or missing in their records; the organisation checks and corrects it.",
        checked: RECORDS_TEXT,
    },
    Source {
        title: PRIVACY,
        place: "§6",
        zh: "处理个人信息应有明确、合理的目的,采取影响最小的方式,收集限于最小范围。",
        en: "Personal data is used for a clear and reasonable purpose, in the least harmful way, and collected as little as that needs.",
        checked: PRIVACY_TEXT,
    },
    Source {
        title: PRIVACY,
        place: "§25",
        zh: "公开个人信息须取得单独同意。",
        en: "To publish personal data takes a consent of its own.",
        checked: PRIVACY_TEXT,
    },
    Source {
        title: PRIVACY,
        place: "§44",
        zh: "个人对其个人信息的处理享有知情权、决定权。",
        en: "People may know and decide what is done with their data.",
        checked: PRIVACY_TEXT,
    },
    Source {
        title: PRIVACY,
        place: "§46",
        zh: "个人信息不准确或者不完整的,个人有权请求更正、补充。",
        en: "People may have data corrected that is wrong or incomplete.",
        checked: PRIVACY_TEXT,
    },
    Source {
        title: PRIVACY,
        place: "§47",
        zh: "目的已实现、撤回同意等情形应删除个人信息;难以删除的,停止除存储和安全保护外的处理。",
        en: "Data is deleted once its purpose is reached or the consent withdrawn; where that cannot be, it is only stored and protected.",
        checked: PRIVACY_TEXT,
    },
    Source {
        title: "老年人权益保障法",
        place: "§2",
        zh: "老年人是指六十周岁以上的公民。",
        en: "The elderly are citizens of 60 and more.",
        checked: Checked::Text("LawRefBook/Laws 老年人权益保障法"),
    },
    Source {
        title: "全国年节及纪念日放假办法",
        place: "§2",
        zh: "全体公民放假的节日:元旦、春节、清明节、劳动节、端午节、中秋节、国庆节。",
        en: "Days off for all: New Year, Spring Festival, Qingming, Labour Day, Dragon Boat, Mid-Autumn, National Day.",
        checked: Checked::Text("LawRefBook/Laws 全国年节及纪念日放假办法(2024-11-10)"),
    },
    Source {
        title: "山东省村务公开条例",
        place: "§16–17",
        zh: "对公开事项的异议在5日内答复,不服的向上反映。",
        en: "An objection is answered within 5 days and goes up after that.",
        checked: Checked::Requirements,
    },
];
