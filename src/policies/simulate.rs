//! Attests as a person would, by the same verbs: for the demo's history.

use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::policies::actions;
use crate::policies::actions::Signer;
use crate::policies::model::Response;
use crate::policies::queries;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use uuid::Uuid;

/// Reads the policy at `at` and attests a few minutes later.
///
/// # Errors
/// When the database fails.
pub async fn attest(
    connection: &mut Connection,
    at: DateTime<Utc>,
    ctx: &Ctx,
    (person, assignment): (Uuid, Uuid),
    language: &str,
) -> Result<(), AppError> {
    let reading = actions::open(connection, at, &ctx.chance, person, assignment, language).await?;
    queries::reach_end(connection, at + TimeDelta::minutes(6), assignment, reading.text.id).await?;
    let signed_at = at + TimeDelta::minutes(7);
    let signer = Signer { person_id: person, session_id: ctx.chance.id(at), method: "mailed link".into(), signed_in_at: at };
    let key = ctx.chance.id(at);
    actions::respond(connection, signed_at, ctx, &signer, &reading, key, Response::Attest).await?;
    Ok(())
}
