//! 实名比对.

use domain::comparison::{Began, Event, Finished};

use super::description::{Description, short};

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Began(Began { roster, purpose, file, rows, within, whole }) => {
            let file = short(file);
            let (zh, en) = within.as_ref().map_or_else(
                || ("全县".to_owned(), "the whole county".to_owned()),
                |unit| (format!("单位{unit}及其下级"), format!("unit {unit} and those below it")),
            );
            let (full_zh, full_en) = if *whole {
                ("名册完整", "the roster lists everybody")
            } else {
                ("名册不一定完整", "the roster may leave people out")
            };
            let description = Description::new(
                format!(
                    "名册“{roster}”({rows}行,文件摘要{file}…)开始与{zh}的注册人员比对;{full_zh}。"
                ),
                format!(
                    "The roster \"{roster}\" ({rows} rows, file with digest {file}…) is compared with everybody registered in {en}; {full_en}."
                ),
            );
            description.because(purpose)
        }
        Event::Finished(Finished { registered, outcomes }) => {
            let zh: Vec<String> = outcomes
                .iter()
                .map(|(outcome, count)| format!("{}{count}", outcome.zh()))
                .collect();
            let en = outcomes.iter().map(|(outcome, count)| format!("{count} {}", outcome.en()));
            let en: Vec<String> = en.collect();
            Description::new(
                format!("比对完成:注册人员{registered}人;{}。", zh.join(",")),
                format!("The comparison ended: {registered} people registered; {}.", en.join(", ")),
            )
        }
    }
}
