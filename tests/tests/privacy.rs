//! Nothing that names or reaches a person leaves the vault: marked values are planted over HTTP and by imports, and
//! then searched for in every byte that was written, said or logged.

mod deliberation;
mod forgetting;

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use domain::Role;
use domain::identity_number::IdentityNumber;
use serde_json::{Value, json};
use tests::county::TOWN;
use tests::replay::{Replayed, replay};
use tracing_subscriber::EnvFilter;

use crate::http::play::{self, items};
use crate::http::{Account, Service, after};

/// A person made of values that stand nowhere else.
struct Marked {
    name: &'static str,
    identity_number: String,
    telephone: &'static str,
    residence: &'static str,
    guardian: &'static str,
}

/// Name, telephone and first digits of the identity number of an asker, an objector, a member and an owner.
const DELIBERATING: [(&str, &str, &str); 4] = [
    ("公孙标记己", "13977001106", "99999919730307755"),
    ("慕容标记庚", "13977001107", "99999919740307766"),
    ("令狐标记辛", "13977001108", "99999919750307788"),
    ("皇甫标记壬", "13977001109", "99999919760307799"),
];

fn identity(first: &str) -> String {
    IdentityNumber::with_check_digit(first).unwrap().expose().to_owned()
}

/// A child with a guardian and two adults: the first comes over HTTP, the others by roster.
fn people() -> [Marked; 3] {
    [
        Marked {
            name: "欧阳标记甲",
            identity_number: identity("99999920060307711"),
            telephone: "13977001101",
            residence: "标记甲村七组",
            guardian: "标记甲之母",
        },
        Marked {
            name: "司徒标记乙",
            identity_number: identity("99999919710307722"),
            telephone: "13977001102",
            residence: "标记乙社区",
            guardian: "",
        },
        Marked {
            name: "上官标记丙",
            identity_number: identity("99999919720307733"),
            telephone: "13977001103",
            residence: "标记丙弄",
            guardian: "",
        },
    ]
}

const ADMINISTRATORS: [(&str, &str); 2] =
    [("诸葛标记丁", "13977001104"), ("夏侯标记戊", "13977001105")];

impl Marked {
    fn body(&self) -> Value {
        let mut body = play::adult(1);
        for (field, value) in [
            ("name", self.name),
            ("identity_number", &self.identity_number),
            ("telephone", self.telephone),
            ("residence", self.residence),
            ("guardian", self.guardian),
        ] {
            body[field] = json!(value);
        }
        body
    }

    fn row(&self, unit: &str) -> String {
        let Self { name, identity_number, telephone, residence, guardian } = self;
        format!(
            "{name},{identity_number},,,{telephone},群众,{unit},{residence},调解,注册志愿者,长期,是,{guardian}\n"
        )
    }
}

