use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// One figure and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule<T> {
    /// The figure.
    pub value: T,
    /// The law, notice or decision that sets it.
    pub source: Box<str>,
}

impl<T> Deref for Rule<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
