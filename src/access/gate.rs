//! The gate before every handler, made from the table of rights: who is not in it does not learn that there is a page.

use crate::access::kept;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::rights::Admission;
use crate::rights::Admitted;
use crate::rights::Learn;
use crate::rights::Principal;
use crate::rights::Right;
use actix_web::HttpMessage;
use actix_web::body::BoxBody;
use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Data;

/// Lets a request through to its handler, with the person and whom the right reaches.
///
/// # Errors
/// Nobody is signed in; or the right is missing, which looks as if there were no such page.
pub async fn gate(
    admission: Admission,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if let Admission::Holders(right) = admission {
        let Some(principal) = request.extensions().get::<Principal>().cloned() else {
            // What people do for themselves is kept; verbs over others are said again by whoever still may.
            if request.method() == Method::POST
                && right.name == Learn::ROW.name
                && !request.path().starts_with("/kept")
                && let Some(ctx) = request.app_data::<Data<Ctx>>().cloned()
            {
                match kept::keep(&ctx, &mut request).await {
                    Ok(Some(response)) => return Ok(request.into_response(response)),
                    Ok(None) => {}
                    Err(error) => return Ok(request.error_response(error)),
                }
            }
            let error = AppError::SignInNeeded(back(&request));
            return Ok(request.error_response(error));
        };
        let Some(reach) = principal.reach(right) else { return Ok(request.error_response(AppError::NotFound)) };
        request.extensions_mut().insert(Admitted { right, principal, reach });
    }
    let ctx = request.app_data::<Data<Ctx>>().cloned().filter(|_| request.method() == Method::POST);
    let mut response = next.call(request).await?.map_into_boxed_body();
    if let Some(ctx) = ctx.filter(|_| response.status().is_redirection()) {
        kept::was_sent(&ctx, &mut response).await;
    }
    Ok(response)
}

/// The address that was asked for, as a value for another address. A page can be asked for again after signing in; a form cannot.
fn back(request: &ServiceRequest) -> String {
    if request.method() != Method::GET {
        return String::new();
    }
    let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
    url::form_urlencoded::byte_serialize(asked.as_bytes()).collect()
}
