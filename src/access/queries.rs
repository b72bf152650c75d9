//! Every statement about sign-in links, sessions, roles and delivered mails.

use crate::kit::db::Connection;
use crate::rights::Grant;
use crate::rights::Role;
use crate::schema::invitations;
use crate::schema::kept_forms;
use crate::schema::mail_deliveries;
use crate::schema::persons;
use crate::schema::role_grants;
use crate::schema::role_revocations;
use crate::schema::sessions;
use crate::schema::sign_in_links;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Why a link was made, which decides how long it lives and what the session is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Mailed to the person who asked for it: ten minutes, once.
    Mail,
    /// Printed on the server's terminal: an hour, once.
    Terminal,
    /// Printed by the demo: while it runs, as often as wanted.
    Demo,
}

impl Purpose {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Terminal => "terminal",
            Self::Demo => "demo",
        }
    }

    pub(super) const fn lifetime(self) -> TimeDelta {
        match self {
            Self::Mail => TimeDelta::minutes(10),
            Self::Terminal => TimeDelta::hours(1),
            Self::Demo => TimeDelta::days(30),
        }
    }
}

pub(super) async fn add_link(connection: &mut Connection, now: DateTime<Utc>, id: Uuid, person: Uuid, purpose: Purpose) -> QueryResult<()> {
    let row = (
        sign_in_links::id.eq(id),
        sign_in_links::person_id.eq(person),
        sign_in_links::purpose.eq(purpose.name()),
        sign_in_links::created_at.eq(now),
        sign_in_links::expires_at.eq(now + purpose.lifetime()),
    );
    diesel::insert_into(sign_in_links::table).values(row).execute(connection).await.map(drop)
}

/// Serialises the making of links for one person.
pub(super) async fn lock_links(connection: &mut Connection, person: Uuid) -> QueryResult<()> {
    let lock = diesel::sql_query("select pg_advisory_xact_lock(4702557, hashtext($1::text))");
    lock.bind::<diesel::sql_types::Uuid, _>(person).execute(connection).await.map(drop)
}

/// How many links a person was mailed since an instant.
pub(super) async fn count_links_since(connection: &mut Connection, person: Uuid, since: DateTime<Utc>) -> QueryResult<i64> {
    let recent = sign_in_links::table
        .filter(sign_in_links::person_id.eq(person))
        .filter(sign_in_links::purpose.eq(Purpose::Mail.name()))
        .filter(sign_in_links::created_at.gt(since));
    recent.count().get_result(connection).await
}

/// A link that still signs in.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Link {
    pub person_id: Uuid,
    pub purpose: String,
}

pub(super) async fn usable_link(connection: &mut Connection, now: DateTime<Utc>, id: Uuid) -> QueryResult<Option<Link>> {
    let usable = sign_in_links::table
        .find(id)
        .filter(sign_in_links::expires_at.gt(now))
        .filter(sign_in_links::used_at.is_null().or(sign_in_links::purpose.eq("demo")));
    usable.select((sign_in_links::person_id, sign_in_links::purpose)).first(connection).await.optional()
}

/// Uses a link up. Of any number of tries at once, one gets it.
pub(super) async fn use_link(connection: &mut Connection, now: DateTime<Utc>, id: Uuid) -> QueryResult<Option<Link>> {
    let usable = sign_in_links::table
        .find(id)
        .filter(sign_in_links::expires_at.gt(now))
        .filter(sign_in_links::used_at.is_null().or(sign_in_links::purpose.eq("demo")));
    diesel::update(usable)
        .set(sign_in_links::used_at.eq(now))
        .returning((sign_in_links::person_id, sign_in_links::purpose))
        .get_result(connection)
        .await
        .optional()
}

/// Demo links of an earlier run sign in no more.
pub(super) async fn end_demo_links(connection: &mut Connection, now: DateTime<Utc>) -> QueryResult<()> {
    let demo = sign_in_links::table.filter(sign_in_links::purpose.eq("demo")).filter(sign_in_links::expires_at.gt(now));
    diesel::update(demo).set(sign_in_links::expires_at.eq(now)).execute(connection).await.map(drop)
}

