//! Who may do what: the roles, whom each right reaches by which relation, and the argument by which a handler states the right it
//! needs. `src/routes.rs` names the right of every address; the two together are the table of rights, and `access::gate` is made
//! from it.

use crate::kit::error::AppError;
use crate::kit::http::NavItem;
use actix_web::FromRequest;
use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use chrono::DateTime;
use chrono::Utc;
use std::fmt;
use std::future::Ready;
use std::future::ready;
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;
use uuid::Uuid;

/// What somebody is to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everybody with an engagement.
    Learner,
    /// Everybody whom somebody reports to, or who sponsors a contractor.
    Manager,
    /// Keeps the roster.
    Hr,
    /// Answers for the programme.
    Compliance,
    /// Writes courses and policies.
    Author,
    /// Checks from outside; reads only.
    Auditor,
    /// Runs the installation.
    Administrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 7] = [Self::Learner, Self::Manager, Self::Hr, Self::Compliance, Self::Author, Self::Auditor, Self::Administrator];
    /// The roles that are granted by name; the first two follow from the roster.
    pub const GRANTED: [Self; 5] = [Self::Hr, Self::Compliance, Self::Author, Self::Auditor, Self::Administrator];

    /// The role's name in tables, addresses and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Manager => "manager",
            Self::Hr => "hr",
            Self::Compliance => "compliance",
            Self::Author => "author",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// Whether it can be granted for one legal entity.
    pub const fn can_be_scoped(self) -> bool {
        matches!(self, Self::Hr | Self::Compliance)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::GRANTED.iter().find(|role| role.name() == name);
        known.copied().ok_or_else(|| format!("{name:?} is none of hr, compliance, author, auditor, administrator"))
    }
}

/// How somebody stands to the people whom a right lets them see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Oneself.
    Own,
    /// Everybody who reports to oneself, directly or through others.
    Line,
    /// The contractors one sponsors, and whoever reports to them.
    Contractors,
    /// Everybody of the legal entity that one's role was granted for.
    LegalEntity,
    /// Everybody; and what belongs to nobody.
    All,
}

impl Relation {
    /// All relations.
    pub const ALL: [Self; 5] = [Self::Own, Self::Line, Self::Contractors, Self::LegalEntity, Self::All];

    /// The relation's name in the table of rights.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "self",
            Self::Line => "my line",
            Self::Contractors => "my contractors",
            Self::LegalEntity => "my legal entity",
            Self::All => "all",
        }
    }
}

/// A right: its name, and who has it over whom.
#[derive(Debug)]
pub struct Row {
    /// The right's name.
    pub name: &'static str,
    /// The roles that have it, each with the relations by which it reaches people.
    pub holders: &'static [(Role, &'static [Relation])],
}

/// A right as a type, for the arguments of handlers.
pub trait Right: 'static {
    /// Its row in the table.
    const ROW: &'static Row;
}

/// Who is let through to a route.
#[derive(Clone, Copy, Debug)]
pub enum Admission {
    /// Whoever asks, signed in or not.
    Everybody,
    /// Programs rather than people: probes, browsers that load a stylesheet.
    Machine,
    /// Those who have the right.
    Holders(&'static Row),
}

/// What the page of URLs names beside each address.
pub trait Admits {
    /// Who is let through.
    const ADMISSION: Admission;
}

/// Whoever asks, signed in or not.
pub struct Everybody;
/// Programs rather than people.
pub struct Machine;

impl Admits for Everybody {
    const ADMISSION: Admission = Admission::Everybody;
}

impl Admits for Machine {
    const ADMISSION: Admission = Admission::Machine;
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident $words:literal: $($role:ident [$($relation:ident),+]),+;)*) => { $(
        $(#[$doc])*
        pub struct $name;
        impl Right for $name {
            const ROW: &'static Row = &Row { name: $words, holders: &[$((Role::$role, &[$(Relation::$relation),+])),+] };
        }
        impl Admits for $name {
            const ADMISSION: Admission = Admission::Holders(<$name as Right>::ROW);
        }
    )* };
}

rights! {
    /// To take courses, attest, and see one's own record.
    Learn "learn": Learner [Own];
    /// To read what is published for everybody.
    ReadPolicies "read policies": Learner [All];
    /// To see why somebody owes something, by when, and how it stands. Never a mark.
    SeeAssignment "see an assignment":
        Learner [Own], Manager [Line, Contractors], Hr [LegalEntity, All], Compliance [LegalEntity, All], Auditor [All];
    /// To see the status of one's own reporting line and contractors.
    SeeTeam "see the team": Manager [Line, Contractors];
    /// To see and keep the roster.
    KeepRoster "keep the roster": Hr [LegalEntity, All];
    /// To see and export reports.
    SeeReports "see reports": Compliance [LegalEntity, All], Auditor [All], Hr [LegalEntity, All];
    /// To see who owes what, and how often: the rules, which name nobody.
    SeeProgramme "see the programme": Compliance [LegalEntity, All], Auditor [All], Hr [LegalEntity, All];
    /// To see published content with its sources and settings, which names nobody.
    SeeLibrary "see the library": Author [All], Compliance [LegalEntity, All], Auditor [All];
    /// To propose content, and to approve what somebody else proposed.
    Publish "publish content": Author [All], Compliance [All];
    /// To see health, jobs and mails, and to retry what failed.
    Operate "operate": Administrator [All];
}

