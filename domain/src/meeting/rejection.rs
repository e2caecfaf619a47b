use jiff::civil::Date;

use super::{Body, Form};
use crate::backfill::Fault;
use crate::rulebook::Part;
use crate::values::Flaw;
use crate::{Area, IssueId, Moment, PersonId, ResolutionId, SealedDigest, Several, Text, UnitCode};

refusals! {
    /// Why a meeting's command is refused.
    pub enum Rejection {
        Unconvened {} "meeting.unconvened" absent at "meeting" =>
            "没有该编号的会议。", "There is no meeting with this id.";
        AlreadyConvened {} "meeting.already_convened" at "meeting" =>
            "该会议已召集。", "The meeting was convened already.";
        Sealed {} "meeting.sealed" at "meeting" =>
            "会议记录已封存;有误请更正,记录本身不变。",
            "The minutes are sealed; what is wrong is corrected beside them.";
        NotSealed {} "meeting.not_sealed" at "meeting" =>
            "会议记录尚未封存;请直接写入记录。",
            "The minutes are not sealed yet; write them as they should be.";
        Cancelled {} "meeting.cancelled" at "meeting" =>
            "会议已取消;请另行召集。", "The meeting was cancelled; convene another.";
        UnknownUnit { unit: UnitCode } "meeting.unknown_unit" absent at "station" =>
            "单位代码{unit}不存在。", "There is no unit {unit}.";
        EndedUnit { successor: UnitCode } "meeting.ended_unit" at "station" =>
            "该单位已由{successor}承接;请在承接单位召集。",
            "The unit was succeeded by {successor}; convene the meeting there.";
        NoRule { body: Body } "meeting.no_rule" at "body" =>
            "规则簿没有{body}的议事规则;请先修订规则簿。",
            "The rulebook says nothing of how the {body:#} decide; adopt a version that does.";
        Past { now: Moment } "meeting.in_past" at "starts_at" =>
            "会议须在开始之前召集;开始时间应不早于{now}。",
            "A meeting is convened before it starts; starts_at must not be before {now}.";
        ShortNotice { earliest: Date, days: u8 } "meeting.short_notice" at "starts_at" =>
            "须提前{days}天通知;最早可定于{earliest}。",
            "Notice is given {days} days before; the meeting can be on {earliest} at the earliest.";
        NotHeldYet { now: Moment } "meeting.not_held_yet" at "starts_at" =>
            "补录的会议须已召开,开始时间应早于{now};尚未召开的请召集。",
            "Only a meeting that was held is entered from paper: starts_at is before {now}. Convene one that is still to come.";
        NoPhotograph {} "meeting.no_photograph" at "evidence" =>
            "补录须至少附一张纸质会议记录的照片。",
            "Show the paper by at least one photograph of the minutes.";
        AwaitsApproval {} "meeting.awaits_approval" at "meeting" =>
            "补录待核准;核准后即封存,不予补录后可修改或取消。",
            "What was entered from paper waits for approval: that seals it, and after a refusal it can be mended or cancelled.";
        NotRequested {} "meeting.not_requested" at "meeting" =>
            "该会议没有待核准的补录;补录的会议写好会议记录后再核准。",
            "Nothing of this meeting waits for approval; write the minutes of a meeting from paper first.";
        BackfillSelfApproved {} "meeting.backfill_self_approved" at "actor" =>
            "补录须由录入人和会议记录人以外的人核准。",
            "What was entered from paper is approved or refused by somebody other than who entered it and who wrote the minutes.";
        FarOff { latest: Date } "meeting.far_off" at "starts_at" =>
            "会议最迟可定于{latest}。", "The meeting can be on {latest} at the latest.";
        Agenda { limit: usize } "meeting.agenda" at "agenda" =>
            "议程应有1至{limit}项议题;只听取通报的会议可以没有议题,但须列明通报的决议。",
            "An agenda has 1 to {limit} topics; only a meeting that hears reports on resolutions may have none.";
        IssueTwice { issue: IssueId } "meeting.issue_twice" at "agenda" =>
            "议题{issue}在议程中出现两次。", "The issue {issue} is on the agenda twice.";
        RatifiesNothing {} "meeting.ratifies_nothing" at "agenda" =>
            "追认事项须写明议题编号。", "A topic that ratifies names the issue that was dealt with ahead.";
        TooManyReports { limit: usize } "meeting.too_many_reports" at "reports" =>
            "一次会议最多通报{limit}项决议。", "A meeting has at most {limit} resolutions reported to it.";
        ReportTwice { resolution: ResolutionId } "meeting.report_twice" at "reports" =>
            "决议{resolution}的落实情况只通报一次。", "Report on {resolution} once.";
        NoMembers {} "meeting.no_members" at "members" =>
            "该组织没有在任成员,不能召集;请先聘任。",
            "The body has no member in office; appoint its members first.";
        MembersUnasked {} "meeting.members_unasked" at "members" =>
            "村民会议和业主共同决定不列成员名单。",
            "Villagers and owners come as they are; name no members.";
        NoElectorate {} "meeting.no_electorate" at "electorate" =>
            "请申报有表决权的总人数(至少1人)。", "Say how many may vote in all, one at least.";
        ElectorateUnasked {} "meeting.electorate_unasked" at "electorate" =>
            "议事会和村民代表会议按成员计票,不申报总人数。",
            "This body counts by its members; state no electorate.";
        NoArea {} "meeting.no_area" at "electorate" =>
            "业主按人数和专有部分面积计票;请申报专有部分总面积(民法典§278)。",
            "Owners count by heads and by area; state the area of all of them together (民法典 §278).";
        Unlisted { topic: u8 } "meeting.unlisted" at "agenda" =>
            "第{topic}项议题没有对应的清单事项;来自议题的请先对照清单,其余请写明清单编码(都不符合的选“其他”)。",
            "Topic {topic} falls under no item of the list; triage the issue it comes from, or name the item in listed (one for all else is there).";
        NoAdviser { topic: u8 } "meeting.no_adviser" at "advisers" =>
            "第{topic}项议题须有法律意见,工作站没有在任法律顾问,不能召集;请先聘任。",
            "Topic {topic} needs a legal opinion, and the station has no legal adviser in office; appoint one first.";
        GreatMatter { topic: u8 } "meeting.great_matter" at "body" =>
            "第{topic}项议题属重大事项,实行四议两公开;请由村民会议或村民代表会议决议。",
            "Topic {topic} is a great matter (四议两公开); let the villagers or their representatives decide on it.";
        Unprepared { topic: u8 } "meeting.unprepared" at "agenda" =>
            "第{topic}项议题属重大事项;请先就来源议题依次登记支部提议、两委商议、党员大会审议,再列入议程。",
            "Topic {topic} is a great matter; record on its issue the branch's proposal, the committees' consultation and the party members' review first.";
        NotBegun { on: Date } "meeting.not_begun" at "meeting" =>
            "会议定于{on};当日起方可签到、议定和封存记录。",
            "The meeting is on {on}; attendance, decisions and minutes are taken from that day on.";
        NobodyNamed {} "meeting.nobody_named" at "member" =>
            "请至少列出一人。", "Name at least one person.";
        NamedTwice { member: PersonId } "meeting.named_twice" at "member" =>
            "{member}列出两次;每人只列一次。", "{member} is named twice; name everybody once.";
        TooManyNamed { limit: usize } "meeting.too_many_named" at "member" =>
            "一次最多列{limit}人;请分批办理。", "At most {limit} people at once; name them in parts.";
        NotAMember { member: PersonId } "meeting.not_a_member" at "present" =>
            "{member}不是该组织召集时的在任成员,可以列席但不计票。",
            "{member} was no member in office when the meeting was convened; they may listen but do not count.";
        AreaMissing { member: PersonId } "meeting.area_missing" at "present" =>
            "请写明{member}的专有部分面积(大于0)。", "State the area of {member}, above zero.";
        TooManyPresent { limit: usize } "meeting.too_many_present" at "present" =>
            "一次会议最多逐人签到{limit}人;其余请按楼栋或村民小组报计票表。",
            "At most {limit} people are taken down by name; count the others by lists of each building or group.";
        InPerson { member: PersonId } "meeting.in_person" at "present" =>
            "{member}须本人到会;只有业主可以委托他人,且不能委托自己。",
            "{member} comes in person; only an owner has a proxy, and another one than themselves.";
        TooManyProxies { proxy: PersonId, limit: u8 } "meeting.too_many_proxies" at "present" =>
            "{proxy}最多接受{limit}名业主委托;请另行委托。",
            "{proxy} may be the proxy of at most {limit} owners; name another proxy.";
        ProxyStands { member: PersonId } "meeting.proxy_stands" at "present" =>
            "{member}已签到,由本人或当时登记的受托人表决;请勿另报受托人。",
            "{member} was taken down before and votes in person, or by the proxy who was named then; name no other.";
        NotThere { member: PersonId } "meeting.not_there" at "people" =>
            "{member}没有签到或已离会;只登记在场人员离会。",
            "{member} did not come or has left; only who is there can leave.";
        NotGone { member: PersonId } "meeting.not_gone" at "people" =>
            "{member}没有离会记录;新到的请签到。",
            "{member} has not left; take down as present who is new.";
        MoreHeads { heads: u32 } "meeting.more_heads" at "present" =>
            "到会人数与计票表人数合计不能超过申报的总人数{heads}。",
            "Those present and those on the lists cannot be more than the {heads} who may vote in all.";
        MoreArea { area: Area } "meeting.more_area" at "present" =>
            "到会业主与计票表的面积合计不能超过申报的总面积{area}。",
            "Those present and those on the lists cannot have more area together than the {area:#} of all owners.";
        UnknownTopic { topic: u8, last: usize } "meeting.unknown_topic" absent at "topic" =>
            "没有第{topic}项议题;议程为第1至{last}项。",
            "There is no topic {topic}; the agenda is numbered 1 to {last}.";
        TopicDecided { topic: u8 } "meeting.topic_decided" at "topic" =>
            "第{topic}项议题已议定或暂缓;会议记录封存前可说明理由重新计票,否则请列入下次会议。",
            "Topic {topic} was decided or put off; open its count again, with a reason, before the minutes are sealed, or take it up at another meeting.";
        NotAnAdviser {} "meeting.not_an_adviser" at "adviser" =>
            "法律意见由召集时在任的法律顾问本人出具。",
            "Only a legal adviser in office when the meeting was convened gives the opinion, in person.";
        NoOpinion { topic: u8 } "meeting.no_opinion" at "topic" =>
            "第{topic}项议题尚无法律意见;请法律顾问先出具。",
            "There is no legal opinion on topic {topic}; let an adviser give it first.";
        NoQuorum { present: u32, entitled: u32, quorum: Part } "meeting.no_quorum" at "meeting" =>
            "到会{present}人,应到{entitled}人,到会比例须{quorum};可暂缓议题或取消会议。",
            "{present} of {entitled} are present, and {quorum} must be; put the topic off or cancel the meeting.";
        NotPresent { member: PersonId } "meeting.not_present" at "votes" =>
            "{member}没有签到,不能表决。", "{member} is not present and cannot vote.";
        Gone { member: PersonId } "meeting.gone" at "votes" =>
            "{member}已离会,不能表决;返会的请先登记。",
            "{member} has left and cannot vote; record first that they are back.";
        SecretTopic { topic: u8 } "meeting.secret_topic" at "topic" =>
            "第{topic}项议题实行无记名表决;请登记投票人,计票时报各项票数。",
            "Topic {topic} is voted on in secret; take down who puts a ballot into the box, and state the sums when counting.";
        OpenTopic { topic: u8 } "meeting.open_topic" at "topic" =>
            "第{topic}项议题不是无记名表决;请逐人登记表决,不报票数。",
            "Topic {topic} is not voted on in secret; take down each vote, and state no sums.";
        BoxOpened { topic: u8 } "meeting.box_opened" at "topic" =>
            "第{topic}项议题的票箱已经打开,不再收票,否则会显出后投者的选择;请就已投的票重新计票。",
            "The box of topic {topic} was opened, and another ballot would show how that person voted; count those that are in it anew.";
        BallotsDiffer { counted: u32, voted: u32 } "meeting.ballots_differ" at "ballots" =>
            "无记名投票{voted}人,所报票数合计{counted};赞成、反对、弃权的票数(业主另计面积)合计须等于投票人数,废票计入弃权。",
            "{voted} put ballots into the box and {counted} were stated; what agrees, is against and abstains (for owners the area too) comes to those who voted, and spoilt ballots abstain.";
        HearsOnly { form: Form, voting: Several<Form> } "meeting.hears_only" at "topic" =>
            "{form}只征集意见,不作表决;须表决的,请另行召集会议,以{voting}的形式举行,本次可将议题暂缓。",
            "A meeting of the form {form:#} hears opinions and takes no vote; convene one of the form {voting:#} to vote, and put the topic off here.";
        ListsUnasked {} "meeting.lists_unasked" at "lists" =>
            "议事会和村民代表会议逐人表决,不报计票表。",
            "This body votes by name; state no lists.";
        NumberOfLists { limit: usize } "meeting.number_of_lists" at "lists" =>
            "一次报1至{limit}张计票表;更多的请分批。",
            "State 1 to {limit} lists at once; the others in parts.";
        BadList { building: Text<40> } "meeting.bad_list" at "lists" =>
            "“{building}”的计票表须至少有一票;按面积计票的,有票的选项须写明面积,无票的面积为0。",
            "The list of {building} holds one vote at least; where area counts, a choice has area if and only if it has votes.";
        ListReplaced { building: Text<40> } "meeting.list_replaced" at "lists" =>
            "“{building}”已报计票表;更换或撤回(各项为0)须说明理由,并附佐证材料。",
            "{building} has a list; to replace it, or to withdraw it with zeros, give a reason and evidence.";
        ListsExceed { heads: u32, area: Area } "meeting.lists_exceed" at "lists" =>
            "到会与计票表合计不能超过申报的总人数{heads}、总面积{area}。",
            "Those present and those on the lists cannot be more than the {heads} who may vote in all, nor have more area than {area:#}.";
        ListTwice { building: Text<40> } "meeting.list_twice" at "lists" =>
            "“{building}”列出两次;每栋只报一张。", "{building} is listed twice; state one list for each.";
        TooMuchEvidence { limit: usize } "meeting.too_much_evidence" at "evidence" =>
            "佐证材料最多{limit}件。", "At most {limit} pieces of evidence.";
        SameEvidence { digest: SealedDigest } "meeting.same_evidence" at "evidence" =>
            "佐证材料{digest}重复;每件只列一次。", "The evidence {digest} is listed twice; list each piece once.";
        Unconfirmed { topic: u8, unvoted: u32, present: u32 } "meeting.unconfirmed" at "confirm" =>
            "第{topic}项议题:在场{present}人,尚有{unvoted}人没有表决;请继续表决或登记离会,确不表决的请确认后计票。",
            "On topic {topic}, {unvoted} of the {present} who are there have not voted; let them vote or record that they left, or confirm the count.";
        NotCounted { topic: u8 } "meeting.not_counted" at "topic" =>
            "第{topic}项议题尚未议定,无须重新计票。", "Topic {topic} is not decided, so there is no count to open again.";
        VotedAlready { member: PersonId } "meeting.voted_already" at "votes" =>
            "{member}已就该议题表决,不得改票。", "{member} has voted on this topic; a vote stands.";
        NoVotes { topic: u8 } "meeting.no_votes" at "topic" =>
            "第{topic}项议题尚未表决;请先表决,或暂缓。",
            "Nobody has voted on topic {topic}; vote first, or put it off.";
        TooFewVotes { voted: u32, entitled: u32, quorum: Part } "meeting.too_few_votes" at "topic" =>
            "参与表决{voted}人,业主共{entitled}人,参与表决的人数和专有部分面积均须达到{quorum}(民法典§278);请继续表决,或暂缓。",
            "{voted} of {entitled} owners have voted, and {quorum} must have, by heads and by area (民法典 §278); let more vote, or put the topic off.";
        Voted { topic: u8 } "meeting.voted" at "topic" =>
            "第{topic}项议题已计过票,或所投的票已足以议定,不得暂缓;请计票议定。",
            "Topic {topic} was counted before, or its votes decide it whatever those say who have not voted; count the votes.";
        DecidedByVote {} "meeting.decided_by_vote" at "meeting" =>
            "会议已有表决议定的议题,不得取消;请封存会议记录。",
            "The meeting decided a topic by vote and is not cancelled; seal its minutes.";
        Unlawful { topic: u8 } "meeting.unlawful" at "topic" =>
            "法律意见认为第{topic}项议题不合法,不得通过;可以暂缓,修改后再议。",
            "An adviser holds topic {topic} to be unlawful, so it is not adopted; put it off and change it.";
        Undecided { topic: u8 } "meeting.undecided" at "topics" =>
            "第{topic}项议题尚未议定;请先计票议定或暂缓。",
            "Topic {topic} is not decided; count the votes or put it off first.";
        MinutedTwice { topic: u8 } "meeting.minuted_twice" at "topics" =>
            "第{topic}项议题的记录只写一次。", "Write the minutes of topic {topic} once.";
        NoProcess { topic: u8 } "meeting.no_process" at "topics" =>
            "会议记录缺第{topic}项议题的过程。", "The minutes do not say how topic {topic} was discussed.";
        NoResult { topic: u8 } "meeting.no_result" at "topics" =>
            "会议记录缺第{topic}项议题的结果(处理意见)。",
            "The minutes do not say the result of topic {topic}.";
        Unannounced { resolution: ResolutionId } "meeting.unannounced_report" at "reports" =>
            "决议{resolution}不在召集时所列的通报事项中。",
            "{resolution} is not among the resolutions that the meeting was convened to hear of.";
        NoReport {} "meeting.no_report" at "reports" =>
            "会议没有议题,会议记录须至少载明一项决议的落实情况。",
            "The meeting has no topics, so its minutes say of one resolution at least how it was carried out.";
        NoRecorder {} "meeting.no_recorder" at "actor" =>
            "封存会议记录须有记录人;请用登记了本人编号的账号办理。",
            "Minutes have a recorder; seal them with an account that is tied to a person.";
        MinutesTooLong {} "meeting.minutes_too_long" at "topics" =>
            "会议记录合计过长;请把过程、结果和落实情况精简到合计18000字以内。",
            "The minutes are too long altogether; keep them to 18 000 Chinese characters or 50 000 letters.";
    }
}

impl From<Flaw> for Rejection {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::TooMuch { limit } => Self::TooMuchEvidence { limit },
            Flaw::Twice { digest } => Self::SameEvidence { digest },
        }
    }
}

impl From<Fault> for Rejection {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoPhotograph => Self::NoPhotograph {},
            Fault::Flawed(flaw) => flaw.into(),
            Fault::SelfApproved => Self::BackfillSelfApproved {},
        }
    }
}
