use super::*;

fn person(number: u64) -> PersonId {
    PersonId::try_from(number).unwrap()
}

#[test]
fn round_trip_of_every_length() {
    let key = random_key().unwrap();
    for length in [0, 1, 15, 16, 17, 64, 1000, 32 * 1024] {
        let plain = vec![7; length];
        let context = Context::Section(person(1), "contact");
        let sealed = seal(&key, context, &plain).unwrap();
        assert_eq!(sealed.len(), length + OVERHEAD);
        assert_eq!(*unseal(&key, context, &sealed).unwrap(), plain);
        assert_ne!(sealed, seal(&key, context, &plain).unwrap());
    }
}

#[test]
fn opens_only_in_its_context_and_under_its_key() {
    let key = random_key().unwrap();
    let context = Context::Section(person(1), "contact");
    let sealed = seal(&key, context, b"plain").unwrap();
    for other in [
        Context::Section(person(2), "contact"),
        Context::Section(person(1), "contac"),
        Context::PersonKey(person(1)),
        Context::IndexKey,
    ] {
        assert_eq!(unseal(&key, other, &sealed), Err(DoesNotOpen));
    }
    assert_eq!(unseal(&random_key().unwrap(), context, &sealed), Err(DoesNotOpen));
}

#[test]
fn every_flipped_bit_and_every_cut_is_noticed() {
    let key = random_key().unwrap();
    let sealed = seal(&key, Context::IndexKey, b"some plain text").unwrap();
    for position in 0..sealed.len() {
        for bit in 0..8 {
            let mut changed = sealed.clone();
            changed[position] ^= 1 << bit;
            assert_eq!(unseal(&key, Context::IndexKey, &changed), Err(DoesNotOpen));
        }
        let cut = unseal(&key, Context::IndexKey, &sealed[..position]);
        assert_eq!(cut, Err(DoesNotOpen));
    }
}

#[test]
fn purposes_give_different_keys() {
    let key = random_key().unwrap();
    assert_ne!(derive(&key, "one"), derive(&key, "two"));
    assert_eq!(derive(&key, "one"), derive(&key, "one"));
}
