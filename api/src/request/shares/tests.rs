use super::*;

fn address(text: &str) -> Asker {
    Asker::Address(text.parse().unwrap())
}

#[test]
fn each_asker_has_a_share_and_gets_it_back() {
    let shares = Shares::of(2);
    let clerk = Asker::Account(ActorId::new("clerk").unwrap());
    let (first, second) = (shares.take(&address("192.0.2.1")), shares.take(&address("192.0.2.1")));
    assert!(first.is_some() && second.is_some());
    assert!(shares.take(&address("192.0.2.1")).is_none());
    assert!(shares.take(&address("192.0.2.2")).is_some());
    assert!(shares.take(&clerk).is_some(), "an account draws on its own, whatever the address");
    drop(first);
    assert!(shares.take(&address("192.0.2.1")).is_some());
    drop(second);
    assert!(shares.taken().is_empty(), "nothing is kept of who has gone");
}
