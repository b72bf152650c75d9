//! Keeps the assignments in step with the roster and the calendar.

use crate::ctx::Ctx;
use crate::kit::jobs::JobError;
use crate::programme::actions;

/// `programme.evaluate`: assigns what is owed now. Safe to run twice, and at any time.
///
/// # Errors
/// When the database fails; it is tried again.
pub async fn evaluate(ctx: &Ctx) -> Result<(), JobError> {
    let now = ctx.now();
    let done = actions::evaluate(&mut *ctx.connection().await?, now, &ctx.chance, &ctx.organisation).await?;
    tracing::info!(assigned = done.assigned, withdrawn = done.withdrawn, moved = done.moved, "programme evaluated");
    Ok(())
}
