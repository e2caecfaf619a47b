use super::*;

fn code(purpose: &str, subject: &str) -> Code {
    Code::of(&Key::new([7; 32]), purpose, subject)
}

#[test]
fn five_bits_a_digit_from_the_first_on() {
    let mut bytes = [0; 32];
    bytes[0] = 0b0000_1000;
    bytes[1] = 0b1000_0110;
    bytes[15] = 0b0000_0001;
    bytes[16] = 0b1100_0000;
    assert_eq!(Code::written(&bytes).expose(), "12300000000000000000000007");
    assert_eq!(Code::written(&[0xFF; 32]).expose(), "Z".repeat(26));
}

#[test]
fn differs_by_purpose_by_subject_and_by_where_the_one_ends() {
    let one = code("follow-up", "Y1");
    for other in [code("ballot", "Y1"), code("follow-up", "Y2"), code("follow-u", "pY1")] {
        assert!(!one.is(other.expose()));
    }
    assert!(one.is(code("follow-up", "Y1").expose()));
}

#[test]
fn is_read_as_people_write_it() {
    let code = Code(*b"0123456789ABCDEFGHJKMNPQRS");
    for given in [
        "0123456789ABCDEFGHJKMNPQRS",
        "o123456789abcdefghjkmnpqrs",
        "OI23-4567-89AB-CDEF-GHJK-MNPQRS",
        " 0l234 56789 ABCDE FGHJK MNPQRS ",
    ] {
        assert!(code.is(given), "{given}");
    }
    for given in [
        "",
        "0123456789ABCDEFGHJKMNPQR",
        "0123456789ABCDEFGHJKMNPQRST",
        "0123456789ABCDEFGHJKMNPQRT",
    ] {
        assert!(!code.is(given), "{given}");
    }
    assert_eq!(format!("{code:?}"), "Code(…)");
}
