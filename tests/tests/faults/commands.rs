//! What is asked of the service.

use serde_json::{Value, json};
use tests::county::personal;

pub const COUNTY: &str = "330225";

/// A command that no other equals.
#[derive(Debug, Clone)]
pub struct Command {
    pub path: String,
    pub body: Value,
}

/// Makes the county.
pub fn county() -> Command {
    Command {
        path: "/units".into(),
        body: json!({"unit": COUNTY, "name": "示例县", "kind": "county"}),
    }
}

/// What no client sends.
pub fn spare() -> Command {
    Command { path: format!("/units/{COUNTY}/headcount"), body: json!({"headcount": 77}) }
}

/// A client's commands: to the log alone, and to vault and log.
pub fn of_client(client: usize) -> Vec<Command> {
    let unit = format!("{COUNTY}-f{client}");
    let headcount = |number: usize| Command {
        path: format!("/units/{unit}/headcount"),
        body: json!({"headcount": 1_000 + 10 * client + number}),
    };
    let volunteer = |number: usize| {
        let person = personal(u32::try_from(2 * client + number).unwrap());
        Command {
            path: "/volunteers".into(),
            body: json!({
                "name": "示例丙", "identity_number": person.identity_number,
                "telephone": person.telephone, "residence": person.residence,
                "unit": unit, "kind": "registered", "recruitment": "long_term",
                "political_status": "masses",
                "consent": {"given_on": "2021-11-10", "form": "书面"},
            }),
        }
    };
    let administrator = Command {
        path: format!("/units/{unit}/administrator"),
        body: json!({"name": "示例丁", "telephone": "13800138000"}),
    };
    let register = Command {
        path: "/units".into(),
        body: json!({"unit": unit, "name": "示例局", "kind": "department", "parent": COUNTY}),
    };
    vec![
        register,
        headcount(0),
        volunteer(0),
        headcount(1),
        administrator,
        volunteer(1),
        headcount(2),
    ]
}
