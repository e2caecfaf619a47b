//! What an answer leaves out of a fact. The log itself, which auditors read, keeps all of it.

use serde_json::Value;

use crate::{Event, issue, resolution};

impl Event {
    /// Its own fields as JSON, for whoever gave the command: they learn that somebody asked or objected, but not under
    /// which number the person is kept. Somebody who could put numbers and complaints together would know who complains.
    ///
    /// # Errors
    /// When the event has no JSON form, which none of ours has.
    pub fn redacted(&self) -> serde_json::Result<Value> {
        let mut fields: Value = serde_json::from_slice(&self.encode()?)?;
        let somebody = if let Self::Issue(issue::Event::Registered(_)) = self {
            fields.get_mut("asker")
        } else if let Self::Resolution(resolution::Event::ObjectionFiled(_)) = self {
            fields.get_mut("objector")
        } else {
            None
        };
        if let Some(somebody) = somebody.and_then(Value::as_object_mut) {
            somebody.remove("person");
        }
        Ok(fields)
    }
}
