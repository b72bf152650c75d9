//! Invitations from the server's terminal, for an installation that knows nobody yet: a one-time link, by which somebody says who they
//! are, comes into the roster, and gets the role that the link names. All of it, or nothing.

use crate::access::actions;
use crate::access::actions::SESSION_LASTS;
use crate::access::envelope;
use crate::access::queries;
use crate::access::tokens;
use crate::access::tokens::Kind;
use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::i18n::Lang;
use crate::people;
use crate::people::actions::ImportFile;
use crate::people::actions::ImportOptions;
use crate::rights::Role;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use diesel_async::AsyncConnection;

/// An invitation can be accepted for so long.
const LASTS: TimeDelta = TimeDelta::days(1);

/// Makes an invitation; its address.
///
/// # Errors
/// When the database fails.
pub async fn invite(connection: &mut Connection, now: DateTime<Utc>, ctx: &Ctx, role: Role) -> Result<String, AppError> {
    let id = ctx.chance.id(now);
    queries::add_invitation(connection, now, id, role, now + LASTS).await?;
    Ok(format!("{}/invitations/{}", ctx.config.base_url, tokens::token(&ctx.key, Kind::Invitation, id)))
}

/// The role that an invitation gives, while it can be accepted.
///
/// # Errors
/// When the database fails.
pub(super) async fn role(connection: &mut Connection, now: DateTime<Utc>, ctx: &Ctx, token: &str) -> Result<Option<Role>, AppError> {
    let Some(id) = tokens::link(&ctx.key, Kind::Invitation, token) else { return Ok(None) };
    let role = queries::open_invitation(connection, now, id).await?;
    Ok(role.and_then(|role| role.parse().ok()))
}

/// What somebody says of themselves.
pub(super) struct Newcomer {
    /// The number HR has for them.
    pub hr_id: String,
    /// Given names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Their mail address.
    pub email: String,
}

impl Newcomer {
    /// The ids of the fields that are to be corrected.
    pub fn wrong(&self) -> Vec<&'static str> {
        let is_word = |text: &str| !text.trim().is_empty() && !text.chars().any(is_invisible);
        let checks = [
            ("name", is_word(&self.given_name) && is_word(&self.family_name)),
            ("email", self.email.trim().parse::<lettre::Address>().is_ok() && is_word(&self.email)),
            ("hr_id", is_word(&self.hr_id)),
        ];
        checks.into_iter().filter(|(_, right)| !right).map(|(field, _)| field).collect()
    }

    /// Themselves as a row of HR's file: they come into the roster as everybody does.
    fn file(&self, lang: Lang, start: chrono::NaiveDate) -> Result<Vec<u8>, AppError> {
        let failed = |error: csv::Error| AppError::Internal(error.to_string());
        let mut file = csv::Writer::from_writer(Vec::new());
        file.write_record(["hr_id", "email", "given_name", "family_name", "kind", "start", "language"]).map_err(failed)?;
        let fields = [&self.hr_id, &self.email, &self.given_name, &self.family_name].map(|field| field.trim().to_owned());
        let more = ["employee".to_owned(), start.to_string(), lang.tag().to_owned()];
        file.write_record(fields.iter().chain(&more)).map_err(failed)?;
        file.into_inner().map_err(|error| AppError::Internal(error.to_string()))
    }
}

/// Letters that nobody sees, by which one name could look like another.
fn is_invisible(letter: char) -> bool {
    let unseen = ['\u{ad}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{feff}'];
    letter.is_control()
        || unseen.contains(&letter)
        || ('\u{202a}'..='\u{202e}').contains(&letter)
        || ('\u{2060}'..='\u{206f}').contains(&letter)
}

/// What became of accepting an invitation.
pub(super) enum Accepted {
    /// They are signed in: the session's envelope.
    SignedIn(String),
    /// The invitation was used before, or its time is over.
    Dead,
    /// These fields are to be corrected.
    Wrong(Vec<&'static str>),
}

/// Accepts an invitation: uses it up, adds the person and the role, and signs them in.
///
/// # Errors
/// When the database fails.
pub(super) async fn accept(
    connection: &mut Connection,
    now: DateTime<Utc>,
    ctx: &Ctx,
    token: &str,
    newcomer: &Newcomer,
    lang: Lang,
) -> Result<Accepted, AppError> {
    let Some(id) = tokens::link(&ctx.key, Kind::Invitation, token) else { return Ok(Accepted::Dead) };
    let wrong = newcomer.wrong();
    if !wrong.is_empty() {
        return Ok(Accepted::Wrong(wrong));
    }
    let (session, expires_at) = (ctx.chance.id(now), now + SESSION_LASTS);
    let accepted = connection
        .transaction(async |connection| {
            // Of any number who come at once, each waits for the one before.
            let Some(role) = queries::hold_invitation(connection, now, id).await? else { return Ok(Accepted::Dead) };
            let role: Role = role.parse().map_err(AppError::Internal)?;
            people::lock_roster(connection).await?;
            if people::by_hr_id(connection, newcomer.hr_id.trim()).await?.is_some() {
                return Ok(Accepted::Wrong(vec!["known"]));
            }
            if !people::engaged_by_email(connection, now, ctx.organisation.zone, &newcomer.email).await?.is_empty() {
                // Two people with one address could neither be mailed nor sign in.
                return Ok(Accepted::Wrong(vec!["taken"]));
            }
            let start = now.with_timezone(&ctx.organisation.zone).date_naive();
            let bytes = newcomer.file(lang, start)?;
            let file = ImportFile { name: "invitation", bytes: &bytes };
            let options = ImportOptions::default();
            let report = people::actions::import_people(connection, now, &ctx.chance, &ctx.organisation, file, options).await?;
            if !report.is_ok_and(|report| report.applied) {
                return Ok(Accepted::Wrong(vec!["name", "email", "hr_id"]));
            }
            let person = people::by_hr_id(connection, newcomer.hr_id.trim()).await?.ok_or(AppError::NotFound)?;
            queries::use_invitation(connection, now, id, person.id).await?;
            actions::grant(connection, now, &ctx.chance, person.id, &role.into(), "invited from the server's terminal").await?;
            queries::add_session(connection, now, session, person.id, "terminal link", expires_at).await?;
            Ok::<Accepted, AppError>(Accepted::SignedIn(String::new()))
        })
        .await?;
    let Accepted::SignedIn(_) = accepted else { return Ok(accepted) };
    tracing::info!(%session, "an invitation was accepted");
    envelope::seal(&ctx.key, session, now, expires_at).map(Accepted::SignedIn).map_err(|error| AppError::Internal(error.to_string()))
}
