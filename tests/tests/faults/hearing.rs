//! What is answered, if anything is. Silence is a fault of its own.

use reqwest::{RequestBuilder, StatusCode};
use serde::Deserialize;
use serde_json::Value;

/// What the service said that it did.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Done {
    pub stream: String,
    pub version: u64,
    pub position: u64,
    pub repeated: bool,
    pub events: Vec<Stated>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Stated {
    pub kind: String,
    pub data: Value,
}

/// How asking ended.
#[derive(Debug)]
pub enum Heard {
    Done(Done),
    Refused(StatusCode, String),
    Nothing,
}

/// Asks for something to be done.
pub async fn hear(asked: RequestBuilder) -> Result<Heard, String> {
    Ok(match hear_text(asked).await? {
        None => Heard::Nothing,
        Some((status, text)) if status.is_success() => {
            Heard::Done(serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?)
        }
        Some((status, text)) => Heard::Refused(status, text),
    })
}

/// Status and text, where the service lives to tell them.
pub async fn hear_text(asked: RequestBuilder) -> Result<Option<(StatusCode, String)>, String> {
    let silent = |error: reqwest::Error| match error.is_timeout() {
        true => Err(format!("no answer: {error}")),
        false => Ok(None),
    };
    let answer = match asked.send().await {
        Ok(answer) => answer,
        Err(error) => return silent(error),
    };
    let status = answer.status();
    match answer.text().await {
        Ok(text) => Ok(Some((status, text))),
        Err(error) => silent(error),
    }
}
