//! The table of rights, walked whole: every route × every role × every relation, against the running program. A route that is new
//! fails here until somebody has said who may do what with it, and has given an object to try it on.

use crate::support::Answer;
use crate::support::Avow;
use crate::support::Route;
use crate::support::Visitor;
use crate::support::attest;
use crate::support::exported;
use crate::support::pass;
use reqwest::Method;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Somebody to try the table on: HR id, roles, and how they stand to those whose objects are tried.
struct Persona {
    hr_id: &'static str,
    roles: &'static [&'static str],
    /// HR id of the other and the relation that leads to them.
    others: &'static [(&'static str, &'static str)],
}

/// Lena (003) reports to Omar (002), Omar to Dora (001); Omar sponsors Mai (C-1), who works for Halden Vietnam.
const PERSONAS: [Persona; 9] = [
    Persona { hr_id: "003", roles: &["learner"], others: &[("002", ""), ("007", ""), ("C-1", "")] },
    Persona {
        hr_id: "002",
        roles: &["learner", "manager"],
        others: &[("003", "my line"), ("C-1", "my contractors"), ("004", ""), ("001", "")],
    },
    Persona { hr_id: "001", roles: &["learner", "manager"], others: &[("002", "my line"), ("003", "my line"), ("C-1", "my line")] },
    Persona { hr_id: "005", roles: &["learner", "hr"], others: &[("003", "all"), ("C-1", "all")] },
    Persona { hr_id: "007", roles: &["learner", "hr for Halden Vietnam"], others: &[("C-1", "my legal entity"), ("003", "")] },
    Persona { hr_id: "004", roles: &["learner", "manager", "compliance"], others: &[("003", "all"), ("010", "my contractors")] },
    Persona { hr_id: "009", roles: &["learner", "compliance for Halden GmbH"], others: &[("003", "my legal entity"), ("C-1", "")] },
    Persona { hr_id: "010", roles: &["learner", "auditor"], others: &[("003", "all"), ("C-1", "all")] },
    Persona { hr_id: "006", roles: &["learner", "administrator"], others: &[("003", ""), ("C-1", "")] },
];
/// The author, whose rights are over nobody.
const AUTHOR: Persona = Persona { hr_id: "011", roles: &["learner", "author"], others: &[("003", ""), ("C-1", "")] };

impl Persona {
    /// Whether the table lets this person through to what belongs to somebody who stands to them by `relation`.
    fn may(&self, route: &Route, relation: &str) -> bool {
        self.roles.iter().any(|held| {
            let (role, entity) = held.split_once(" for ").map_or((*held, None), |(role, entity)| (role, Some(entity)));
            let relations = route.holders.iter().find(|(holder, _)| holder == role).map(|(_, relations)| relations);
            let has = |wanted: &str| relations.is_some_and(|relations| relations.iter().any(|relation| relation == wanted));
            match (entity, relation) {
                (_, "self" | "my line" | "my contractors") => has(relation) || (entity.is_none() && has("all")),
                (Some(_), "all") => false,
                (None, "my legal entity") => has("all"),
                (_, "") => entity.is_none() && has("all"),
                _ => has(relation),
            }
        })
    }

    /// Whether the table lets this person through at all.
    fn has_any(&self, route: &Route) -> bool {
        ["self", "my line", "my contractors", "my legal entity", "all"].iter().any(|relation| self.may(route, relation))
    }
}

/// A company with every kind of person, each of whom has something of everything.
async fn company() -> Avow {
    let mut avow = Avow::company().await;
    let more = avow.file(
        "more.csv",
        "hr_id,email,given_name,family_name,kind,start,end,manager,sponsor,department,location,country,legal_entity,job_role,language,zone\n\
         009,nora.blau@halden.example,Nora,Blau,employee,2020-02-01,,001,,Compliance,Berlin,DE,Halden GmbH,Officer,en,Europe/Berlin\n\
         010,otto.pruefer@audit.example,Otto,Prüfer,contractor,2020-02-01,,,004,Compliance,Berlin,DE,Halden GmbH,Auditor,en,Europe/Berlin\n\
         011,vera.text@halden.example,Vera,Text,employee,2020-02-01,,001,,Security,Berlin,DE,Halden GmbH,Author,en,Europe/Berlin\n",
    );
    avow.avow(&["people", "import", &more]);
    avow.avow(&["access", "grant", "hr", "007", "--legal-entity", "Halden Vietnam"]);
    avow.avow(&["access", "grant", "compliance", "009", "--legal-entity", "Halden GmbH"]);
    avow.avow(&["access", "grant", "auditor", "010"]);
    avow.avow(&["access", "grant", "author", "011"]);
    avow.avow(&["programme", "evaluate"]);
    avow.serve();
    avow
}

