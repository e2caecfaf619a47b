//! Attested minutes: reckoned from the records, and compared with what the events state.

use domain::service::Event;

use super::finding::Finding;

/// One volunteer's records, as far as minutes go.
#[derive(Default)]
pub struct Tally {
    records: Vec<Record>,
    total: u64,
}

struct Record {
    minutes: u32,
    attested: bool,
}

impl Tally {
    /// Takes an event in, or says what is wrong with it.
    pub fn take(&mut self, event: &Event) -> Option<Finding> {
        match event {
            Event::Recorded(recorded) => self.add(recorded.record, recorded.entry.minutes.0),
            Event::BackfillRequested(asked) => self.add(asked.record, asked.entry.minutes.0),
            Event::Attested(attested) => {
                let Some(record) = self.record(attested.record) else {
                    return Some(unknown(attested.record));
                };
                let (counted, stated) = (u64::from(record.minutes), u64::from(attested.minutes.0));
                let again = std::mem::replace(&mut record.attested, true);
                self.total += if again { 0 } else { counted };
                self.agree(counted, stated).or_else(|| self.agrees_with(attested.total.0))
            }
            Event::Corrected(corrected) => {
                let minutes = corrected.entry.minutes.0;
                self.withdraw(corrected.record, corrected.withdrawn.0, corrected.total.0, minutes)
            }
            Event::Voided(voided) => {
                self.withdraw(voided.record, voided.withdrawn.0, voided.total.0, 0)
            }
            Event::BackfillApproved(approved) => self.known(approved.record),
            Event::DueSettled(settled) => self.known(settled.record),
            Event::Disputed(disputed) => self.known(disputed.record),
            Event::DisputeDismissed(dismissed) => self.known(dismissed.record),
            Event::CheckedIn(_) | Event::CheckedOut(_) => None,
        }
    }

    fn add(&mut self, number: u32, minutes: u32) -> Option<Finding> {
        self.records.push(Record { minutes, attested: false });
        let expected = self.records.len();
        (number as usize != expected).then(|| {
            Finding::new(
                "service.number",
                format!("服务记录号应为{expected},实为{number}。"),
                format!("Service record {expected} was expected, this is {number}."),
            )
        })
    }

    fn record(&mut self, number: u32) -> Option<&mut Record> {
        let index = (number as usize).checked_sub(1)?;
        self.records.get_mut(index)
    }

    fn known(&mut self, number: u32) -> Option<Finding> {
        self.record(number).is_none().then(|| unknown(number))
    }

    fn withdraw(
        &mut self,
        number: u32,
        withdrawn: u32,
        total: u32,
        minutes: u32,
    ) -> Option<Finding> {
        let Some(record) = self.record(number) else { return Some(unknown(number)) };
        let counted = if record.attested { u64::from(record.minutes) } else { 0 };
        *record = Record { minutes, attested: false };
        self.total -= counted;
        self.agree(counted, u64::from(withdrawn)).or_else(|| self.agrees_with(total))
    }

    fn agrees_with(&self, total: u32) -> Option<Finding> {
        self.agree(self.total, u64::from(total))
    }

    fn agree(&self, reckoned: u64, stated: u64) -> Option<Finding> {
        (reckoned != stated).then(|| {
            Finding::new(
                "service.minutes",
                format!("事件写明{stated}分钟,按此前记录应为{reckoned}分钟。"),
                format!(
                    "The event states {stated} minutes; the records before it make {reckoned}."
                ),
            )
        })
    }
}

fn unknown(number: u32) -> Finding {
    Finding::new(
        "service.record",
        format!("此前没有第{number}号服务记录。"),
        format!("There is no service record {number} before it."),
    )
}
