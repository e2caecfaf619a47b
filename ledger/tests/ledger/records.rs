use ledger::{BadRecord, Record};
use proptest::prelude::*;

fn record() -> Record<'static> {
    Record {
        stream: "unit-330225001",
        version: 3,
        kind: "UnitRegistered",
        id: [7; 16],
        recorded_at: 1_636_419_600_000_000,
        metadata: b"{}",
        data: b"{\"name\":\"\"}",
    }
}

#[test]
fn a_record_is_read_back_and_nothing_else_is() {
    let bytes = record().encode();
    assert_eq!(Record::decode(&bytes), Ok(record()));
    for cut in 0..bytes.len() {
        assert_eq!(Record::decode(&bytes[..cut]), Err(BadRecord), "{cut}");
    }
    assert_eq!(Record::decode(&[&bytes[..], &[0]].concat()), Err(BadRecord));
}

/// For ever: whoever changes the framing changes every root.
#[test]
fn the_framing_stands() {
    let hash = ledger::Hash::of_leaf(&record().encode());
    assert_eq!(hash.to_string(), "Tbo9IeVK1cjU5URM/ScPOWBnp0f20dflo4+NL+YZyd4=");
}

proptest! {
    #[test]
    fn what_one_field_loses_no_other_wins(
        stream in ".{0,12}", kind in ".{0,12}",
        metadata in prop::collection::vec(any::<u8>(), 0..12),
        data in prop::collection::vec(any::<u8>(), 0..12),
    ) {
        let one = Record { stream: &stream, kind: &kind, metadata: &metadata, data: &data, ..record() };
        let bytes = one.encode();
        prop_assert_eq!(Record::decode(&bytes), Ok(one));
        let moved = [&metadata[..], &data[..]].concat();
        let other = Record { metadata: &moved, data: &[], ..one };
        prop_assert_eq!(other.encode() == bytes, data.is_empty());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Record::decode(&bytes);
        let _ = Record::decode(&[&record().encode()[..16], &bytes].concat());
    }
}
