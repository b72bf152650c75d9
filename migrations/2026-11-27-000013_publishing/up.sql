-- Publishing by two people, pictures and videos by their contents, reviews, and what people say of a course.

-- Somebody proposes to publish what stands in the content folder: named by the hashes of its sources and of what would be shown.
create table content_proposals (
    id uuid primary key,
    kind text not null check (kind in ('course', 'policy')),
    slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    version integer not null check (version > 0),
    materiality text not null check (materiality in ('editorial', 'notify', 'material')),
    source_sha256 bytea not null check (octet_length(source_sha256) = 32),
    shown_sha256 bytea not null check (octet_length(shown_sha256) = 32),
    note text not null,
    proposed_by uuid not null references persons,
    proposed_at timestamptz not null,
    unique (id, proposed_by)
);
create index content_proposals_content on content_proposals (kind, slug, proposed_at);
select table_of_facts('content_proposals');

-- One decision a proposal. Whoever proposed may only withdraw; whoever approves or returns is somebody else.
create table content_decisions (
    proposal_id uuid primary key,
    proposed_by uuid not null,
    decision text not null check (decision in ('approved', 'returned', 'withdrawn')),
    reason text not null,
    decided_by uuid not null references persons,
    decided_at timestamptz not null,
    foreign key (proposal_id, proposed_by) references content_proposals (id, proposed_by),
    check ((decision = 'withdrawn') = (decided_by = proposed_by)),
    check (decision <> 'returned' or reason <> '')
);
select table_of_facts('content_decisions');

-- Null: published when nobody could review yet, or before reviews were recorded.
alter table content_versions add column proposal_id uuid unique references content_proposals;

create function content_version_is_approved() returns trigger language plpgsql as $$
begin
    if new.proposal_id is not null and not exists (
        select from content_proposals p join content_decisions d on d.proposal_id = p.id
        where p.id = new.proposal_id and d.decision = 'approved'
            and (p.kind, p.slug, p.version, p.source_sha256) = (new.kind, new.slug, new.version, new.source_sha256)
    ) then
        raise exception '% % version % is not what was approved', new.kind, new.slug, new.version using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger approved after insert on content_versions deferrable initially deferred
    for each row execute function content_version_is_approved();
alter table content_versions enable always trigger approved;

-- Pictures, videos, captions: each once, named by its contents.
create table content_assets (
    sha256 bytea primary key check (sha256 = sha256(bytes)),
    media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'video/mp4', 'video/webm', 'text/vtt')),
    bytes bytea not null
);
-- Parts of a video are read without the whole.
alter table content_assets alter column bytes set storage external;
select table_of_facts('content_assets');

create table content_version_assets (
    version_id uuid not null references content_versions,
    file text not null,
    sha256 bytea not null references content_assets,
    primary key (version_id, file)
);
create index content_version_assets_sha256 on content_version_assets (sha256);
select table_of_facts('content_version_assets');

-- A periodic review: who looked at a version, against which threats, with which outcome. It changes nothing and reopens nothing.
create table content_reviews (
    id uuid primary key,
    version_id uuid not null references content_versions,
    outcome text not null check (outcome in ('unchanged', 'change')),
    threats text not null check (threats <> ''),
    notes text not null,
    review_by date not null,
    reviewed_by uuid not null references persons,
    reviewed_at timestamptz not null
);
create index content_reviews_version on content_reviews (version_id, reviewed_at);
select table_of_facts('content_reviews');

-- What people say of a course, as counts alone: nothing leads from an answer to a person.
create table survey_counts (
    version_id uuid not null references content_versions,
    question text not null check (question in ('useful', 'clear')),
    answer smallint not null check (answer between 1 and 5),
    count bigint not null check (count > 0),
    primary key (version_id, question, answer)
);
select table_of_state('survey_counts');

-- Who was heard, so that nobody is counted twice: neither when nor what.
create table surveyed_assignments (
    assignment_id uuid primary key references assignments
);
select table_of_facts('surveyed_assignments');

-- A course without a quiz is done when its lessons are.
alter table completions drop constraint completions_evidence_check;
alter table completions add constraint completions_evidence_check check (evidence in ('attempt', 'attestation', 'lessons'));