/// What somebody has: the values of the parameters in addresses.
async fn objects(avow: &Avow, hr_id: &str) -> BTreeMap<&'static str, String> {
    let completion = pass(avow, hr_id).await;
    let receipt = attest(avow, hr_id).await.location().to_owned();
    let course = avow.assignment(hr_id, "mail-course").await;
    BTreeMap::from([
        ("assignment", course),
        ("attested", avow.assignment(hr_id, "desk-policy").await),
        ("completion", completion),
        ("attestation", receipt.rsplit('/').next().expect("an id").to_owned()),
        ("part", "01-links".into()),
        ("question", "parcel".into()),
        ("number", "1".into()),
        ("policy", "clear-desk".into()),
        ("shelf", "policies".into()),
        ("name", "clear-desk".into()),
        ("version", "1".into()),
        ("course", "safe-mail".into()),
    ])
}

/// The address with the parameters of somebody's objects; `None` if it has none that belong to anybody.
fn address(path: &str, objects: &BTreeMap<&str, String>) -> Option<String> {
    let mut address = path.to_owned();
    for parameter in parameters(path) {
        let name = if path.starts_with("/attest/") && parameter == "assignment" { "attested" } else { parameter };
        let value = objects.get(name).unwrap_or_else(|| panic!("{path}: give the sweep an object for {{{parameter}}}"));
        address = address.replace(&format!("{{{parameter}}}"), value);
    }
    Some(address).filter(|_| parameters(path).any(is_owned))
}

fn parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

/// Whether what a parameter names belongs to somebody.
fn is_owned(parameter: &str) -> bool {
    ["assignment", "completion", "attestation"].contains(&parameter)
}

/// What the handler needs to get as far as asking whose the object is. `text` is the text of the policy.
fn fields(route: &Route, text: &str) -> String {
    match (route.path.as_str(), &route.method) {
        ("/attest/{assignment}/review", _) => format!("text={text}"),
        ("/attest/{assignment}", &Method::POST) => format!("text={text}&idempotency_key=x&response=attest&agree=yes"),
        ("/courses/{assignment}/quiz/{number}", &Method::POST) => "action=save".into(),
        ("/courses/{assignment}/lessons/{part}/checks/{question}", &Method::POST) => "choice=0".into(),
        // A return without a reason changes nothing, nor does a review without threats.
        ("/library/proposals/{proposal}", _) => "decision=returned".into(),
        ("/library/{shelf}/{name}/reviews", _) => "outcome=unchanged&threats=&next=2030-01-01".into(),
        ("/courses/{assignment}/survey", &Method::POST) => "useful=5".into(),
        _ => String::new(),
    }
}

async fn ask(visitor: &Visitor, csrf: &str, route: &Route, path: &str, text: &str) -> Answer {
    let fields = fields(route, text);
    let body = (route.method == Method::POST).then(|| format!("csrf={csrf}&{fields}"));
    let path = if route.method == Method::GET && !fields.is_empty() { format!("{path}?{fields}") } else { path.to_owned() };
    visitor.ask(route.method.clone(), &path, &[("sec-fetch-site", "same-origin")], body).await
}

/// Whether one came as far as being asked for the key that a review page makes: it is for those only whose assignment it is.
fn wants_key(route: &Route, answer: &Answer) -> bool {
    (route.path.as_str(), &route.method, answer.status) == ("/attest/{assignment}", &Method::POST, 403)
}

