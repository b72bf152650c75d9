//! The page of URLs: every address of the program, who is let through to it, and the handler behind it. It is data: the router,
//! the gate before each handler and `avow access rights` are made from it, so that no address is without a right.

use crate::access;
use crate::kit::http;
use crate::library;
use crate::people;
use crate::policies;
use crate::probes;
use crate::programme;
use crate::reports;
use crate::rights::Admission;
use crate::rights::Admits;
use crate::rights::Everybody;
use crate::rights::KeepRoster;
use crate::rights::Learn;
use crate::rights::Machine;
use crate::rights::Operate;
use crate::rights::Publish;
use crate::rights::ReadPolicies;
use crate::rights::SeeAssignment;
use crate::rights::SeeLibrary;
use crate::rights::SeeProgramme;
use crate::rights::SeeReports;
use crate::rights::SeeTeam;
use crate::training;
use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::ServiceConfig;
use actix_web::web::method;
use actix_web::web::resource;

/// One address and method.
pub struct Route {
    /// The method (RFC 9110, section 9.3).
    pub method: &'static str,
    /// The address, with its parameters in braces.
    pub path: &'static str,
    /// Who is let through.
    pub admission: Admission,
}

macro_rules! site {
    ($($path:literal { $($method:ident $who:ident => $($handler:ident)::+;)+ })+) => {
        /// Every route.
        pub const ROUTES: &[Route] =
            &[$($(Route { method: stringify!($method), path: $path, admission: <$who as Admits>::ADMISSION },)+)+];

        /// Adds every route, each behind its gate.
        pub fn routes(site: &mut ServiceConfig) {
            $(site.service(resource($path)$(.route(
                method(Method::$method)
                    .to($($handler)::+)
                    .wrap(from_fn(|request, next| access::gate(<$who as Admits>::ADMISSION, request, next))),
            ))+);)+
        }
    };
}

site! {
    // Signing in
    "/sign-in" { GET Everybody => access::routes::ask; POST Everybody => access::routes::send; }
    "/sign-in/link" { GET Everybody => access::routes::ask; POST Everybody => access::routes::sign_in; }
    "/sign-in/{token}" { GET Everybody => access::routes::link; }
    "/invitations" { POST Everybody => access::invitation_routes::accept; }
    "/invitations/{token}" { GET Everybody => access::invitation_routes::show; }
    "/kept" { GET Learn => access::kept_routes::show; }
    "/kept/discard" { POST Learn => access::kept_routes::discard; }
    "/sign-out" { POST Everybody => access::routes::sign_out; }
    "/language" { POST Everybody => access::routes::language; }

    // What I owe and have done
    "/" { GET Learn => programme::routes::home; }
    "/record" { GET Learn => programme::routes::record; }
    "/assignments/{assignment}" { GET SeeAssignment => programme::routes::why; }

    // Taking a course
    "/courses/{assignment}" { GET Learn => training::routes::course; }
    "/courses/{assignment}/start" { POST Learn => training::routes::start; }
    "/courses/{assignment}/lessons/{part}" { GET Learn => training::routes::show_lesson; }
    "/courses/{assignment}/lessons/{part}/checks/{question}" {
        GET Learn => training::routes::show_check;
        POST Learn => training::routes::check;
    }
    "/courses/{assignment}/lessons/{part}/finish" { GET Learn => training::routes::show_lesson; POST Learn => training::routes::finish; }
    "/courses/{assignment}/quiz" { POST Learn => training::quiz_routes::begin; }
    "/courses/{assignment}/quiz/{number}" { GET Learn => training::quiz_routes::show; POST Learn => training::quiz_routes::submit; }
    "/go/courses/{course}/{part}" { GET Learn => training::routes::go; }
    "/courses/{assignment}/survey" { GET Learn => training::survey_routes::show; POST Learn => training::survey_routes::send; }
    "/certificates/{completion}" { GET Learn => training::quiz_routes::certificate; }

    // Reading and attesting
    "/policies" { GET ReadPolicies => library::routes::policies; }
    "/policies/{policy}" { GET ReadPolicies => library::routes::policy; }
    "/policies/{policy}/versions/{version}" { GET ReadPolicies => library::routes::policy_version; }
    "/content/{sha256}/{name}" { GET ReadPolicies => library::assets::asset; }
    "/attest/{assignment}" { GET Learn => policies::routes::read; POST Learn => policies::routes::attest; }
    "/attest/{assignment}/review" { GET Learn => policies::routes::review; POST Learn => policies::routes::reach_end; }
    "/receipts/{attestation}" { GET Learn => policies::routes::receipt; }

    // Managers, HR, compliance, authors, administrators
    "/team" { GET SeeTeam => reports::team::team; }
    "/people" { GET KeepRoster => people::routes::roster; }
    "/programme" { GET SeeProgramme => programme::routes::programme; }
    "/reports" { GET SeeReports => reports::routes::overview; }
    "/reports/completion" { GET SeeReports => reports::routes::completion_report; }
    "/reports/completion.csv" { GET SeeReports => reports::routes::completion_csv; }
    "/reports/completion.manifest.json" { GET SeeReports => reports::routes::completion_manifest; }
    "/reports/completion.zip" { GET SeeReports => reports::routes::completion_zip; }
    "/library" { GET SeeLibrary => reports::library::routes::register; }
    "/library/proposals/{proposal}" { POST Publish => reports::library::routes::decide; }
    "/library/{shelf}/{name}" { GET SeeLibrary => reports::library::routes::content; }
    "/library/{shelf}/{name}/versions/{version}" { GET SeeLibrary => reports::library::routes::version; }
    "/library/{shelf}/{name}/changes" { GET SeeLibrary => reports::library::routes::changes; }
    "/library/{shelf}/{name}/proposals" { POST Publish => reports::library::routes::propose; }
    "/library/{shelf}/{name}/reviews" { POST Publish => reports::library::routes::review; }
    "/library/courses/{course}/questions" { GET SeeLibrary => reports::quality::routes::questions; }
    "/library/courses/{course}/questions.csv" { GET SeeLibrary => reports::quality::routes::questions_csv; }
    "/operations" { GET Operate => reports::operations::operations; }
    "/operations/jobs/{job}/retry" { POST Operate => reports::operations::retry; }

    // The machine's own
    "/static/{hash}/{name}" { GET Machine => http::serve_static; }
    "/style" { GET Everybody => http::style; }
    "/csp-report" { POST Machine => http::csp_report; }
    "/metrics" { GET Machine => probes::metrics; }
    "/health/live" { GET Machine => probes::live; }
    "/health/ready" { GET Machine => probes::ready; }
}