fn markers() -> Vec<String> {
    let mut markers = vec!["标记".to_owned()];
    for Marked { identity_number, telephone, .. } in people() {
        markers.extend([identity_number[..17].to_owned(), telephone.to_owned()]);
    }
    markers.extend(ADMINISTRATORS.map(|(_, telephone)| telephone.to_owned()));
    for (_, telephone, identity_number) in DELIBERATING {
        markers.extend([telephone.to_owned(), identity_number.to_owned()]);
    }
    markers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_names_or_reaches_a_person_is_written_said_or_logged() {
    let log = listen();
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let child = plant(&office).await;
    live(&service, &office, &child).await;
    stumble(&office, &child).await;
    look_around(&service, &office).await;

    unmarked_files(folder.path());
    unmarked_answers(&service);
    let read =
        format!("volunteers/{child}/personal-data?purpose=%E7%94%B5%E8%AF%9D%E9%80%9A%E7%9F%A5");
    let known = office.get(&read).await.done();
    assert!(known.body.contains("欧阳标记甲"), "who may read does: the search can find something");
    let reads = items(office.get(&format!("volunteers/{child}/personal-data/reads")).await);
    let asked = reads.iter().filter(|read| read["purpose"] == "电话通知");
    assert_eq!(asked.count(), 1, "the reading is recorded");

    let erasure = json!({"reason": "本人申请", "legal_basis": "个人信息保护法第47条"});
    let erased = office.post(&format!("volunteers/{child}/erasure"), erasure).await.done();
    let path = after(&format!("volunteers/{child}"), erased.position());
    assert_eq!(office.get(&path).await.done().json()["status"], "erased");
    office.get(&read).await.refused(410, "vault.erased");
    nothing_sealed(folder.path(), &child);
    let data = folder.path().to_owned();
    service.stop().await;
    unmarked_files(&data);
    let logged = String::from_utf8(log.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("answered"), "the log was listened to");
    unmarked("the log of the service", logged.as_bytes());
    let verdict = verify(&data).await;
    assert_eq!(verdict.code, 0, "{}", verdict.said());
}

/// Brings everybody in; gives the child's number.
async fn plant(office: &Account) -> String {
    let [child, second, third] = people();
    let volunteer = office.post("volunteers", child.body()).await.made();
    let joining = json!({"volunteer": volunteer, "consent": play::consent()});
    office.post(&format!("squads/{TOWN}/members"), joining).await.done();
    let [(name, telephone), by_import] = ADMINISTRATORS;
    let administrator = json!({"name": name, "telephone": telephone});
    office.post(&format!("units/{TOWN}/administrator"), administrator).await.done();
    let (name, telephone) = by_import;
    let units = format!(
        "单位代码,单位名称,上级代码,类别,总人数,任务数,管理员,联系电话\n330225-sfj,县司法局,330225,县级部门,30,20,{name},{telephone}\n"
    );
    assert_eq!(office.upload("units", units.into_bytes()).await.done().json()["added"], 1);
    let header = "姓名,身份证号,性别,出生日期,联系电话,政治面貌,单位代码,居住区域,技能,类别,招募方式,同意,监护人\n";
    // Good rows, the child again, a wrong check digit, a unit that does not exist, a refusal to consent.
    let wrong = second
        .row(TOWN)
        .replace(&second.identity_number, &format!("{}*", &second.identity_number[..17]));
    let unwilling = third
        .row(TOWN)
        .replace(",是,", ",否,")
        .replace(&third.identity_number, &child.identity_number);
    let rows = [
        second.row(TOWN),
        third.row("330225-sfj"),
        child.row("330225-sfj"),
        wrong,
        third.row("330225999"),
        unwilling,
    ];
    let roster = format!("{header}{}", rows.concat());
    let imported = office.upload("roster", roster.into_bytes()).await.done().json();
    assert_eq!(imported["rows"], 6, "{imported}");
    assert_eq!(imported["added"], 2, "{imported}");
    assert!(imported["problems"].as_array().unwrap().len() >= 4, "{imported}");
    volunteer
}

/// A service, its points, and what is bought with them.
async fn live(service: &Service, office: &Account, volunteer: &str) {
    let recorder = service.account(Role::Recorder, Some(TOWN));
    let attester = service.account(Role::Attester, Some(TOWN));
    let activity = service.held(office, 12, &[volunteer]).await;
    service.served([&recorder, &attester], volunteer, &activity, 12).await;
    let path = format!("points-bank/{volunteer}/redemptions");
    office.post(&path, json!({"item": "BUS-10"})).await.done();
}

/// Everything that may go wrong with a marked value in hand.
async fn stumble(office: &Account, child: &str) {
    let [marked, second, third] = people();
    office.post("volunteers", marked.body()).await.refused(422, "volunteer.already_registered");
    let mut alone = third.body();
    alone["identity_number"] =
        json!(IdentityNumber::with_check_digit("99999920060307744").unwrap().expose());
    office.post("volunteers", alone).await.refused(422, "volunteer.minor_without_guardian");
    let mut odd = second.body();
    odd["telephone"] = json!("13977001102转1");
    office.post("volunteers", odd).await.refused(422, "personal.telephone");
    let mut odd = second.body();
    odd["政治面貌"] = json!(second.name);
    office.post("volunteers", odd).await.refused(400, "json.unknown_field");
    let mut wrong = second.body();
    wrong["kind"] = json!(second.name);
    office.post("volunteers", wrong).await.refused(400, "json.wrong_value");
    let mut wrong = second.body();
    wrong["consent"] = json!({"given_on": second.telephone, "form": "书面"});
    office.post("volunteers", wrong).await.refused(400, "json.wrong_value");
    for text in [format!("电话{}", marked.telephone), format!("证号{}", marked.identity_number)]
    {
        let said = json!({"reason": text});
        office
            .post(&format!("volunteers/{child}/suspension"), said)
            .await
            .refused(422, "value.personal_data");
    }
    office
        .post(&format!("units/{}/quota", marked.identity_number), json!({"task": 1}))
        .await
        .refused(404, "value.unit_code");
    office.get(&format!("volunteers?unit={}", marked.telephone)).await;
    office
        .get(&format!("volunteers?name={}", marked.name))
        .await
        .refused(400, "query.unknown_parameter");
    office.get(&format!("volunteers/{}", marked.name)).await.refused(404, "value.person");
    let purpose = format!("volunteers/{child}/personal-data?purpose={}", marked.telephone);
    office.get(&purpose).await.refused(422, "value.personal_data");
    let again = format!("points-bank/{child}/redemptions");
    office
        .post(&again, json!({"item": marked.telephone}))
        .await
        .refused(422, "value.personal_data");
    office.post(&again, json!({"item": "BUS-10"})).await.refused(422, "points.insufficient");
}

/// Asks for every list, now, as a table and as it was.
async fn look_around(service: &Service, office: &Account) {
    let head = service.head().await;
    let lists = [
        "quota",
        "points-bank",
        "notices",
        "volunteers",
        "service-timeliness",
        "service-timeliness/records",
        "activities",
    ];
    for list in lists {
        office.get(&after(list, head)).await.done();
        office.get(&format!("{list}?format=csv")).await.done();
        office.get(&format!("{list}?as_of=2021-11-12T02:00:00Z")).await.done();
    }
    for stream in [format!("unit-{TOWN}"), "unit-330225-sfj".to_owned(), format!("squad-{TOWN}")] {
        assert!(!items(office.get(&format!("streams/{stream}")).await).is_empty());
    }
    for page in ["/readyz", "/openapi.json"] {
        office.get(page).await.done();
    }
}

#[track_caller]
fn unmarked(place: &str, bytes: &[u8]) {
    for marker in markers() {
        let found = bytes.windows(marker.len()).any(|window| window == marker.as_bytes());
        assert!(!found, "{place} holds {marker}");
    }
}

/// Every byte of every file, the vault's not excepted: there all is sealed.
#[track_caller]
fn unmarked_files(folder: &Path) {
    let mut files = 0;
    each_file(folder, |path, bytes| {
        unmarked(&path.to_string_lossy(), bytes);
        files += 1;
    });
    assert!(files >= 5, "log, vault, key, read models and node were searched: {files} files");
}

pub fn each_file(folder: &Path, mut look: impl FnMut(&Path, &[u8])) {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                look(&path, &std::fs::read(&path).unwrap());
            }
        }
    }
}