/// The page of an error without what is new on every page.
fn bare(answer: &Answer) -> String {
    let main = answer.body.split("<main").nth(1).unwrap_or_default().split("</main>").next().unwrap_or_default();
    main.split("<code>").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn every_route_lets_through_whom_the_table_names_and_to_everybody_else_does_not_exist() {
    let avow = company().await;
    let routes = exported(&avow);
    assert!(routes.len() > 40, "{} routes", routes.len());
    let mut owned = BTreeMap::new();
    for hr_id in ["001", "002", "003", "004", "005", "006", "007", "009", "010", "011", "C-1"] {
        owned.insert(hr_id, objects(&avow, hr_id).await);
    }
    let nobodys: BTreeMap<&str, String> = owned["003"]
        .iter()
        .map(|(name, value)| (*name, if value.len() == 36 { "0190a5a0-0000-7000-8000-000000000000".into() } else { value.clone() }))
        .collect();
    let job = "insert into jobs (kind, payload, run_at, attempts, max_attempts, last_error, dead_at, created_at)
        values ('reminders.plan', '{}', now(), 8, 8, 'gone', now(), now()) returning id::text";
    let job: String = avow.one(job).await;
    let text: String = avow.one("select id::text from content_texts where part = 'policy' and language = 'en'").await;
    let proposal =
        "insert into content_proposals select gen_random_uuid(), 'policy', 'clear-desk', 9, 'material', sha256('a'), sha256('b'), '',
        id, now() from persons where hr_id = '003' returning id::text";
    let proposal: String = avow.one(proposal).await;
    let asset = "insert into content_assets values (sha256('a'), 'image/png', 'a') returning encode(sha256, 'hex')";
    let asset: String = avow.one(asset).await;
    for objects in owned.values_mut() {
        objects.extend([("job", job.clone()), ("proposal", proposal.clone()), ("sha256", asset.clone())]);
    }
    let (mut wrong, mut tried, mut seen) = (Vec::new(), 0, BTreeSet::new());
    for persona in PERSONAS.iter().chain([&AUTHOR]) {
        let visitor = avow.signed_in(persona.hr_id).await;
        let csrf = visitor.get("/").await.field("csrf");
        let nothing = bare(&visitor.get("/there/is/nothing/here").await);
        for route in routes.iter().filter(|route| !["everybody", "machine"].contains(&route.right.as_str())) {
            let mut check = async |target: &str, path: String, allowed: bool| {
                let answer = ask(&visitor, &csrf, route, &path, &text).await;
                let what =
                    format!("{} {} for {} ({}), object of {target}", route.method, route.path, persona.hr_id, persona.roles.join(", "));
                tried += 1;
                let hidden = answer.status == 404 && bare(&answer) == nothing;
                let open = (![401, 403, 404, 405, 500, 503].contains(&answer.status) || wants_key(route, &answer))
                    && !answer.header("location").unwrap_or("").contains("sign-in");
                if if allowed { !open } else { !hidden } {
                    wrong.push(format!("{what}: {} {}, the table says {allowed}", answer.status, bare(&answer)));
                }
            };
            let own = owned[persona.hr_id].clone();
            match address(&route.path, &own) {
                None => {
                    let path =
                        parameters(&route.path).fold(route.path.clone(), |path, name| path.replace(&format!("{{{name}}}"), &own[name]));
                    check("nobody", path, persona.has_any(route)).await;
                }
                Some(path) => {
                    seen.insert(route.path.clone());
                    check("oneself", path, persona.may(route, "self")).await;
                    for (other, relation) in persona.others {
                        let path = address(&route.path, &owned[other]).expect("has parameters");
                        check(&format!("{other} ({relation})"), path, persona.may(route, relation)).await;
                    }
                    check("nobody at all", address(&route.path, &nobodys).expect("has parameters"), false).await;
                    let odd = route.path.split('/').map(|part| if part.starts_with('{') { "%00" } else { part }).collect::<Vec<_>>();
                    let answer = ask(&visitor, &csrf, route, &odd.join("/"), &text).await;
                    if answer.status != 404 {
                        wrong.push(format!("{} {} with an odd id: {}", route.method, route.path, answer.status));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 800 && seen.len() > 10, "{tried} tried, {} addresses with objects", seen.len());
}

#[tokio::test]
async fn strangers_are_asked_to_sign_in_and_see_what_is_for_everybody() {
    let avow = Avow::serving().await;
    let stranger = avow.visitor();
    let csrf = stranger.get("/sign-in").await.field("csrf");
    for route in exported(&avow) {
        let path = route.path.replace(['{', '}'], "");
        let answer = ask(&stranger, &csrf, &route, &path, "").await;
        let leads_to_sign_in = answer.header("location").is_some_and(|place| place.starts_with("/sign-in?next=%2F"));
        match (route.right.as_str(), &route.method) {
            ("everybody" | "machine", _) => {
                assert!(answer.status != 401 && !leads_to_sign_in, "{} {path}: {}", route.method, answer.status)
            }
            (_, &Method::GET) => assert!(answer.status == 303 && leads_to_sign_in, "{path}: {}", answer.status),
            _ => assert_eq!(answer.status, 401, "{} {path}", route.method),
        }
    }
}

#[tokio::test]
async fn lists_and_files_hold_those_whom_ones_role_reaches() {
    let avow = company().await;
    let (mai, lena) = ("Trần Thị Mai", "Lena");
    let cases: [(&str, &[&str], bool, bool); 7] = [
        ("005", &["/people", "/reports/completion", "/reports/completion.csv"], true, true),
        ("007", &["/people", "/reports/completion", "/reports/completion.csv"], true, false),
        ("009", &["/reports/completion", "/reports/completion.csv"], false, true),
        ("004", &["/reports/completion", "/reports/completion.csv"], true, true),
        ("010", &["/reports/completion", "/reports/completion.csv"], true, true),
        ("002", &["/team"], true, true),
        ("001", &["/team"], true, true),
    ];
    for (who, pages, sees_mai, sees_lena) in cases {
        let visitor = avow.signed_in(who).await;
        for page in pages {
            let answer = visitor.get(page).await;
            assert_eq!((answer.status, answer.says(mai), answer.says(lena)), (200, sees_mai, sees_lena), "{page} for {who}");
        }
    }
    let manifest = avow.signed_in("009").await.get("/reports/completion.manifest.json").await.body;
    assert!(manifest.contains("\"legal_entities\": [\n      \"Halden GmbH\""), "{manifest}");
    let name = |answer: &Answer| answer.header("content-disposition").expect("a name").to_owned();
    let [whole, part] = [avow.signed_in("004").await, avow.signed_in("009").await];
    let [whole, part] = [name(&whole.get("/reports/completion.csv").await), name(&part.get("/reports/completion.csv").await)];
    assert!(whole != part && part.contains("halden-gmbh"), "{whole} {part}");
    let manifest = avow.signed_in("004").await.get("/reports/completion.manifest.json").await.body;
    assert!(manifest.contains("\"legal_entities\": null"), "{manifest}");
}

#[tokio::test]
async fn a_role_is_granted_for_a_legal_entity_that_exists_and_only_where_that_means_something() {
    let avow = Avow::serving().await;
    assert!(avow.refused(&["access", "grant", "hr", "007", "--legal-entity", "Halden AG"]).contains("nobody's legal entity"));
    assert!(avow.refused(&["access", "grant", "auditor", "007", "--legal-entity", "Halden GmbH"]).contains("only hr and compliance"));
    assert_eq!(avow.signed_in("007").await.get("/people").await.status, 404);
    assert!(avow.avow(&["access", "grant", "hr", "007", "--legal-entity", "Halden GmbH"]).contains("hr for Halden GmbH"));
    let karl = avow.signed_in("007").await;
    assert!(karl.get("/people").await.says("Lena Brandt"));
    avow.avow(&["access", "revoke", "hr", "007"]);
    assert_eq!(karl.get("/people").await.status, 404, "from the next request on");
}

/// The table as it was last read and agreed to by people; it is in the documentation.
#[tokio::test]
async fn the_documented_table_is_the_one_the_program_goes_by() {
    let avow = Avow::empty().await;
    let documented = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rights.md")).expect("docs/rights.md");
    let table = documented.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a table");
    assert_eq!(table, avow.avow(&["access", "rights"]), "docs/rights.md: read the change, agree to it, then write it down");
}
