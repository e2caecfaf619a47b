use super::entry::{Advice, advice};

/// Codes of `audit`.
pub const ALL: &[Advice] = advice! {
    "decision.not_sealed"
        "已通过的事项没有会议记录;请村里封存会议记录,说明迟延原因。"
        "What was adopted has no minutes; have the village seal them and say why it took so long.";
    "decision.not_publicised"
        "群众没有机会提出异议;请村里立即公示,公示期满前不得执行。"
        "Residents had no chance to object; have it publicised at once, and not executed before its notice closes.";
    "decision.objection_unanswered"
        "有人提出异议而未获答复;请村里书面答复,逾期的由镇乡街道答复。"
        "Somebody objected and was not answered; have the village answer in writing, or the town where that is overdue.";
    "decision.not_corrected"
        "异议成立而决议未改;请村里修正后重新公示,或予撤销。"
        "An objection was upheld and nothing changed; have it corrected and publicised anew, or withdrawn.";
    "decision.notice_not_closed"
        "公示期已满而未结束;请村里核对有无异议,结束公示。"
        "The notice has stood its time and was not closed; have the village look for objections and close it.";
    "decision.not_assigned"
        "没有明确由谁执行;请领导小组指定专人和期限。"
        "Nobody is to execute it; have the leading group name a person and a day.";
    "decision.execution_overdue"
        "期限已过仍未报告完成;请询问执行人,报告完成或依程序延期并说明理由。"
        "Its day has passed without a claim; ask the executor, and have it claimed or extended with a reason.";
    "decision.claim_unverified"
        "完成与否只有执行人的说法;请监督小组到现场核实或退回。"
        "Only the executor says that it is done; have the supervision group look, and verify or return it.";
    "decision.branch_not_informed"
        "党支部尚不知结果;请监督小组反馈党支部。"
        "The party branch does not know of it; have the supervision group inform it.";
    "decision.meeting_not_informed"
        "会议尚未听取通报;请列入下一次会议并载入会议记录。"
        "No meeting was told; put it on the next agenda and into the minutes.";
    "decision.completion_not_publicised"
        "群众不知是否办完;请村里公示完成情况。"
        "Residents do not know that it is done; have the completion publicised.";
    "decision.without_minutes"
        "决议没有会议记录作依据;请查明由来,无从补证的予以撤销。"
        "No minutes bear the resolution out; find out how it came about, and withdraw it where nothing shows it.";
    "decision.without_quorum"
        "到会或参加表决的不够法定人数,决议可能无效;请重新召集会议表决。"
        "Too few took part, so it may be void; convene again and vote anew.";
    "decision.without_majority"
        "同意的不够多数,决议可能无效;请核对表决材料,重新表决。"
        "Too few agreed, so it may be void; look at the votes, and vote anew.";
    "decision.without_legal_opinion"
        "没有法律意见即通过;请法律顾问出具意见,不合法的撤销。"
        "Adopted without a legal opinion; ask the adviser for one, and withdraw what is unlawful.";
    "decision.held_unlawful"
        "法律顾问认为不合法仍予通过;请停止执行,由镇乡街道审查。"
        "Adopted although the adviser holds it to be unlawful; stop its execution and have the town review it.";
    "decision.opinion_by_stranger"
        "意见不是会议的法律顾问所出,不算数;请由法律顾问出具意见。"
        "The opinion is not by an adviser of the meeting and does not count; ask the adviser for one.";
    "decision.backfill_self_approved"
        "补录须由另一人核对纸质材料;请由上级单位的他人重新核对照片,并把结果记入会议记录更正或撤销决议。"
        "A second person holds a backfill against the paper; let somebody of a unit above compare the photographs, and correct the minutes or withdraw the resolution if they differ.";
    "decision.backfill_unapproved"
        "补录没有核准记录;请核对事件来历,并由另一人对照纸质材料。"
        "Nobody approved the backfill; find out how the event came to be, and let a second person hold it against the paper.";
    "decision.short_notice"
        "通知时间不足,有人可能来不及参加;请询问未到会者,有异议的重新表决。"
        "The meeting was called at too short notice; ask those who did not come, and vote anew where they object.";
    "decision.stranger_attended"
        "有不属于该会议的人签到;请核对其人身份,其所投的票不应计入。"
        "Somebody who does not belong to the meeting signed in; find out who it was, and do not count their vote.";
    "decision.voter_absent"
        "投票的人没有到会;请核对签到和票,剔除后重新计票。"
        "Somebody voted who was not there; compare attendance and votes, and count without it.";
    "decision.voted_twice"
        "同一人投了两次;请核对票,按一人一票重新计票。"
        "Somebody voted twice; look at the votes, and count each person once.";
    "decision.counted_early"
        "在场人员尚未表决完即计票,其表决足以改变结果;请询问他们为何没有表决,不是自愿放弃的,把议题列入下次会议重新表决。"
        "It was counted before those present had voted, who could have turned it; ask why they did not, and vote anew at the next meeting unless they chose not to.";
    "decision.recounted"
        "计票重新打开后结果不同;请核对两次计票的票面和理由,无记名表决的还应核对投票人名单。"
        "A count was opened again and came out otherwise; compare the ballots of both counts and the reason, and the list of voters after a secret vote.";
    "decision.ballots_differ"
        "无记名投票的人数与计票数不符;请核对投票人名单和选票,重新计票。"
        "The votes counted are not as many as people voted in secret; compare the list of voters with the ballots, and count anew.";
    "decision.list_replaced"
        "楼栋计票表被更换或撤回;请核对前后两张签名的计票表和所附材料。"
        "A building's list was replaced or withdrawn; compare both signed lists with the evidence.";
    "decision.too_many_proxies"
        "委托不合规定;请核对委托书,剔除超出的委托后重新计票。"
        "More is voted by proxy than the rulebook allows; look at the letters of authority, and count without what is too much.";
    "decision.great_matter_body"
        "重大事项应由村民会议或村民代表会议决议;请提交其重新表决。"
        "A great matter is for the villagers or their representatives to decide; let them vote on it.";
    "decision.unlisted"
        "议题没有对应的清单事项,重大事项可能因此漏过四议两公开;请对照清单,属重大事项的提交村民会议或村民代表会议重新表决。"
        "A topic without an item of the list may be a great matter that went another way; hold it against the list, and let the villagers or their representatives vote where it is one.";
    "decision.step_skipped"
        "重大事项缺四议两公开的环节;请补齐该环节后重新提交决议。"
        "A step of a great matter is missing; take it, and put the matter to the vote anew.";
    "decision.deferred_after_vote"
        "表决足以议定却予暂缓;请村里说明理由,按表决结果办理。"
        "Put off after votes that decide it; have the village say why, and act on the vote.";
    "decision.cancelled_after_vote"
        "表决通过后取消会议;请村里恢复办理或说明理由。"
        "The meeting was cancelled after the vote; have the village act on it, or say why not.";
    "decision.minutes_differ"
        "会议记录与表决结果相反;请以表决材料为准更正会议记录。"
        "The minutes contradict the vote; correct them by what the votes show.";
    "decision.notice_period"
        "公示日期不合规则;请按规定天数重新公示。"
        "The notice does not stand the days that the rules ask for; publicise it anew.";
    "decision.notice_closed_early"
        "公示提前结束,群众少了提出异议的时间;请重新公示。"
        "The notice closed early, so residents had less time to object; publicise it anew.";
    "decision.closed_over_objection"
        "有异议未答复即结束公示;请先答复异议,再定是否执行。"
        "The notice closed over an open objection; answer it first, then decide on the execution.";
    "decision.withdrawn_by_village"
        "村里自行撤销了通过的决议;请镇乡街道查明理由,必要时恢复办理。"
        "The village withdrew what a meeting had adopted; have the town ask why, and take it up again where needed.";
    "decision.assigned_early"
        "公示未完即交付执行;请停止执行,待公示期满无异议。"
        "Assigned before its notice had closed; stop the execution until it has.";
    "decision.claimed_by_another"
        "报告完成的不是执行人;请执行人本人确认。"
        "Somebody else claimed completion; have the executor confirm it.";
    "decision.nothing_claimed"
        "没有报告就作了核实;请执行人报告后重新核实。"
        "Judged before anybody had claimed it; have the executor claim it, and judge anew.";
    "decision.verified_by_claimant"
        "报告和核实是同一账号,核实不算数;请监督小组另一人重新核实。"
        "Claimed and verified from one account, which is no verification; have another of the group verify it.";
    "decision.verifier_executes"
        "执行人核实了自己的事,核实不算数;请监督小组另一人重新核实。"
        "An executor verified their own work; have another of the group verify it.";
    "decision.verifier_voted"
        "决定该决议的人作了核实;请监督小组另一人重新核实。"
        "Somebody who had decided it verified it; have another of the group verify it.";
    "decision.verifier_related"
        "核实人是有关人员的近亲属;请监督小组另一人重新核实。"
        "The verifier is a near relative of somebody concerned; have another of the group verify it.";
    "decision.verifier_near_governing"
        "核实人是领导小组成员或两委成员的近亲属;请监督小组另一人重新核实。"
        "The verifier is a near relative of somebody who governs the village; have another of the group verify it.";
    "decision.verifier_unelected"
        "核实人的聘任没有以群众推选为依据;请补办推选并登记结果,再由当选的人核实。"
        "No election stands behind the verifier's appointment; have residents elect, record the result, and have an elected one verify it.";
    "decision.supervisors_changed"
        "执行期间监督小组人员有变动;请问明为何变动、由谁决定。"
        "The supervision group changed while it was executed; ask why, and who decided so.";
    "decision.verifier_related_since"
        "近亲属关系在核实之后才申报;请考虑由另一人复核。"
        "The tie was declared only after the verdict; consider having another verify it again.";
    "decision.verifier_related_again"
        "近亲属关系在核实前登记终止、核实后又申报;请查明关系是否真的终止过,并由监督小组另一人重新核实。"
        "The tie was said to have ended before the verdict and declared again after it; find out whether it ever ended, and have another of the group verify it.";
    "decision.verifier_governs"
        "管事的人核实了村里的事,监督不独立;请监督小组另一人重新核实。"
        "Somebody who governs the village verified it, so supervision was not independent; have another of the group verify it.";
    "decision.verifier_not_in_office"
        "核实人当日不在监督小组;请在任的成员重新核实。"
        "The verifier was not of the supervision group that day; have somebody in office verify it.";
    "decision.meeting_without_report"
        "所称会议的记录没有通报该决议;请在下一次会议通报。"
        "The minutes of the meeting named hold no report on it; report to the next one.";
    "decision.meeting_elsewhere"
        "所称会议是别处的会议;请向本工作站的会议通报。"
        "The meeting named is of another station; report to one of its own.";
    "decision.meeting_before_verification"
        "会议在核实之前,听不到核实结果;请在下一次会议通报。"
        "The meeting was held before the verification; report to the next one.";
    "decision.completed_unverified"
        "未经核实即公示完成;请监督小组核实,不实的重新办理并公示。"
        "Publicised as completed although nobody had verified it; have it verified, or reopened where it is not so.";
    "decision.completed_without_branch"
        "未反馈党支部即公示完成;请补行反馈。"
        "Publicised as completed before the party branch was told; tell it now.";
    "decision.completed_without_meeting"
        "未向会议通报即公示完成;请在下一次会议通报。"
        "Publicised as completed before any meeting was told; report to the next one.";
    "expedited.not_ratified"
        "先办的事项没有会议追认;请列入下一次会议,不予追认的说明理由。"
        "What was done before a meeting was not ratified; put it on the next agenda, and give a reason where it is denied.";
    "expedited.denied"
        "会议不予追认,议题仍未了结;请说明理由不予列入,并处理已办的后果。"
        "A meeting denied it and the issue is still open; reject it with a reason, and see to what was done.";
    "expedited.approver_not_in_office"
        "批准人无权批准;请领导小组确认或纠正所办事项。"
        "Whoever approved could not; have the leading group confirm or undo what was done.";
    "expedited.ratified_without_minutes"
        "追认没有会议记录作依据;请补出会议记录,没有的重新追认。"
        "No minutes bear the ratification out; find them, or have it ratified anew.";
    "squad.not_complete"
        "期限已过,小分队没有组建完成;请督促该单位,仍不能完成的说明原因。"
        "The deadline has passed and the squad is not complete; urge the unit on, and have it say why it cannot be.";
    "squad.no_administrator"
        "期限已过,没有上报管理员;请该单位立即上报。"
        "The deadline has passed and no administrator was reported; have the unit report one at once.";
    "squad.late"
        "小分队已完成,但逾期;无须补办,通报时如实标明。"
        "The squad is complete, and was late; nothing is to be done but to say so in reports.";
    "squad.administrator_late"
        "管理员已上报,但逾期;无须补办,通报时如实标明。"
        "The administrator was reported, and late; nothing is to be done but to say so in reports.";
    "squad.without_consent"
        "没有本人同意就列为队员(志愿服务须自愿);请询问本人,不同意的退出。"
        "Somebody was made a member without consent, which volunteering rests on; ask them, and let them leave if they do not agree.";
    "squad.consent_after_joining"
        "同意在加入之后,可能是事后补填;请向本人核实同意的日期和方式。"
        "The consent is later than the joining, and may have been filled in afterwards; ask the person when and how they agreed.";
    "squad.figures_differ"
        "宣布的人数与事实不符,数字被改;请重新核定,并查明由来。"
        "The figures declared are not those of the facts; establish them anew, and find out how they came about.";
    "squad.too_few"
        "人数不够却宣布组建完成;请撤下该完成,补足后重新宣布。"
        "Declared complete with too few members; do not count it, and have it declared anew when there are enough.";
    "squad.too_few_party"
        "党员和入党积极分子不够却宣布组建完成;请补足后重新宣布。"
        "Declared complete with too few party members and activists; have it declared anew when there are enough.";
    "squad.lateness_differs"
        "逾期与否标得不对,通报随之有误;请更正通报。"
        "It is marked wrongly as in time or late, and reports with it; correct the reports.";
    "squad.complete_by_late_consent"
        "名为按期,期限届至时并未达到;请询问离队和后来加入的人,通报改为逾期。"
        "In time by name only: when the deadline passed it was not; ask those who left and those who came later, and report it as late.";
    "squad.fell_below"
        "完成之后人数降到应有以下;请单位补足,无须追究。"
        "It fell below what is required after it was complete; have the unit make up for it.";
    "squad.headcount_lowered"
        "总人数在宣布前调低才达到比例;请核对该单位的在册人数和调低的理由。"
        "It met its share only because the headcount was lowered just before; compare it with the unit's payroll, and ask why.";
    "hours.one_desk"
        "自己记录、自己认定,时长没有旁证;请由另一人凭签到表重新核对,不实的作废。"
        "Recorded and attested by one hand, the hours have no second witness; have somebody else compare them with the sign-in sheet, and void what is not so.";
    "hours.attested_by_volunteer"
        "志愿者认定了自己的服务;请由负责人重新核对,不实的作废。"
        "A volunteer attested their own service; have the person in charge look at it anew, and void what is not so.";
    "hours.dispute_self_dismissed"
        "异议由当事人自行驳回;请由另一人重新处理。"
        "A dispute was dismissed by one of its parties; have somebody else decide it anew.";
    "hours.backfill_self_approved"
        "补录由申请人或本人核准,没有第二人把关;请由另一人凭材料重新核准。"
        "The backfill had no second approver; have somebody else look at the evidence and decide.";
    "hours.backfill_unapproved"
        "补录未核准即计入;请核准或作废该记录。"
        "The backfill counts although nobody approved it; have it approved, or void the record.";
    "hours.late_unmarked"
        "逾期记录没有按补录办理(民政部令第67号§11);请补交证明并由第二人核准,否则作废。"
        "Recorded late and not as a backfill (民政部令第67号 §11); ask for evidence and a second approver, or void it.";
    "hours.no_activity"
        "记录所称的活动不存在;请向组织单位核实,不实的作废。"
        "There is no such activity; ask the organising unit, and void what is not so.";
    "hours.not_signed_up"
        "记录的人没有报名;请核对签到表,未参加的作废。"
        "The person did not sign up; compare with the sign-in sheet, and void the record of who did not come.";
    "hours.outside_activity"
        "记录的时间超出活动;请更正为实际时间。"
        "The time lies outside the activity; correct it to what was really given.";
    "hours.longer_than_presence"
        "记录的时长多于在场时间;请按签到签退更正。"
        "More was entered than the person was there; correct it by check-in and check-out.";
    "hours.not_checked_in"
        "别人签到而此人没有,可能忘记签到;请抽查签到表。"
        "Others checked in and this one did not, perhaps forgetting it; look at a sample of sign-in sheets.";
    "hours.overlap"
        "同一人同一时间在两处;请向本人核实,作废其一。"
        "One person in two places at once; ask them, and void one of the records.";
    "hours.day_too_long"
        "一天计入的时长不近情理;请向本人和组织单位核实,扣除休息时间或作废。"
        "More counts on one day than is likely; ask the person and the unit, and take breaks off or void it.";
    "hours.week_too_long"
        "一周计入的时长不近情理;请向本人和组织单位核实,抽查每日的签到表。"
        "More counts in one week than is likely; ask the person and the unit, and look at each day's sign-in sheet.";
    "hours.bulk_entry"
        "一个账号一天录入过多,难以逐条核对;请抽查其中若干条的签到表和本人。"
        "One account entered more in a day than can have been looked at; compare a sample with sign-in sheets and the people.";
    "hours.mostly_backfilled"
        "该单位多数记录是事后补录;请核对补录的证明材料,督促及时记录。"
        "Most records of the unit were added later; look at their evidence, and have services recorded in time.";
    "points.unexplained"
        "没有服务可以解释这些积分;请查明何人计入,冲正并追回已兑换的。"
        "No service explains these points; find out who entered them, take them back, and see to what was exchanged for them.";
    "points.earned_twice"
        "同一服务计了两次积分;请冲正多计的部分。"
        "One service earned twice; take back what is too much.";
    "points.other_amount"
        "积分与时长、规则簿不符;请按规则簿更正。"
        "The points are not what minutes and rulebook make; correct them by the rulebook.";
    "points.not_offered"
        "兑换了目录中没有的东西;请查明由来,撤销该兑换或补入目录。"
        "Something was exchanged that the catalogue does not offer; find out how, and cancel it or adopt it into the catalogue.";
    "points.other_price"
        "兑换价与目录不符;请撤销后按目录重新兑换。"
        "The price is not that of the catalogue; cancel the exchange and do it anew.";
    "points.not_earned"
        "已认定的服务没有计积分,志愿者吃亏;请重新启动服务使其补办,仍缺则查看服务日志。"
        "An attested service earned nothing, to the volunteer's loss; start the service again, which makes up for it, and read its log if it does not.";
    "points.not_reversed"
        "不再计入的服务仍留有积分;请重新启动服务使其冲正,仍在则查看服务日志。"
        "A service that no longer counts has kept its points; start the service again, which takes them back, and read its log if it does not.";
    "star.unexplained"
        "认定时长解释不了该星级;请查明何人评定,撤下星级并更正公示。"
        "Attested hours do not explain the star; find out who gave it, take it down, and correct the notice.";
    "star.without_notice"
        "星级没有公示满期;请重新公示,公示期满前不作数。"
        "No notice of the star stood its time; publicise it anew, and do not count it before.";
    "star.over_objection"
        "异议成立仍予评定;请撤下星级,答复异议人。"
        "The star was given over an upheld objection; take it down, and answer whoever objected.";
    "star.proposal_stuck"
        "拟评的公示没有了,星级停在原处;请核对服务日志并重启服务补办,公示已被撤回的须待时长变化后重新拟评。"
        "The proposal lost its notice, and the star stands still; look into the service's log and start it again, and where the notice was withdrawn wait for hours to change, which proposes anew.";
    "star.not_reviewed"
        "时长已变而星级没有随之提出变更;请重新启动服务使其补办,仍缺则查看服务日志。"
        "Hours changed and no star was proposed; start the service again, which makes up for it, and read its log if it does not.";
    "supervision.shared_account"
        "核实账号与执行人共用,核实可能出自执行人之手;请监督小组另一人用本人账号重新核实,并收回共用账号。"
        "The verdict's account is shared with an executor, who may have given it; have another of the group verify it from an account of their own, and revoke the shared one.";
    "supervision.in_anothers_name"
        "以他人账号替监督员作了核实;请核实人本人确认,并查明何人所为。"
        "Somebody else's account judged in the verifier's name; have the verifier confirm it, and find out who did it.";
    "supervision.judged_at_once"
        "来不及到现场查看就作了判定;请询问核实人看了什么,必要时复核。"
        "There was hardly time to look; ask the verifier what they saw, and have it verified again where needed.";
    "survey.codes_with_village"
        "被测评者经手测评码,结果不能作数;请由镇(街道)或县重新制码、密封分发,重新测评。"
        "The surveyed had the codes in their hands, so the result proves nothing; have the town or county make new ones, hand them out sealed and ask again.";
    "survey.own_ballots"
        "被测评一方制作测评码,可以代替群众填答;请由镇(街道)或县重新制码,重新测评。"
        "Whoever is surveyed made the codes and could have replied in residents' stead; have the town or county make new ones and ask again.";
    "survey.never_handed_out"
        "不知测评码如何到户;请问明制作单位由谁、何时分发,说不清的不采用结果。"
        "Nobody knows how the ballots reached the households; ask the unit that made them who handed them out and when, and leave the result out where it cannot say.";
    "survey.handed_out_early"
        "分发日早于制作日,所记不实;请问明何时分发、发的是什么。"
        "They cannot have been handed out before they were made; ask when it was done and what was handed out.";
    "survey.figures_differ"
        "结果与日志中的回复不符;请核对日志是否被改动(replay verify),以重新计算的数字为准。"
        "The result is not what the replies make; see whether the log was changed (replay verify), and go by what is counted anew.";
    "survey.own_households"
        "户数由本站自己登记,可能少报;请镇(街道)核对户数来源。"
        "The station stated its own households and may have stated too few; have the town compare them with their source.";
    "access.no_purpose"
        "查阅了个人信息而没有说明用途(个人信息保护法§6要求目的明确);请该账号的使用人说明,并提醒如实选定事由。"
        "Personal data was read without saying what for (个人信息保护法 §6 asks for a clear purpose); have whoever uses the account explain it, and choose true purposes.";
    "access.purpose_does_not_fit"
        "以个别人的事由查阅了许多人;请该账号的使用人说明,无正当用途的收回账号并告知被查阅的人。"
        "Many were read about under one person's affair; have whoever uses the account explain it, and revoke it and tell those read about where there is no good reason.";
    "access.many_people"
        "一天查阅的人很多,可能是打印或核对花名册;请核对与其事由是否相称。"
        "Many people were shown on one day, perhaps for a roster; see whether that goes with the purpose.";
    "access.not_stated"
        "当日的查阅没有日结,记录被删也看不出;请查看服务是否连续运行,启动后会补结。"
        "The readings of a day were not stated, so that one could vanish unseen; see whether the service ran, which makes up for it.";
    "access.stated_differs"
        "查阅记录与日结不符,有人删改过;请用 replay verify 核对,从备份恢复该库。"
        "Records and statement differ: somebody changed them; run replay verify, and restore the vault from a backup.";
    "access.no_vault"
        "没有个人信息库,看不到何人为何查阅;请在有库的数据目录上审计,或用 --vault 指明。"
        "Without a vault nobody sees who read and why; audit the data folder that has it, or name the file with --vault.";
};
