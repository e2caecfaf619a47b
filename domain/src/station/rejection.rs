use jiff::civil::Date;

use super::{Group, Item};
use crate::values::Flaw;
use crate::{Month, PersonId, TopicCode, UnitCode};

refusals! {
    /// Why a station's command is refused.
    pub enum Rejection {
        NotOpen {} "station.not_open" at "station" =>
            "该单位尚未设立援法议事工作站;请先设立。",
            "The unit has no station yet; open it first.";
        AlreadyOpen {} "station.already_open" at "station" =>
            "工作站已设立。", "The station is open already.";
        UnknownUnit { unit: UnitCode } "station.unknown_unit" absent at "unit" =>
            "单位代码{unit}不存在。", "There is no unit {unit}.";
        EndedUnit { successor: UnitCode } "station.ended_unit" at "unit" =>
            "该单位已由{successor}承接;工作站的设立和议事由承接单位办理。",
            "The unit was succeeded by {successor}; the station and its meetings are that unit's now.";
        County {} "station.county" at "unit" =>
            "县不设工作站;请在村(社区)或其他下级单位设立。",
            "The county itself has no station; open it for a village, a community or another unit below.";
        NoEvidence {} "station.no_evidence" at "evidence" =>
            "请附佐证材料,至少一份。", "Show it by at least one piece of evidence.";
        TooMuchEvidence { limit: usize } "station.too_much_evidence" at "evidence" =>
            "佐证材料最多{limit}份。", "At most {limit} pieces of evidence.";
        EvidenceTwice {} "station.evidence_twice" at "evidence" =>
            "同一份佐证材料只附一次。", "Name each piece of evidence once.";
        ItemNotThere { item: Item } "station.item_not_there" at "item" =>
            "“{item}”尚未达标,无从失格。", "The {item:#} was not shown to be there, so it cannot be lost.";
        Backwards {} "station.backwards" at "until" =>
            "任期届满日应晚于起始日。", "The term must end after its first day.";
        TermTooLong { latest: Date, years: u8 } "station.term_too_long" at "until" =>
            "任期最长{years}年,届满日应为{latest}或以前;期满可以连任。",
            "A term lasts at most {years} years, here until {latest}; appoint anew after it.";
        TermFarOff { earliest: Date, latest: Date } "station.term_far_off" at "from" =>
            "任期起始日应在{earliest}至{latest}之间。",
            "The term must begin between {earliest} and {latest}.";
        AlreadyAppointed { member: PersonId, until: Date } "station.already_appointed" at "member" =>
            "{member}在该组的任期到{until}止;新任期应在其后开始,或先办理离任。",
            "{member} sits in the group until {until}; begin the new term after it, or let them leave first.";
        GroupFull { limit: usize } "station.group_full" at "group" =>
            "一个组最多{limit}名成员。", "A group has at most {limit} members.";
        SitsOnBothSides { member: PersonId, other: Group } "station.sits_on_both_sides" at "group" =>
            "{member}任期内在{other};监督小组成员不得同时在领导小组或任两委成员(参照村民委员会组织法§32)。",
            "{member} sits in the group {other:#} within the term; who supervises is neither in the leading group nor on the committees (after 村民委员会组织法 §32).";
        CommitteeSupervises {} "station.committee_supervises" at "capacity" =>
            "两委成员和支部书记不得担任监督小组成员;请聘任退休老党员、群众代表或志愿者(参照村民委员会组织法§32)。",
            "Committee members and branch secretaries do not supervise; appoint retired party members, representatives or volunteers (after 村民委员会组织法 §32).";
        RelativeOnOtherSide { member: PersonId, relative: PersonId } "station.relative_on_other_side" at "member" =>
            "{member}是{relative}的近亲属;监督小组成员不得是领导小组成员或两委成员的近亲属(参照村民委员会组织法§32)。",
            "{member} is a near relative of {relative}; who supervises is no near relative of the leading group or the committees (after 村民委员会组织法 §32).";
        NeedsElection {} "station.needs_election" at "election" =>
            "监督小组成员由群众推选或推荐产生(参照村民委员会组织法§32);请先登记推选结果,再按该次推选聘任。",
            "Residents elect or recommend who supervises (after 村民委员会组织法 §32); record the election first, then appoint by its number.";
        NotByElection {} "station.not_by_election" at "election" =>
            "只有监督小组成员的聘任以推选为依据;聘任其他成员请不填推选号。",
            "Only appointments to the supervision group rest on an election; leave its number out for other groups.";
        UnknownElection { election: u32 } "station.unknown_election" at "election" =>
            "本站没有第{election}次推选;请填写已登记的推选号。",
            "There is no election {election} of this station; give the number of one that was recorded.";
        NotElected { election: u32 } "station.not_elected" at "member" =>
            "此人不在第{election}次推选结果之列;请聘任当选的人,用推选登记时得到的编号。",
            "They are not among those whom election {election} chose; appoint one who is, by the number that the record of the election gave them.";
        BeforeElection { held_on: Date } "station.before_election" at "from" =>
            "任期自推选之日{held_on}或以后开始。",
            "The term begins on the day of the election, {held_on}, or later.";
        OwnElection {} "station.own_election" at "actor" =>
            "登记推选结果的人不能据此聘任;请由他人办理。",
            "Who recorded the election does not appoint by it; somebody else does.";
        NobodyBehind {} "station.nobody_behind" at "actor" =>
            "监督小组的推选登记、聘任和离任由登记了使用人编号的账号办理;请用本人账号。",
            "Elections, appointments and leavings of supervisors are recorded from an account of a person's own; use one behind which somebody is known.";
        Watched {} "station.watched" at "actor" =>
            "领导小组成员、两委成员和议事会成员受监督小组监督,不办理其推选登记、聘任和离任(参照村民委员会组织法§32);请由其他人办理。",
            "Who governs or sits in the council is supervised, and records no election, appointment or leaving of supervisors (after 村民委员会组织法 §32); let somebody else do it.";
        CouncilElects {} "station.council_elects" at "body" =>
            "议事会不能推选监督它的人;请由村民会议、村民代表会议或业主推选。",
            "The council does not choose who supervises it; the villagers' meeting, their representatives or the owners do.";
        ElectionDay { earliest: Date, latest: Date } "station.election_day" at "held_on" =>
            "推选日应在{earliest}至{latest}之间。",
            "The day of the election must be between {earliest} and {latest}.";
        NobodyElected {} "station.nobody_elected" at "elected" =>
            "请至少填写一名当选人。", "Name at least one who was elected.";
        ElectedOneself {} "station.elected_oneself" at "actor" =>
            "当选人不能登记自己当选的结果;请由他人登记。",
            "Who was elected does not record it; somebody else does.";
        NotRelated { member: PersonId, relative: PersonId } "station.not_related" at "relative" =>
            "{member}与{relative}没有登记为近亲属,无从终止。",
            "{member} and {relative} are not on record as near relatives, so there is nothing to end.";
        KinshipAhead { today: Date } "station.kinship_ahead" at "ended_on" =>
            "近亲属关系终止日应为{today}或以前。", "The tie must have ended on {today} or before.";
        OwnKinship {} "station.own_kinship" at "actor" =>
            "近亲属关系的双方不能自行登记终止;请由他人登记。",
            "Neither of the two records that their tie ended; somebody else does.";
        NotInGroup { member: PersonId } "station.not_in_group" at "member" =>
            "{member}不在该组任职。", "{member} holds no office in this group.";
        OwnRelative {} "station.own_relative" at "relatives" =>
            "本人不是自己的近亲属。", "Nobody is a relative of their own.";
        TooManyRelatives { limit: usize } "station.too_many_relatives" at "relatives" =>
            "近亲属最多申报{limit}人。", "At most {limit} near relatives are declared.";
        Households { most: u32 } "station.households" at "households" =>
            "户数应为1至{most}。", "A station has 1 to {most} households.";
        HouseholdsInFuture { today: Date } "station.households_in_future" at "as_of" =>
            "户数的截至日应为{today}或以前。", "The figure is as of {today} or before.";
        OwnHouseholds {} "station.own_households" at "actor" =>
            "户数决定满意度测评的发放户数,由县或镇(街道)等上级单位登记,本站账号不得登记。",
            "The households bound the ballots of surveys; the county or a unit above states them, the station's own accounts do not.";
        TopicListed { code: TopicCode } "station.topic_listed" at "code" =>
            "清单编码{code}已有事项;请另用编码。", "The code {code} is on a list already; use another.";
        NoEstate {} "station.no_estate" at "list" =>
            "该村(社区)没有集中居住小区,只能增列村(社区)清单。",
            "There is no estate here; add to the general list.";
        TooManyTopics { limit: usize } "station.too_many_topics" at "code" =>
            "自增事项最多{limit}项。", "A station adds at most {limit} items of its own.";
        OpenedLater { opened_on: Date } "station.opened_later" at "month" =>
            "工作站于{opened_on}设立;从其后的第一个整月起按月议事。",
            "The station opened on {opened_on}; it owes a meeting from the first whole month on.";
        TownOwesNone {} "station.town_owes_none" at "month" =>
            "镇的工作站不按月议事;请办理村(社区)的工作站。",
            "A town's station owes no monthly meeting; ask of a village's or community's.";
        MinutesNotDue { due: Date } "station.minutes_not_due" at "month" =>
            "该月会议记录可在{due}前封存;此日以后才能认定当月未议事。",
            "Minutes of the month may be sealed until {due}; it is missed only after that day.";
        CalledByOthers {} "station.called_by_others" at "body" =>
            "议事会由村(社区)领导小组召集;请由领导小组的在任成员以本人账号召集。",
            "The leading group calls the council together; let somebody in office in it do so with an account of their own.";
        MeetingWasHeld { month: Month } "station.meeting_was_held" at "month" =>
            "{month}已议事。", "A meeting was held in {month}.";
    }
}

impl From<Flaw> for Rejection {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::TooMuch { limit } => Self::TooMuchEvidence { limit },
            Flaw::Twice { .. } => Self::EvidenceTwice {},
        }
    }
}