/// Where each right leads, in the order of the navigation.
const NAVIGATION: &[(&str, &str, &Row)] = &[
    ("/", "nav-home", Learn::ROW),
    ("/record", "nav-record", Learn::ROW),
    ("/policies", "nav-policies", ReadPolicies::ROW),
    ("/team", "nav-team", SeeTeam::ROW),
    ("/people", "nav-people", KeepRoster::ROW),
    ("/reports", "nav-reports", SeeReports::ROW),
    ("/programme", "nav-programme", SeeProgramme::ROW),
    ("/library", "nav-library", SeeLibrary::ROW),
    ("/operations", "nav-operations", Operate::ROW),
];

/// A role that somebody has, over everybody or over one legal entity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The legal entity it is held for; `None`: all.
    pub legal_entity: Option<String>,
}

impl From<Role> for Grant {
    fn from(role: Role) -> Self {
        Self { role, legal_entity: None }
    }
}

/// Whom a right reaches, for one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Oneself.
    pub own: bool,
    /// One's reporting line.
    pub line: bool,
    /// One's contractors.
    pub contractors: bool,
    /// Everybody of these legal entities.
    pub legal_entities: Vec<String>,
    /// Everybody.
    pub all: bool,
}

impl Reach {
    fn add(&mut self, relation: Relation, grant: &Grant) {
        match (relation, &grant.legal_entity) {
            (Relation::Own, _) => self.own = true,
            (Relation::Line, _) => self.line = true,
            (Relation::Contractors, _) => self.contractors = true,
            (Relation::All, None) => self.all = true,
            (Relation::LegalEntity, Some(entity)) if !self.legal_entities.contains(entity) => self.legal_entities.push(entity.clone()),
            // A role for one legal entity reaches nobody else; a role for all needs no entity.
            (Relation::LegalEntity | Relation::All, _) => {}
        }
    }

    /// The legal entities it is limited to; `None`: it is not.
    pub fn limit(&self) -> Option<&[String]> {
        (!self.all).then_some(&self.legal_entities)
    }

    fn is_nobody(&self) -> bool {
        *self == Self::default()
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Principal {
    /// Who.
    pub person_id: Uuid,
    /// By which session.
    pub session_id: Uuid,
    /// How they signed in.
    pub method: String,
    /// When they signed in.
    pub signed_in_at: DateTime<Utc>,
    /// What they are.
    pub grants: Vec<Grant>,
}

impl Principal {
    /// Whom a right reaches for this person; `None` if they do not have it.
    pub fn reach(&self, right: &Row) -> Option<Reach> {
        let mut reach = Reach::default();
        for (role, relations) in right.holders {
            for grant in self.grants.iter().filter(|grant| grant.role == *role) {
                relations.iter().for_each(|relation| reach.add(*relation, grant));
            }
        }
        (!reach.is_nobody()).then_some(reach)
    }

    /// Where they may go.
    pub fn navigation(&self) -> Vec<NavItem> {
        let open = NAVIGATION.iter().filter(|(.., right)| self.reach(right).is_some());
        open.map(|(href, label, _)| NavItem { href, label }).collect()
    }
}

/// What the gate found out before it let somebody through; handlers get it as [`CurrentUser`].
#[derive(Clone, Debug)]
pub struct Admitted {
    /// By which right.
    pub right: &'static Row,
    /// Who.
    pub principal: Principal,
    /// Whom the right reaches.
    pub reach: Reach,
}

/// The signed-in person, who was let through by the right `R`.
pub struct CurrentUser<R> {
    admitted: Admitted,
    right: PhantomData<R>,
}

impl<R> CurrentUser<R> {
    /// Whom they may see by this right.
    pub fn reach(&self) -> &Reach {
        &self.admitted.reach
    }
}

impl<R> Deref for CurrentUser<R> {
    type Target = Principal;

    fn deref(&self) -> &Principal {
        &self.admitted.principal
    }
}

impl<R: Right> FromRequest for CurrentUser<R> {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let admitted = request.extensions().get::<Admitted>().cloned();
        ready(match admitted {
            Some(admitted) if admitted.right.name == R::ROW.name => Ok(Self { admitted, right: PhantomData }),
            // The page of URLs names another right than the handler: nobody is let through by mistake.
            _ => Err(AppError::Internal(format!("a handler wants the right {:?}, its route has another", R::ROW.name)).into()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(grants: Vec<Grant>) -> Principal {
        let signed_in_at = DateTime::UNIX_EPOCH;
        Principal { person_id: Uuid::nil(), session_id: Uuid::nil(), method: String::new(), signed_in_at, grants }
    }

    fn hr(entity: Option<&str>) -> Grant {
        Grant { role: Role::Hr, legal_entity: entity.map(str::to_owned) }
    }

    #[test]
    fn a_role_for_one_legal_entity_reaches_nobody_else() {
        let reach = somebody(vec![Role::Learner.into(), hr(Some("Halden GmbH"))]).reach(SeeReports::ROW).expect("has it");
        assert_eq!(reach, Reach { legal_entities: vec!["Halden GmbH".into()], ..Reach::default() });
        let reach = somebody(vec![hr(Some("A")), hr(Some("B")), hr(Some("A"))]).reach(KeepRoster::ROW).expect("has it");
        assert_eq!((reach.legal_entities, reach.all), (vec!["A".to_owned(), "B".to_owned()], false));
        assert!(somebody(vec![hr(None)]).reach(KeepRoster::ROW).expect("has it").all);
    }

    #[test]
    fn without_a_role_there_is_no_right() {
        let learner = somebody(vec![Role::Learner.into()]);
        assert_eq!(learner.reach(Learn::ROW), Some(Reach { own: true, ..Reach::default() }));
        for right in [SeeTeam::ROW, KeepRoster::ROW, SeeReports::ROW, SeeLibrary::ROW, Operate::ROW] {
            assert_eq!(learner.reach(right), None, "{}", right.name);
        }
        assert_eq!(somebody(Vec::new()).reach(Learn::ROW), None);
    }
}
