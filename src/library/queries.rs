//! Every statement about published content.

use crate::content::Asset;
use crate::content::ContentKind;
use crate::content::Document;
use crate::content::Organisation;
use crate::kit::db::Connection;
use crate::library::model::ContentText;
use crate::library::model::Version;
use crate::schema::content_assets;
use crate::schema::content_texts;
use crate::schema::content_version_assets;
use crate::schema::content_versions;
use chrono::DateTime;
use chrono::Utc;
use diesel::prelude::*;
use diesel::result::Error;
use diesel_async::RunQueryDsl;
use std::collections::BTreeSet;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = content_versions)]
struct VersionRow {
    id: Uuid,
    kind: String,
    slug: String,
    version: i32,
    materiality: String,
    settings: serde_json::Value,
    source_sha256: Vec<u8>,
    renderer: String,
    effective_at: DateTime<Utc>,
    published_at: DateTime<Utc>,
    proposal_id: Option<Uuid>,
}

impl TryFrom<VersionRow> for Version {
    type Error = Error;

    fn try_from(row: VersionRow) -> Result<Self, Error> {
        let settings = serde_json::from_value(row.settings).map_err(|error| Error::DeserializationError(Box::new(error)))?;
        Ok(Self {
            id: row.id,
            kind: row.kind,
            slug: row.slug,
            version: row.version,
            materiality: row.materiality,
            settings,
            source_sha256: row.source_sha256,
            renderer: row.renderer,
            effective_at: row.effective_at,
            published_at: row.published_at,
            proposal_id: row.proposal_id,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = content_texts)]
struct TextRow {
    id: Uuid,
    version_id: Uuid,
    language: String,
    part: String,
    title: String,
    summary: String,
    source_sha256: Vec<u8>,
    html: String,
    html_sha256: Vec<u8>,
    document: serde_json::Value,
    source: String,
}

impl TryFrom<TextRow> for ContentText {
    type Error = Error;

    fn try_from(row: TextRow) -> Result<Self, Error> {
        let document = serde_json::from_value(row.document).map_err(|error| Error::DeserializationError(Box::new(error)))?;
        Ok(Self {
            id: row.id,
            version_id: row.version_id,
            language: row.language,
            part: row.part,
            title: row.title,
            summary: row.summary,
            source_sha256: row.source_sha256,
            html: row.html,
            html_sha256: row.html_sha256,
            document,
            source: row.source,
        })
    }
}

/// The version that counts at an instant: the newest that is in force.
pub async fn current(connection: &mut Connection, now: DateTime<Utc>, kind: ContentKind, slug: &str) -> QueryResult<Version> {
    let row: VersionRow = content_versions::table
        .filter(content_versions::kind.eq(kind.name()))
        .filter(content_versions::slug.eq(slug))
        .filter(content_versions::effective_at.le(now))
        .order(content_versions::version.desc())
        .select(VersionRow::as_select())
        .first(connection)
        .await?;
    row.try_into()
}

/// The version with that id.
pub async fn version(connection: &mut Connection, id: Uuid) -> QueryResult<Version> {
    let row: VersionRow = content_versions::table.find(id).select(VersionRow::as_select()).first(connection).await?;
    row.try_into()
}

/// The versions with these ids, by id.
pub async fn versions(connection: &mut Connection, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, Version>> {
    let found = content_versions::table.filter(content_versions::id.eq_any(ids)).select(VersionRow::as_select());
    let rows: Vec<VersionRow> = found.load(connection).await?;
    rows.into_iter().map(|row| Version::try_from(row).map(|version| (version.id, version))).collect()
}

/// How long each course and policy in force takes, in minutes, by kind and slug.
pub async fn minutes(connection: &mut Connection, now: DateTime<Utc>) -> QueryResult<HashMap<(String, String), u32>> {
    let rows: Vec<VersionRow> = content_versions::table
        .filter(content_versions::effective_at.le(now))
        .order((content_versions::kind, content_versions::slug, content_versions::version.desc()))
        .distinct_on((content_versions::kind, content_versions::slug))
        .select(VersionRow::as_select())
        .load(connection)
        .await?;
    let minutes = |version: Version| ((version.kind, version.slug), version.settings.minutes);
    rows.into_iter().map(|row| Version::try_from(row).map(minutes)).collect()
}

/// Every version, newest first within each course or policy.
pub async fn all(connection: &mut Connection) -> QueryResult<Vec<Version>> {
    let rows: Vec<VersionRow> = content_versions::table
        .order((content_versions::kind, content_versions::slug, content_versions::version.desc()))
        .select(VersionRow::as_select())
        .load(connection)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The number and source hash of the newest version, in force or not.
pub(super) async fn newest(connection: &mut Connection, kind: ContentKind, slug: &str) -> QueryResult<Option<(i32, Vec<u8>)>> {
    content_versions::table
        .filter(content_versions::kind.eq(kind.name()))
        .filter(content_versions::slug.eq(slug))
        .order(content_versions::version.desc())
        .select((content_versions::version, content_versions::source_sha256))
        .first(connection)
        .await
        .optional()
}

/// The names of all questions of a version.
pub(super) async fn questions(connection: &mut Connection, kind: ContentKind, slug: &str, version: i32) -> QueryResult<BTreeSet<String>> {
    let rows: Vec<serde_json::Value> = content_texts::table
        .inner_join(content_versions::table)
        .filter(content_versions::kind.eq(kind.name()))
        .filter(content_versions::slug.eq(slug))
        .filter(content_versions::version.eq(version))
        .select(content_texts::document)
        .load(connection)
        .await?;
    let mut names = BTreeSet::new();
    for row in rows {
        let document: Document = serde_json::from_value(row).map_err(|error| Error::DeserializationError(Box::new(error)))?;
        names.extend(document.all_questions().map(|question| question.id.clone()));
    }
    Ok(names)
}

/// Whether any version is published, in force or not.
pub async fn is_published(connection: &mut Connection, kind: ContentKind, slug: &str) -> QueryResult<bool> {
    Ok(newest(connection, kind, slug).await?.is_some())
}

/// The language to show a version in: the one asked for, else the first that it was published in.
async fn shown_in(connection: &mut Connection, version: Uuid, language: &str) -> QueryResult<String> {
    content_texts::table
        .filter(content_texts::version_id.eq(version))
        .order((content_texts::language.eq(language).desc(), content_texts::language))
        .select(content_texts::language)
        .first(connection)
        .await
}

/// All texts of a version in a language, in order; in another that it has where it lacks this one.
pub async fn texts(connection: &mut Connection, version: Uuid, language: &str) -> QueryResult<Vec<ContentText>> {
    let language = shown_in(connection, version, language).await?;
    let rows: Vec<TextRow> = content_texts::table
        .filter(content_texts::version_id.eq(version))
        .filter(content_texts::language.eq(language))
        .order(content_texts::position)
        .select(TextRow::as_select())
        .load(connection)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// One text of a version in a language; in another that it has where it lacks this one.
pub async fn text(connection: &mut Connection, version: Uuid, language: &str, part: &str) -> QueryResult<ContentText> {
    let language = shown_in(connection, version, language).await?;
    let row: TextRow = content_texts::table
        .filter(content_texts::version_id.eq(version))
        .filter(content_texts::language.eq(language))
        .filter(content_texts::part.eq(part))
        .select(TextRow::as_select())
        .first(connection)
        .await?;
    row.try_into()
}

/// The text with that id.
pub async fn text_by_id(connection: &mut Connection, id: Uuid) -> QueryResult<ContentText> {
    let row: TextRow = content_texts::table.find(id).select(TextRow::as_select()).first(connection).await?;
    row.try_into()
}

/// The title of every course and policy from the newest version in force, by kind and slug: in the language asked for, else in
/// another that it has.
pub async fn titles(connection: &mut Connection, now: DateTime<Utc>, language: &str) -> QueryResult<HashMap<(String, String), String>> {
    let rows: Vec<(String, String, String)> = content_texts::table
        .inner_join(content_versions::table)
        .filter(content_texts::part.eq_any(["course", "policy"]))
        .filter(content_versions::effective_at.le(now))
        .order((content_versions::version, content_texts::language.eq(language)))
        .select((content_versions::kind, content_versions::slug, content_texts::title))
        .load(connection)
        .await?;
    Ok(rows.into_iter().map(|(kind, slug, title)| ((kind, slug), title)).collect())
}

/// A version to be added.
#[derive(Insertable)]
#[diesel(table_name = content_versions)]
pub(super) struct NewVersion<'a> {
    pub id: Uuid,
    pub kind: &'a str,
    pub slug: &'a str,
    pub version: i32,
    pub materiality: &'a str,
    pub settings: serde_json::Value,
    pub source_sha256: Vec<u8>,
    pub renderer: &'a str,
    pub effective_at: DateTime<Utc>,
    pub published_at: DateTime<Utc>,
    pub proposal_id: Option<Uuid>,
}

/// A text to be added.
#[derive(Insertable)]
#[diesel(table_name = content_texts)]
pub(super) struct NewText<'a> {
    pub id: Uuid,
    pub version_id: Uuid,
    pub language: &'a str,
    pub part: &'a str,
    pub position: i32,
    pub title: &'a str,
    pub summary: &'a str,
    pub source: &'a str,
    pub source_sha256: Vec<u8>,
    pub html: String,
    pub html_sha256: Vec<u8>,
    pub document: serde_json::Value,
}

pub(super) async fn add(connection: &mut Connection, version: &NewVersion<'_>, texts: &[NewText<'_>]) -> QueryResult<()> {
    diesel::insert_into(content_versions::table).values(version).execute(connection).await?;
    diesel::insert_into(content_texts::table).values(texts).execute(connection).await.map(drop)
}

/// Adds a picture or video of a version; the bytes only if they are new.
pub(super) async fn add_asset(connection: &mut Connection, version: Uuid, asset: &Asset, bytes: &[u8]) -> QueryResult<()> {
    let row = (
        content_assets::sha256.eq(asset.sha256.to_vec()),
        content_assets::media_type.eq(asset.media_type),
        content_assets::bytes.eq(bytes),
    );
    diesel::insert_into(content_assets::table).values(row).on_conflict_do_nothing().execute(connection).await?;
    let row = (
        content_version_assets::version_id.eq(version),
        content_version_assets::file.eq(&asset.file),
        content_version_assets::sha256.eq(asset.sha256.to_vec()),
    );
    diesel::insert_into(content_version_assets::table).values(row).execute(connection).await.map(drop)
}

#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = diesel::sql_types::Jsonb)]
    organisation: serde_json::Value,
}

/// Keeps the organisation's settings for a day on which they cannot be read.
pub async fn keep_organisation(connection: &mut Connection, organisation: &Organisation) -> QueryResult<()> {
    let value = serde_json::to_value(organisation).map_err(|error| Error::SerializationError(Box::new(error)))?;
    let sql =
        "insert into kept_organisation (organisation) values ($1) on conflict (is_one) do update set organisation = excluded.organisation
        where kept_organisation.organisation <> excluded.organisation";
    diesel::sql_query(sql).bind::<diesel::sql_types::Jsonb, _>(value).execute(connection).await.map(drop)
}

/// The organisation's settings as they were last read.
pub async fn kept_organisation(connection: &mut Connection) -> QueryResult<Option<Organisation>> {
    let kept: Option<Kept> = diesel::sql_query("select organisation from kept_organisation").get_result(connection).await.optional()?;
    let read = |kept: Kept| serde_json::from_value(kept.organisation).map_err(|error| Error::DeserializationError(Box::new(error)));
    kept.map(read).transpose()
}

/// Serialises publishing.
pub(super) async fn lock(connection: &mut Connection) -> QueryResult<()> {
    diesel::sql_query("select pg_advisory_xact_lock(4702553)").execute(connection).await.map(drop)
}
