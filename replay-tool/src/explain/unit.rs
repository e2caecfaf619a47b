//! 单位.

use domain::unit::Event;

use super::description::{Description, late, of_campaign, short};

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Registered(registered) => {
            let (unit, name, kind) = (&registered.unit, &registered.name, registered.kind);
            let (above_zh, above_en) = match &registered.parent {
                Some(parent) => (format!(",上级{parent}"), format!(", below {parent}")),
                None => (String::new(), String::new()),
            };
            Description::new(
                format!("登记单位“{name}”({}),代码{unit}{above_zh}。", kind.zh()),
                format!(
                    "The unit \"{name}\" ({}) was registered under code {unit}{above_en}.",
                    kind.en()
                ),
            )
        }
        Event::HeadcountDeclared(declared) => {
            let people = declared.headcount;
            let description = Description::new(
                format!("申报总人数{people}人。"),
                format!("The unit declared a headcount of {people}."),
            );
            description.rule("member_percent")
        }
        Event::QuotaAssigned(assigned) => {
            let task = assigned.task;
            let within = of_campaign(assigned.campaign.as_ref());
            Description::new(
                format!("下达任务数{task}人{}。", within.zh),
                format!("A task number of {task} members was assigned{}.", within.en),
            )
        }
        Event::Attributed(attributed) => {
            let to = &attributed.to;
            Description::new(
                format!("归口到{to}:人员计入该部门,不再计入上级。"),
                format!(
                    "Its people count towards department {to} and no longer towards its parent."
                ),
            )
        }
        Event::AdministratorReported(reported) => {
            let (person, sealed) = (reported.administrator, short(&reported.sealed));
            let in_time = late(reported.late, reported.deadline, reported.campaign.as_ref());
            Description::new(
                format!("上报管理员{person},{};姓名和电话封存,摘要{sealed}…。", in_time.zh),
                format!(
                    "The administrator {person} was reported, {}; name and telephone are sealed under digest {sealed}….",
                    in_time.en
                ),
            )
        }
        Event::Succeeded(succeeded) => {
            let successors = std::iter::once(&succeeded.by).chain(&succeeded.also);
            let successors: Vec<String> = successors.map(ToString::to_string).collect();
            let (zh, en) = succeeded.takes_over.as_ref().map_or_else(Default::default, |taken| {
                let (by, people) = (&succeeded.by, taken.headcount);
                let task: u64 = taken.tasks.iter().map(|of| u64::from(of.task)).sum();
                let (zh, en) = match taken.reopened.is_empty() {
                    true => ("", String::new()),
                    false => ("其小分队须重新组建完成。", format!(" The squad of {by} has to be complete anew.")),
                };
                (
                    format!("总人数{people}人、任务数{task}人及小分队和未了事项归{by}。{zh}"),
                    format!(" Its {people} people, its task of {task}, squad and open items are {by}'s.{en}"),
                )
            });
            let description = Description::new(
                format!("由{}承接,不再新增事项。{zh}", successors.join("、")),
                format!(
                    "Unit {} took over; nothing new hangs on this one.{en}",
                    successors.join(", ")
                ),
            );
            description.because(&succeeded.reason)
        }
        Event::Renamed(renamed) => {
            let name = &renamed.name;
            let description = Description::new(
                format!("更名为“{name}”。"),
                format!("The unit is called \"{name}\" from now on."),
            );
            description.because(&renamed.reason)
        }
        Event::Reclassified(changed) => {
            let description = Description::new(
                format!("类别变更为{}。", changed.kind.zh()),
                format!("The unit is a {} from now on.", changed.kind.en()),
            );
            description.because(&changed.reason)
        }
        Event::PopulationStated(stated) => {
            let (people, on) = (stated.population, stated.counted_on);
            let description = Description::new(
                format!("常住人口{people}人({on})。"),
                format!("{people} people live there, as counted for {on}."),
            );
            description.rule("population_share").cited(&stated.source)
        }
        Event::ParentChanged(changed) => {
            let parent = &changed.parent;
            let description = Description::new(
                format!("上级变更为{parent}。"),
                format!("The unit stands below {parent} from now on."),
            );
            description.because(&changed.reason)
        }
    }
}
