//! Who may do what: the roles, the rights, and the argument by which a handler states the right it needs.

use crate::kit::error::AppError;
use crate::kit::http::NavItem;
use actix_web::FromRequest;
use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::Method;
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

/// A right, by the roles that have it. Rights over particular people follow from the roster and are checked in the query.
pub trait Right: 'static {
    /// Who has it.
    const ROLES: &'static [Role];
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)|+;)*) => { $(
        $(#[$doc])*
        pub struct $name;
        impl Right for $name {
            const ROLES: &'static [Role] = &[$(Role::$role),+];
        }
    )* };
}

rights! {
    /// To take courses, attest, and see one's own record.
    Learn: Learner;
    /// To see the status of one's own reporting line and contractors.
    SeeTeam: Manager;
    /// To see and keep the roster.
    KeepRoster: Hr;
    /// To see and export reports about everybody.
    SeeReports: Compliance | Auditor | Hr;
    /// To see published content with its sources and settings.
    SeeLibrary: Author | Compliance | Auditor;
    /// To see health, jobs and mails, and to retry what failed.
    Operate: Administrator;
}

/// Where each role finds its pages, in the order of the navigation.
const NAVIGATION: &[(&str, &str, &[Role])] = &[
    ("/", "nav-home", Learn::ROLES),
    ("/record", "nav-record", Learn::ROLES),
    ("/policies", "nav-policies", Learn::ROLES),
    ("/team", "nav-team", SeeTeam::ROLES),
    ("/people", "nav-people", KeepRoster::ROLES),
    ("/reports", "nav-reports", SeeReports::ROLES),
    ("/programme", "nav-programme", SeeReports::ROLES),
    ("/library", "nav-library", SeeLibrary::ROLES),
    ("/operations", "nav-operations", Operate::ROLES),
];

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
    pub roles: Vec<Role>,
}

impl Principal {
    /// Whether they have a right.
    pub fn may<R: Right>(&self) -> bool {
        R::ROLES.iter().any(|role| self.roles.contains(role))
    }

    /// Where they may go.
    pub fn navigation(&self) -> Vec<NavItem> {
        let open = NAVIGATION.iter().filter(|(.., roles)| roles.iter().any(|role| self.roles.contains(role)));
        open.map(|(href, label, _)| NavItem { href, label }).collect()
    }
}

/// The signed-in person, who has the right `R`. Without it a page is not found, as if it did not exist.
pub struct CurrentUser<R> {
    principal: Principal,
    right: PhantomData<R>,
}

impl<R> Deref for CurrentUser<R> {
    type Target = Principal;

    fn deref(&self) -> &Principal {
        &self.principal
    }
}

impl<R: Right> FromRequest for CurrentUser<R> {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let principal = request.extensions().get::<Principal>().cloned();
        ready(match principal {
            Some(principal) if principal.may::<R>() => Ok(Self { principal, right: PhantomData }),
            Some(_) => Err(AppError::NotFound.into()),
            // A page can be asked for again after signing in; a form cannot.
            None if request.method() == Method::GET => Err(AppError::SignInNeeded(back(request)).into()),
            None => Err(AppError::SignInNeeded(String::new()).into()),
        })
    }
}

/// The address that was asked for, as a value for another address.
fn back(request: &HttpRequest) -> String {
    let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
    url::form_urlencoded::byte_serialize(asked.as_bytes()).collect()
}
