use domain::issue::Source;
use domain::{IssueId, PersonId, SealedDigest, Several, TopicCode, refusals};

refusals! {
    /// Why a command is refused before any one stream's rules are asked: what it names does not fit together.
    pub enum InvalidReference {
        Person { person: PersonId } "person.unknown" absent at "person" =>
            "没有编号为{person}的人员。", "There is nobody with the number {person}.";
        Code {} "code.wrong" at "code" =>
            "查询码不正确或不属于此事项;请核对登记时收到的26位查询码。",
            "The code is wrong, or of something else; check the 26 characters that were given out.";
        Source { sources: Several<Source> } "issue.source" at "source" =>
            "本账号登记议题的来源只能是:{sources}。",
            "This account registers issues as: {sources:#}.";
        OtherStation {} "station.other" at "station" =>
            "所引用的事项不属于本工作站;只能引用同一工作站的事项。",
            "What is referred to belongs to another station; refer to this station's only.";
        NotReady { issue: IssueId } "meeting.issue_not_accepted" at "agenda" =>
            "议题{issue}尚未列入、只待追认或不属于本工作站;议程只能包含已列入的本站议题,先行办理的列为追认事项。",
            "Issue {issue} is not accepted at this station, or waits to be ratified; an agenda holds the station's accepted issues, and what was done ahead as a topic that ratifies.";
        NotToRatify { issue: IssueId } "meeting.issue_not_expedited" at "agenda" =>
            "议题{issue}没有待追认的急事急议或特事特议;追认事项只能是本站待追认的议题。",
            "Issue {issue} holds nothing that waits to be ratified at this station.";
        NotListed { listed: TopicCode } "meeting.not_listed" at "agenda" =>
            "{listed}不在本工作站议事清单内;请选用清单事项,或先增列。",
            "The item {listed} is on no list of this station; choose an item that is, or list it first.";
        OwnSurvey {} "survey.own_station" at "station" =>
            "工作站不能自行测评;请由本站监督小组、上级单位或县办公室办理。",
            "A station does not survey itself; its supervision group, a unit above it or the county office does.";
        Evidence { digest: SealedDigest } "evidence.unknown" absent at "evidence" =>
            "没有摘要为{digest}的佐证材料;请先上传。",
            "There is no evidence with the digest {digest}; upload it first.";
    }
}