/// A text that holds a number is refused with that number, so that its sender finds it; no other answer holds one.
fn unmarked_answers(service: &Service) {
    let heard = service.heard.lock().unwrap();
    assert!(heard.len() > 50, "{} answers", heard.len());
    let quoting = |said: &str| said.contains(r#""code":"value.personal_data""#);
    for (asked, said) in heard.iter().filter(|(_, said)| !quoting(said)) {
        unmarked(
            &format!("the answer to {}", asked.split('?').next().unwrap_or_default()),
            said.as_bytes(),
        );
    }
}

/// The vault keeps that the person was there; key and sections are overwritten by zeros.
fn nothing_sealed(folder: &Path, volunteer: &str) {
    let person: domain::PersonId = volunteer.parse().unwrap();
    let vault = rusqlite::Connection::open(folder.join("vault.sqlite")).unwrap();
    let bits = i64::try_from(person.bits()).unwrap();
    let zeros = |query: &str| {
        let mut query = vault.prepare(query).unwrap();
        let blobs = query.query_map([bits], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        blobs.map(|blob| blob.unwrap().iter().all(|byte| *byte == 0)).collect::<Vec<_>>()
    };
    assert_eq!(zeros("SELECT wrapped_key FROM persons WHERE person = ?1"), [true]);
    let sections = zeros("SELECT sealed FROM sections WHERE person = ?1");
    assert!(!sections.is_empty() && sections.iter().all(|zeros| *zeros), "{sections:?}");
}

/// What the auditors' program says of the folder.
async fn verify(data: &Path) -> Replayed {
    let data = data.to_str().unwrap().to_owned();
    tokio::task::spawn_blocking(move || replay(&["--data", &data, "verify"])).await.unwrap()
}

/// Hears all that the service logs, in as much detail as an operator could ask of our crates.
fn listen() -> Arc<Mutex<Vec<u8>>> {
    static HEARD: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();
    let start = || {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = Ears(Arc::clone(&heard));
        let ours = "info,api=trace,domain=trace,event_store=trace,projections=trace,vault=trace,tower_http=trace";
        let log = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(ours)).with_ansi(false);
        log.with_writer(move || ears.clone()).init();
        heard
    };
    Arc::clone(HEARD.get_or_init(start))
}

/// Keeps what is written.
#[derive(Clone)]
struct Ears(Arc<Mutex<Vec<u8>>>);

impl Write for Ears {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
