//! 小分队: its members, what it declared, and what is found about that.

use std::collections::HashMap;

use domain::squad::{Completed, Event, Heads, MemberJoined};
use domain::{CampaignCode, PersonId, Several, UnitCode, county_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use projections::Fact;

use super::county::{County, Lowered};
use crate::audit::finding::{Finding, Weight, place_of};
use crate::lang::Said;

/// 本程序默认值,由县确定: a headcount that was lowered at most so many days before the squad was declared complete, and
/// without which it would not be, is doubtful.
const LOWERED_DAYS: i32 = 30;

/// A squad as its stream tells it.
#[derive(Default)]
pub struct Squad {
    /// Who is a member.
    pub members: HashMap<PersonId, Member>,
    /// Each time that it was declared complete.
    pub completions: Vec<Completion>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

/// A member of a squad.
pub struct Member {
    /// When the log learned that they joined.
    joined: Timestamp,
    /// Whether they count as party member or activist.
    pub party: bool,
}

/// A declaration that a squad is complete.
pub struct Completion {
    /// In which campaign.
    pub campaign: Option<CampaignCode>,
    /// When.
    pub on: Date,
    /// Whether that was late.
    pub late: bool,
    /// Members required then, beside those of other squads that count in the unit.
    required: u32,
    event: String,
    /// The deadline that it kept.
    kept: Option<Kept>,
}

/// A deadline that was kept by a declaration made before.
struct Kept {
    deadline: Timestamp,
    /// Members when it passed, once that is known.
    counted: Option<usize>,
    /// When it first had enough again, and how many of its members had joined since the deadline.
    refilled: Option<(Date, usize)>,
}

impl Completion {
    fn hollow(&self, now: usize) -> Option<Finding> {
        let Kept { deadline, counted, refilled } = self.kept.as_ref()?;
        let (day, on, required) = (county_date(*deadline), self.on, self.required as usize);
        let (code, weight, said) = if let (Some(members), Some((again, since))) =
            (counted, refilled)
        {
            (
                "squad.complete_by_late_consent",
                Weight::Doubtful,
                Said::new(
                    format!(
                        "{on}宣布按期组建完成,{day}期限届至时应有{required}人,只有{members}人;{again}才补足,其中{since}人在期限之后同意加入。"
                    ),
                    format!(
                        "Declared complete in time on {on}, it had {members} of {required} members when the deadline passed on {day}; it had enough again on {again}, {since} of them by consents given since."
                    ),
                ),
            )
        } else if counted.is_some() && now < required {
            (
                "squad.fell_below",
                Weight::Note,
                Said::new(
                    format!("{on}宣布组建完成时达到应有的{required}人,现有{now}人。"),
                    format!(
                        "It had the {required} members required when it was declared complete on {on}; now it has {now}."
                    ),
                ),
            )
        } else {
            return None;
        };
        Some(Finding { code, weight, on: day, event: Some(self.event.clone()), said })
    }
}

impl Squad {
    /// Takes an event in.
    pub fn see(&mut self, unit: &UnitCode, event: &Event, fact: &Fact, counted: (&County, Heads)) {
        self.pass(fact.recorded_at);
        match event {
            Event::Applied(_) | Event::Approved(_) => {}
            Event::MemberJoined(joined) => self.join(joined, fact),
            Event::MemberLeft(left) => {
                self.members.remove(&left.volunteer);
            }
            Event::PartyShareChanged(changed) => {
                if let Some(member) = self.members.get_mut(&changed.volunteer) {
                    member.party = changed.party;
                }
            }
            Event::Completed(completed) => self.complete(unit, completed, fact, counted),
        }
    }

    /// How many it has.
    pub fn heads(&self) -> Heads {
        let people = |count| u32::try_from(count).unwrap_or(u32::MAX);
        let party = self.members.values().filter(|member| member.party).count();
        Heads { members: people(self.members.len()), party: people(party) }
    }

    /// Time goes on: whoever is a member when a deadline passes was one at it.
    pub fn pass(&mut self, at: Timestamp) {
        let members = self.members.len();
        for completion in &mut self.completions {
            if let Some(kept) = completion.kept.as_mut().filter(|kept| kept.deadline <= at) {
                kept.counted.get_or_insert(members);
            }
        }
    }

    fn join(&mut self, joined: &MemberJoined, fact: &Fact) {
        let (who, given_on) = (joined.volunteer, joined.consent.given_on);
        let on = county_date(fact.recorded_at);
        if !joined.consent.is_given() {
            self.wrong(
                fact,
                "squad.without_consent",
                format!("{who}没有本人同意即加入。"),
                format!("{who} joined without their own consent."),
            );
        }
        if given_on > on {
            self.wrong(
                fact,
                "squad.consent_after_joining",
                format!("{who}于{on}加入,同意日期却是{given_on}。"),
                format!("{who} joined on {on}, and consented only on {given_on}."),
            );
        }
        self.members.insert(who, Member { joined: fact.recorded_at, party: joined.party });
        self.refill(on);
    }

    /// A squad that was too small when its deadline passed, and is large enough now.
    fn refill(&mut self, on: Date) {
        let members = &self.members;
        for completion in &mut self.completions {
            let required = completion.required as usize;
            let Some(kept) = completion.kept.as_mut() else { continue };
            if kept.counted.is_some_and(|counted| counted < required) && members.len() >= required {
                let since = members.values().filter(|it| it.joined >= kept.deadline).count();
                kept.refilled.get_or_insert((on, since));
            }
        }
    }

    fn complete(
        &mut self,
        unit: &UnitCode,
        stated: &Completed,
        fact: &Fact,
        (county, others): (&County, Heads),
    ) {
        let (on, rules) = (county_date(fact.recorded_at), county.rules(fact.metadata.rulebook));
        let duty = county.duty(unit, on);
        let of = |heads: Heads, headcount: u32, task: u32| {
            let required = rules.required_members(headcount, task);
            (heads.members, heads.party, required, headcount, task)
        };
        let mut all = self.heads();
        all += others;
        let whole = of(all, county.headcount(unit, rules), county.task(unit, &duty, rules));
        // Earlier programs counted the squad alone, and the heads of those that are attributed to the unit.
        let alone = of(self.heads(), county.attributed_headcount(unit), duty.task);
        let said = (stated.members, stated.party_members, stated.required);
        let is_alone = said == (alone.0, alone.1, alone.2);
        let (members, party, required, headcount, task) = if is_alone { alone } else { whole };
        let others = if is_alone { 0 } else { others.members };
        let deadlines = duty.deadlines;
        if said != (members, party, required) {
            let told = |(members, party, required)| Several::<u32>(vec![members, party, required]);
            let (said, found) = (told(said), told((members, party, required)));
            self.wrong(
                fact,
                "squad.figures_differ",
                format!("宣布时写明队员、党员、应有人数为{said},按此前事实应为{found}。"),
                format!("Members, party members and members required are stated as {said:#}; the facts before make {found:#}."),
            );
        }
        if members < required {
            self.wrong(
                fact,
                "squad.too_few",
                format!("应有{required}人,宣布组建完成时只有{members}人。"),
                format!("It was declared complete with {members} of {required} members."),
            );
        }
        let percent = *rules.party_percent;
        if u64::from(party) * 100 < u64::from(members) * u64::from(percent) {
            self.wrong(
                fact,
                "squad.too_few_party",
                format!("党员和入党积极分子应占{percent}%,宣布时{members}人中只有{party}人。"),
                format!("Party members and activists are to be {percent} %; they were {party} of {members}."),
            );
        }
        let late = deadlines.squad.is_some_and(|deadline| fact.recorded_at >= deadline);
        if late != stated.late {
            let mark = |late| if late { ("逾期", "late") } else { ("按期", "in time") };
            let ((zh, en), (is_zh, is_en)) = (mark(stated.late), mark(late));
            self.wrong(
                fact,
                "squad.lateness_differs",
                format!("标为{zh},按期限应为{is_zh}。"),
                format!("It is marked {en}; by its deadline it was {is_en}."),
            );
        } else if late {
            let due = deadlines.squad.map(county_date).unwrap_or(on);
            self.findings.push(Finding::at(
                fact,
                "squad.late",
                Weight::Late,
                format!("期限为{due},{on}才组建完成。"),
                format!("It was complete only on {on}; the deadline was on {due}."),
            ));
        }
        if let Some(lowered) = county.lowered(unit) {
            let before = headcount.saturating_add(lowered.from.saturating_sub(lowered.to));
            let needed = rules.required_members(before, task);
            self.lowered(lowered, (members, needed), on);
        }
        let kept = deadlines.squad.filter(|_| !late && members >= required).map(|deadline| Kept {
            deadline,
            counted: None,
            refilled: None,
        });
        let event = place_of(fact);
        let campaign = stated.campaign.clone();
        let required = required.saturating_sub(others);
        self.completions.push(Completion { campaign, on, late, required, event, kept });
    }

    fn lowered(&mut self, lowered: &Lowered, (members, needed): (u32, u32), on: Date) {
        let Lowered { from, to, on: then, event } = lowered;
        if members < needed && on <= then.saturating_add(LOWERED_DAYS.days()) {
            self.findings.push(Finding {
                code: "squad.headcount_lowered",
                weight: Weight::Doubtful,
                on: *then,
                event: Some(event.clone()),
                said: Said::new(
                    format!("{then}将总人数由{from}改为{to},随后于{on}宣布组建完成;按原总人数应有{needed}人,只有{members}人。"),
                    format!("The headcount was lowered from {from} to {to} on {then}, and the squad declared complete on {on}; the earlier headcount asks for {needed} members, it had {members}."),
                ),
            });
        }
    }

    /// What is found about squads that kept their deadline and not what they had declared.
    pub fn hollow(&self) -> Vec<Finding> {
        self.completions.iter().filter_map(|it| it.hollow(self.members.len())).collect()
    }

    /// Its unit is gone: who leaves it from now on goes with the successor.
    pub fn end(&mut self, at: Timestamp) {
        self.pass(at);
        for completion in &mut self.completions {
            completion.kept = completion.kept.take().filter(|kept| kept.refilled.is_some());
        }
    }

    /// It has to be complete anew in a campaign: its unit took over from one whose squad was not complete.
    pub fn reopen(&mut self, campaign: &CampaignCode) {
        self.completions.retain(|it| it.campaign.as_ref() != Some(campaign));
    }

    /// Whether it was ever declared complete in a campaign; without one, at all. What was declared before there were campaigns
    /// counts in the first of them, since the day on which that one reaches back to.
    pub fn is_complete(&self, campaign: Option<&CampaignCode>, back_to: Option<Date>) -> bool {
        self.completions.iter().any(|it| match &it.campaign {
            _ if campaign.is_none() => true,
            None => back_to.is_some_and(|first| first <= it.on),
            its @ Some(_) => its.as_ref() == campaign,
        })
    }

    fn wrong(&mut self, fact: &Fact, code: &'static str, zh: String, en: String) {
        self.findings.push(Finding::at(fact, code, Weight::Wrong, zh, en));
    }
}