pub(super) async fn add_session(
    connection: &mut Connection,
    now: DateTime<Utc>,
    id: Uuid,
    person: Uuid,
    method: &str,
    expires_at: DateTime<Utc>,
) -> QueryResult<()> {
    let row = (
        sessions::id.eq(id),
        sessions::person_id.eq(person),
        sessions::method.eq(method),
        sessions::signed_in_at.eq(now),
        sessions::last_seen_at.eq(now),
        sessions::expires_at.eq(expires_at),
    );
    diesel::insert_into(sessions::table).values(row).execute(connection).await.map(drop)
}

/// A session that holds, with what a page needs to know about the person.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Session {
    pub person_id: Uuid,
    pub method: String,
    pub language: Option<String>,
    pub signed_in_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub person_language: String,
}

pub(super) async fn session(connection: &mut Connection, now: DateTime<Utc>, idle: TimeDelta, id: Uuid) -> QueryResult<Option<Session>> {
    sessions::table
        .inner_join(persons::table)
        .filter(sessions::id.eq(id))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::last_seen_at.gt(now - idle))
        .select((
            sessions::person_id,
            sessions::method,
            sessions::language,
            sessions::signed_in_at,
            sessions::last_seen_at,
            persons::language,
        ))
        .first(connection)
        .await
        .optional()
}

/// Whose session it was that ended by itself, not long ago: neither signed out nor taken away.
pub(super) async fn person_of_lapsed_session(connection: &mut Connection, since: DateTime<Utc>, id: Uuid) -> QueryResult<Option<Uuid>> {
    let lapsed = sessions::table.find(id).filter(sessions::ended_at.is_null()).filter(sessions::last_seen_at.gt(since));
    lapsed.select(sessions::person_id).first(connection).await.optional()
}

/// Keeps a form in place of an earlier one of that person, and forgets those whose time is over.
pub(super) async fn keep_form(
    connection: &mut Connection,
    now: DateTime<Utc>,
    id: Uuid,
    person: Uuid,
    path: &str,
    sealed: &[u8],
    expires_at: DateTime<Utc>,
) -> QueryResult<()> {
    let gone = kept_forms::expires_at.le(now).or(kept_forms::person_id.eq(person));
    diesel::delete(kept_forms::table.filter(gone)).execute(connection).await?;
    let row = (
        kept_forms::id.eq(id),
        kept_forms::person_id.eq(person),
        kept_forms::path.eq(path),
        kept_forms::sealed.eq(sealed),
        kept_forms::created_at.eq(now),
        kept_forms::expires_at.eq(expires_at),
    );
    diesel::insert_into(kept_forms::table).values(row).execute(connection).await.map(drop)
}

/// Where a kept form of that person goes, and what is in it.
pub(super) async fn kept_form(
    connection: &mut Connection,
    now: DateTime<Utc>,
    id: Uuid,
    person: Uuid,
) -> QueryResult<Option<(String, Vec<u8>)>> {
    let theirs = kept_forms::table.find(id).filter(kept_forms::person_id.eq(person)).filter(kept_forms::expires_at.gt(now));
    theirs.select((kept_forms::path, kept_forms::sealed)).first(connection).await.optional()
}

/// Forgets a form that went where it was to go; how many that were.
pub(super) async fn forget_sent_form(connection: &mut Connection, id: Uuid, person: Uuid, path: &str) -> QueryResult<usize> {
    let sent = kept_forms::table.find(id).filter(kept_forms::person_id.eq(person)).filter(kept_forms::path.eq(path));
    diesel::delete(sent).execute(connection).await
}

/// Forgets the forms whose time is over.
pub(super) async fn forget_late_forms(connection: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(kept_forms::table.filter(kept_forms::expires_at.le(now))).execute(connection).await
}

pub(super) async fn forget_form(connection: &mut Connection, id: Uuid, person: Uuid) -> QueryResult<()> {
    let theirs = kept_forms::table.find(id).filter(kept_forms::person_id.eq(person));
    diesel::delete(theirs).execute(connection).await.map(drop)
}

