-- Published content: immutable versions, and each text as written and as shown.

create table content_versions (
    id uuid primary key,
    kind text not null check (kind in ('course', 'policy')),
    slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    version integer not null check (version > 0),
    materiality text not null check (materiality in ('editorial', 'notify', 'material')),
    settings jsonb not null,
    source_sha256 bytea not null check (octet_length(source_sha256) = 32),
    renderer text not null,
    effective_at timestamptz not null,
    published_at timestamptz not null,
    unique (kind, slug, version)
);
select table_of_facts('content_versions');

-- One row for each file of a version: a lesson, the quiz, the introduction, a policy's text.
create table content_texts (
    id uuid primary key,
    version_id uuid not null references content_versions,
    language text not null,
    part text not null,
    position integer not null,
    title text not null,
    summary text not null,
    source text not null,
    source_sha256 bytea not null check (octet_length(source_sha256) = 32),
    html text not null,
    html_sha256 bytea not null check (octet_length(html_sha256) = 32),
    document jsonb not null,
    unique (version_id, language, part)
);
select table_of_facts('content_texts');
