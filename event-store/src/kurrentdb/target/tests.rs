use super::*;

#[test]
fn takes_what_operators_write() {
    let cases = [
        ("kurrentdb://localhost", "kurrentdb://localhost?prefix=yuanfa"),
        ("esdb://10.0.0.1:2113/?tls=false", "esdb://10.0.0.1:2113?tls=false&prefix=yuanfa"),
        ("esdb+discover://db.example:2113", "esdb+discover://db.example:2113?prefix=yuanfa"),
        ("kurrentdb://a:1,b:2,c:3?prefix=county-7", "kurrentdb://a:1,b:2,c:3?prefix=county-7"),
        ("kurrentdb://a,b,c?TLS=false", "kurrentdb://a,b,c?tls=false&prefix=yuanfa"),
        ("kurrentdb://u:p@a", "kurrentdb://…@a?prefix=yuanfa"),
        ("kurrentdb://[::1]:2113", "kurrentdb://[::1]:2113?prefix=yuanfa"),
    ];
    for (text, shown) in cases {
        assert_eq!(KurrentTarget::parse(text).unwrap().to_string(), shown, "{text}");
    }
    let three = KurrentTarget::parse("kurrentdb://u:p@a:1,b:2,c:3").unwrap();
    assert_eq!(three.settings.hosts().len(), 3);
    assert!(three.settings.is_secure_mode_enabled());
}

#[test]
fn a_log_is_known_again_however_it_is_written() {
    let target = |text| KurrentTarget::parse(text).unwrap();
    let one = target("kurrentdb://a:1,b:2");
    assert!(one.is_also(&target("esdb://u:p@b:2,c:3?tls=false")));
    assert!(!one.is_also(&target("kurrentdb://a:1,b:2?prefix=other")));
    assert!(!one.is_also(&target("kurrentdb://a:2,b:1")));
    assert!(target("esdb://localhost").is_also(&target("kdb://127.0.0.1:2113")));
}

#[test]
fn a_password_may_hold_anything_and_is_never_shown() {
    let target = KurrentTarget::parse("kurrentdb://clerk:a%2Cb%40c%3A%E6%8F%B4@h").unwrap();
    let expected = Credentials::new("clerk".to_owned(), "a,b@c:援".to_owned());
    assert_eq!(target.credentials, Some(expected));
    for shown in [target.to_string(), format!("{target:?}")] {
        assert!(!shown.contains("clerk") && !shown.contains("b%40c"), "{shown}");
    }
}

#[test]
fn refuses_and_says_why() {
    let refused = |text: &str| KurrentTarget::parse(text).unwrap_err().to_string();
    for text in ["localhost:2113", "http://localhost", "kurrentdb:/x", "kurrent+dns://x"] {
        assert!(refused(text).contains("kurrentdb://"), "{text}");
    }
    for host in ["", "a b", "a:0", "a:70000", "a:x", "a,", "a/b", "[::g]", "a%20b"] {
        assert!(refused(&format!("kurrentdb://{host}")).contains("host"), "{host}");
    }
    for user in ["%", "%4", "%zz", "%FF", ":sesame", "a%0Ab"] {
        let said = refused(&format!("kurrentdb://{user}@host"));
        assert!(said.contains("user") && !said.contains(user), "{user}: {said}");
    }
    for password in ["se#same", "se/same", "se?same", "12#same", "se@same", "se same"] {
        for host in ["h:2113", "h", "[1:2]:2113"] {
            let said = refused(&format!("kurrentdb://admin:{password}@{host}?tls=false"));
            assert!(!said.contains("same"), "{password}: {said}");
        }
    }
    assert!(!refused("kurrentdb://admin:sesame@[1:2]:2113").contains("sesame"));
    assert!(refused("kurrentdb://h?tlsCAfil=x").contains("tlsCaFile"));
    assert!(refused("kurrentdb://h?tls=perhaps").contains("tls"));
    assert!(refused("kurrentdb://h?nodePreference=follower").contains("leader"));
    for prefix in ["", "-a", "a:b", "$a", "援", &"a".repeat(51)] {
        assert!(refused(&format!("kurrentdb://h?prefix={prefix}")).contains("prefix"));
    }
}
