//! 议题内容: what villages deliberate.

use domain::station::List;

/// One sort of problem.
#[derive(Debug)]
pub struct Subject {
    /// The item of the list.
    pub topic: &'static str,
    /// Which list.
    pub list: List,
    /// 议题.
    pub title: &'static str,
    /// 地点, after the village's name.
    pub place: &'static str,
    /// 具体问题.
    pub problem: &'static str,
    /// What a meeting decides.
    pub remedy: &'static str,
}

macro_rules! subjects {
    ($($list:ident $topic:literal $title:literal $place:literal $problem:literal $remedy:literal;)+) => {
        &[$(Subject {
            topic: $topic,
            list: List::$list,
            title: $title,
            place: $place,
            problem: $problem,
            remedy: $remedy,
        }),+]
    };
}

impl Subject {
    /// 重大事项: whether it takes the way of 四议两公开.
    #[must_use]
    pub fn is_great(&self) -> bool {
        self.topic == "G1"
    }
}

/// The estate's subjects come last, so that a village without an estate leaves them out.
pub const SUBJECTS: &[Subject] = subjects! {
    General "G1" "村规民约红白事条款修订" "文化礼堂" "村规民约对红白事规模没有约定,攀比之风较重" "增加红白事规模和报备条款,张贴并逐户告知";
    General "G2" "垃圾分类投放点整治" "二组路口" "投放点容量不足,周末垃圾外溢" "增设两组分类桶,周末加一次清运";
    General "G2" "沟渠清淤" "村南沟渠" "沟渠淤积,夏天有异味,雨天漫水" "组织清淤,每季度巡查一次";
    General "G3" "村口空地共用方案" "村口空地" "空地被杂物占用,晒谷和停车相争" "清走杂物,划出晒谷区和临时停车区";
    General "G4" "路灯维修" "主路东段" "三盏路灯不亮,老人夜间出行不便" "更换灯具,明确报修电话和每月检查";
    General "G4" "过水桥护栏修缮" "过水桥" "护栏松动,学生上下学有隐患" "更换护栏,修缮前设置警示";
    General "G5" "重阳敬老活动安排" "文化礼堂" "往年活动形式单一,希望多听老人意见" "采用座谈加义诊的形式,名单公开";
    General "G6" "篮球场养护" "中心广场" "地面开裂,夜间灯光扰邻" "修补地面,灯光晚九点关闭";
    General "G7" "灌溉用水次序协调" "东片农田" "旱时几户因放水先后争执" "按片轮灌,张贴轮次表,专人管水闸";
    General "G8" "快递临时存放点" "便民服务站" "快递堆在门口,常有错拿" "设置货架,按楼组分放,登记领取";
    Estate "E1" "停车位划分方案" "小区" "车位少,固定和临时车位没有区分" "按门牌轮换划分,公示每季轮换表";
    Estate "E3" "集中充电桩选址" "小区北侧" "电动车拉线充电,有火灾隐患" "在北侧空地集中设置充电桩和雨棚";
    Estate "E5" "污水管道改造" "3至5幢" "管道老化,雨天返水" "分段更换管道,施工期间临时排水";
    Estate "E6" "楼道杂物清理" "各单元" "楼道堆放杂物,占用消防通道" "限期自清,到期由志愿者协助清理";
};

/// What cannot wait for a meeting.
pub const URGENT: Subject = Subject {
    topic: "G4",
    list: List::General,
    title: "台风前危墙拆除",
    place: "老供销社北墙",
    problem: "北墙开裂倾斜,风雨将至,行人经过有危险",
    remedy: "设置围挡并先行拆除,费用按村务支出程序列支",
};

/// Those that a village may have.
pub fn of(estate: bool) -> &'static [Subject] {
    let general = SUBJECTS.iter().take_while(|subject| subject.list == List::General).count();
    if estate { SUBJECTS } else { &SUBJECTS[..general] }
}
