//! A service that is killed while commands come in.

use std::collections::BTreeMap;

use domain::{Event, unit};
use futures::future::join_all;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{DEPARTMENTS, PATIENCE, Scene};

/// Clients that send one command after the other, two to a unit.
const CLIENTS: u32 = 8;
/// Acknowledgements after which the service is killed.
const ENOUGH: usize = 100;

/// A command that no other command equals: a headcount declared once.
#[derive(Debug, Clone, Copy)]
struct Declaration {
    unit: &'static str,
    headcount: u32,
}

/// Where the service said that it put a command.
type Places = BTreeMap<u32, (String, u64)>;

impl Declaration {
    fn new(client: u32, number: u32) -> Self {
        let unit = DEPARTMENTS[client as usize % DEPARTMENTS.len()];
        Self { unit, headcount: 1_000 + number * CLIENTS + client }
    }

    /// Sends it, under a key of its own.
    async fn send(
        self,
        client: &reqwest::Client,
        address: &str,
        token: &str,
    ) -> reqwest::Result<Value> {
        let Self { unit, headcount } = self;
        let request = client
            .post(format!("{address}/api/v1/units/{unit}/headcount"))
            .bearer_auth(token)
            .header("idempotency-key", format!("headcount-{headcount}"))
            .json(&json!({ "headcount": headcount }));
        request.send().await?.error_for_status()?.json().await
    }
}

/// Stream and version of an answer.
fn place(answer: &Value) -> (String, u64) {
    (answer["stream"].as_str().unwrap().to_owned(), answer["version"].as_u64().unwrap())
}

/// Sends until the service is gone; gives the command that was never answered.
async fn send_on(
    number: u32,
    address: String,
    token: String,
    acknowledged: mpsc::UnboundedSender<(u32, (String, u64))>,
) -> Declaration {
    let client = reqwest::Client::new();
    for at in 0.. {
        let declaration = Declaration::new(number, at);
        match declaration.send(&client, &address, &token).await {
            Ok(answer) => acknowledged.send((declaration.headcount, place(&answer))).unwrap(),
            Err(error) if error.status().is_some() => panic!("refused: {error}"),
            Err(_) => return declaration,
        }
    }
    unreachable!("the service outlived all numbers")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_service_keeps_what_it_acknowledged_and_takes_the_rest_again() {
    let scene = Scene::new();
    let token = scene.program.succeed(&["token", "create", "--role", "county_office"]);
    let (serving, address) = scene.program.serve();
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let send =
        |client| tokio::spawn(send_on(client, address.clone(), token.clone(), sender.clone()));
    let clients: Vec<_> = (0..CLIENTS).map(send).collect();
    drop(sender);
    let mut places = Places::new();
    let receive = async {
        while places.len() < ENOUGH {
            let (headcount, place) = receiver.recv().await.unwrap();
            places.insert(headcount, place);
        }
    };
    tokio::time::timeout(PATIENCE, receive).await.unwrap();
    serving.kill();
    let unanswered: Vec<Declaration> =
        join_all(clients).await.into_iter().map(Result::unwrap).collect();
    while let Some((headcount, place)) = receiver.recv().await {
        places.insert(headcount, place);
    }

    let (serving, address) = scene.program.serve();
    let client = reqwest::Client::new();
    let acknowledged = places.clone();
    for declaration in unanswered {
        let answer = declaration.send(&client, &address, &token).await.unwrap();
        places.insert(declaration.headcount, place(&answer));
    }
    assert_eq!(places.len(), acknowledged.len() + CLIENTS as usize);
    for client_number in 0..CLIENTS {
        let first = Declaration::new(client_number, 0);
        let answer = first.send(&client, &address, &token).await.unwrap();
        assert_eq!(answer["repeated"], true, "the restarted service knows the command: {answer}");
        assert_eq!(place(&answer), acknowledged[&first.headcount]);
    }
    serving.kill();
    assert_eq!(
        declared(&scene).await,
        places,
        "each command is there once, where it was said to be"
    );
}

/// The headcounts of the log, but those of the table of units, and where each stands. Each stands once.
async fn declared(scene: &Scene) -> Places {
    let mut places = Places::new();
    for (recorded, event) in scene.log().await {
        if let Event::Unit(unit::Event::HeadcountDeclared(declared)) = event
            && declared.headcount >= 1_000
        {
            let place = (recorded.stream.to_string(), recorded.version.0);
            let before = places.insert(declared.headcount, place);
            assert_eq!(before, None, "headcount {} was declared twice", declared.headcount);
        }
    }
    places
}
