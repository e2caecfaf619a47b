//! 活动内容: what the seven kinds of service look like.

use domain::activity::{Class, Kind};
use domain::service::Counter;

/// One sort of activity.
#[derive(Debug)]
pub struct Theme {
    /// 服务类别.
    pub kind: Kind,
    /// 三类之一.
    pub class: Class,
    /// 活动名称.
    pub title: &'static str,
    /// 地点, after the unit's name.
    pub place: &'static str,
    /// 服务内容.
    pub content: &'static str,
    /// What one person brings about, and how many at most.
    pub outcome: (Counter, u32),
}

macro_rules! themes {
    ($($kind:ident $class:ident $title:literal $place:literal $content:literal $counter:ident $most:literal;)+) => {
        &[$(Theme {
            kind: Kind::$kind,
            class: Class::$class,
            title: $title,
            place: $place,
            content: $content,
            outcome: (Counter::$counter, $most),
        }),+]
    };
}

/// What squads do by turns; all seven kinds.
pub const THEMES: &[Theme] = themes! {
    PublicOrder Governance "集市秩序维护" "集贸市场" "维护集市秩序,引导车辆停放" Hazards 3;
    PublicOrder Governance "护学岗" "学校门口" "上下学时段疏导交通,护送学生" Activities 1;
    LegalPublicity PublicWelfare "宪法宣传进乡村" "文化礼堂" "讲解宪法和民法典,发放宣传册" Leaflets 60;
    LegalPublicity PublicWelfare "反诈宣传进企业" "职工之家" "讲解常见骗局,发放宣传册" Leaflets 40;
    LegalPublicity PublicWelfare "法治宣讲进校园" "报告厅" "以案说法,讲解未成年人保护法" Sessions 1;
    LegalService Professional "法律咨询日" "公共法律服务站" "解答群众法律咨询,指引申请法律援助" Consultations 8;
    DisputeMediation Professional "邻里纠纷调解" "人民调解室" "协助人民调解员化解邻里和家庭纠纷" Disputes 2;
    LegalInspection Governance "法治督察走访" "便民服务中心" "走访办事窗口,收集群众意见" Information 3;
    SatisfactionSurvey Governance "法治建设满意度测评" "村居活动室" "入户发放和回收测评问卷" Questionnaires 20;
    Other PublicWelfare "海塘清洁与普法" "海塘" "清理海塘垃圾,宣传海洋环境保护法" Activities 1;
};

/// What the very active do, twice a week.
pub const PATROL: Theme = Theme {
    kind: Kind::PublicOrder,
    class: Class::Governance,
    title: "夜间义务巡逻",
    place: "各村主要道路",
    content: "夜间巡逻,发现并上报消防和治安隐患",
    outcome: (Counter::Hazards, 2),
};

/// Work that may endanger who takes part.
pub const RESCUE: Theme = Theme {
    kind: Kind::PublicOrder,
    class: Class::Governance,
    title: "防台抗洪应急值守",
    place: "沿海低洼地带",
    content: "转移群众,值守路口,排查险情",
    outcome: (Counter::Hazards, 5),
};