pub(super) async fn touch_session(connection: &mut Connection, now: DateTime<Utc>, id: Uuid) -> QueryResult<()> {
    diesel::update(sessions::table.find(id)).set(sessions::last_seen_at.eq(now)).execute(connection).await.map(drop)
}

pub(super) async fn end_session(connection: &mut Connection, now: DateTime<Utc>, id: Uuid) -> QueryResult<()> {
    let open = sessions::table.find(id).filter(sessions::ended_at.is_null());
    diesel::update(open).set(sessions::ended_at.eq(now)).execute(connection).await.map(drop)
}

pub(super) async fn set_language(connection: &mut Connection, id: Uuid, language: &str) -> QueryResult<()> {
    diesel::update(sessions::table.find(id)).set(sessions::language.eq(language)).execute(connection).await.map(drop)
}

pub(super) async fn add_invitation(
    connection: &mut Connection,
    now: DateTime<Utc>,
    id: Uuid,
    role: Role,
    expires_at: DateTime<Utc>,
) -> QueryResult<()> {
    let row = (
        invitations::id.eq(id),
        invitations::role.eq(role.name()),
        invitations::created_at.eq(now),
        invitations::expires_at.eq(expires_at),
    );
    diesel::insert_into(invitations::table).values(row).execute(connection).await.map(drop)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn open_invitations(now: DateTime<Utc>, id: Uuid) -> _ {
    let open = invitations::used_at.is_null().and(invitations::expires_at.gt(now));
    invitations::table.filter(invitations::id.eq(id).and(open)).select(invitations::role)
}

/// The role of an invitation that can still be accepted.
pub(super) async fn open_invitation(connection: &mut Connection, now: DateTime<Utc>, id: Uuid) -> QueryResult<Option<String>> {
    open_invitations(now, id).first(connection).await.optional()
}

/// The same, held until the transaction ends.
pub(super) async fn hold_invitation(connection: &mut Connection, now: DateTime<Utc>, id: Uuid) -> QueryResult<Option<String>> {
    open_invitations(now, id).for_update().first(connection).await.optional()
}

pub(super) async fn use_invitation(connection: &mut Connection, now: DateTime<Utc>, id: Uuid, person: Uuid) -> QueryResult<()> {
    let used = (invitations::used_at.eq(now), invitations::person_id.eq(person));
    diesel::update(invitations::table.find(id)).set(used).execute(connection).await.map(drop)
}

/// What a person was granted and still has.
/// The roles that somebody was granted.
pub async fn grants(connection: &mut Connection, now: DateTime<Utc>, person: Uuid) -> QueryResult<Vec<Grant>> {
    let rows: Vec<(String, Option<String>)> = role_grants::table
        .left_join(role_revocations::table)
        .filter(role_grants::person_id.eq(person))
        .filter(role_grants::expires_at.is_null().or(role_grants::expires_at.gt(now)))
        .filter(role_revocations::grant_id.nullable().is_null())
        .select((role_grants::role, role_grants::legal_entity))
        .distinct()
        .load(connection)
        .await?;
    Ok(rows.into_iter().filter_map(|(role, legal_entity)| Some(Grant { role: role.parse().ok()?, legal_entity })).collect())
}

/// How many people have been granted a role and still have it.
pub async fn holders(connection: &mut Connection, now: DateTime<Utc>, role: Role) -> QueryResult<i64> {
    role_grants::table
        .left_join(role_revocations::table)
        .filter(role_grants::role.eq(role.name()))
        .filter(role_grants::expires_at.is_null().or(role_grants::expires_at.gt(now)))
        .filter(role_revocations::grant_id.nullable().is_null())
        .select(diesel::dsl::count(role_grants::person_id).aggregate_distinct())
        .first(connection)
        .await
}

/// Whether a person has been granted a role and still has it.
/// How many people could propose or approve content today.
pub async fn reviewers(connection: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    role_grants::table
        .left_join(role_revocations::table)
        .filter(role_grants::role.eq_any([Role::Author.name(), Role::Compliance.name()]))
        .filter(role_grants::legal_entity.is_null())
        .filter(role_grants::expires_at.is_null().or(role_grants::expires_at.gt(now)))
        .filter(role_revocations::grant_id.nullable().is_null())
        .select(role_grants::person_id)
        .distinct()
        .load::<Uuid>(connection)
        .await
        .map(|people| people.len())
}

/// Whether somebody has a role today.
pub async fn has_role(connection: &mut Connection, now: DateTime<Utc>, person: Uuid, role: Role) -> QueryResult<bool> {
    Ok(grants(connection, now, person).await?.iter().any(|grant| grant.role == role))
}

pub(super) async fn add_grant(
    connection: &mut Connection,
    now: DateTime<Utc>,
    id: Uuid,
    person: Uuid,
    grant: &Grant,
    reason: &str,
) -> QueryResult<()> {
    let row = (
        role_grants::id.eq(id),
        role_grants::person_id.eq(person),
        role_grants::role.eq(grant.role.name()),
        role_grants::legal_entity.eq(&grant.legal_entity),
        role_grants::reason.eq(reason),
        role_grants::granted_at.eq(now),
    );
    diesel::insert_into(role_grants::table).values(row).execute(connection).await.map(drop)
}

/// Takes a role away; how many grants ended.
pub(super) async fn revoke(connection: &mut Connection, now: DateTime<Utc>, person: Uuid, role: Role, reason: &str) -> QueryResult<usize> {
    let running: Vec<Uuid> = role_grants::table
        .left_join(role_revocations::table)
        .filter(role_grants::person_id.eq(person))
        .filter(role_grants::role.eq(role.name()))
        .filter(role_revocations::grant_id.nullable().is_null())
        .select(role_grants::id)
        .load(connection)
        .await?;
    let rows = running
        .iter()
        .map(|grant| (role_revocations::grant_id.eq(grant), role_revocations::reason.eq(reason), role_revocations::revoked_at.eq(now)));
    let rows = rows.collect::<Vec<_>>();
    diesel::insert_into(role_revocations::table).values(rows).on_conflict_do_nothing().execute(connection).await
}

pub(super) async fn link_person(connection: &mut Connection, id: Uuid) -> QueryResult<(Uuid, DateTime<Utc>)> {
    sign_in_links::table.find(id).select((sign_in_links::person_id, sign_in_links::created_at)).first(connection).await
}

/// A mail that a server took, or that was written to a file.
pub(super) struct Delivery<'a> {
    /// Names the fact.
    pub id: Uuid,
    /// Names the message.
    pub message_id: &'a str,
    /// What kind of mail it was.
    pub kind: &'a str,
    /// Whom it went to.
    pub person_id: Uuid,
    /// What it was about.
    pub about_id: Uuid,
}

/// Records that a mail was handed over. A second record of one message is dropped.
pub(super) async fn record_delivery(connection: &mut Connection, now: DateTime<Utc>, delivery: &Delivery<'_>) -> QueryResult<()> {
    let row = (
        mail_deliveries::id.eq(delivery.id),
        mail_deliveries::message_id.eq(delivery.message_id),
        mail_deliveries::kind.eq(delivery.kind),
        mail_deliveries::person_id.eq(delivery.person_id),
        mail_deliveries::about_id.eq(delivery.about_id),
        mail_deliveries::delivered_at.eq(now),
    );
    diesel::insert_into(mail_deliveries::table).values(row).on_conflict_do_nothing().execute(connection).await.map(drop)
}

/// Whether a mail of that kind about something was handed over already.
pub(super) async fn was_delivered(connection: &mut Connection, kind: &str, about: Uuid) -> QueryResult<bool> {
    let found = mail_deliveries::table.filter(mail_deliveries::about_id.eq(about)).filter(mail_deliveries::kind.eq(kind));
    diesel::select(diesel::dsl::exists(found)).get_result(connection).await
}
