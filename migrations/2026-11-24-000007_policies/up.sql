-- Reading a policy and attesting to it. See evidence.md's list: every field of the record is here from the first day.

create table policy_readings (
    id uuid primary key,
    assignment_id uuid not null references assignments,
    text_id uuid not null references content_texts,
    opened_at timestamptz not null,
    unique (assignment_id, text_id)
);
select table_of_facts('policy_readings');

create table policy_reviews (
    id uuid primary key,
    reading_id uuid not null unique references policy_readings,
    end_reached_at timestamptz not null
);
select table_of_facts('policy_reviews');

create table attestations (
    id uuid primary key,
    assignment_id uuid not null references assignments,
    person_id uuid not null references persons,
    engagement_id uuid not null references engagements,
    text_id uuid not null references content_texts,
    policy text not null,
    version integer not null,
    language text not null,
    prevailing_language text not null,
    source_sha256 bytea not null check (octet_length(source_sha256) = 32),
    html_sha256 bytea not null check (octet_length(html_sha256) = 32),
    renderer text not null,
    statement text not null,
    statement_version integer not null,
    statement_sha256 bytea not null check (octet_length(statement_sha256) = 32),
    meaning jsonb not null,
    response text not null check (response in ('attest', 'decline')),
    opened_at timestamptz not null,
    end_reached_at timestamptz not null,
    signed_at timestamptz not null,
    recorded_at timestamptz not null,
    session_sha256 bytea not null check (octet_length(session_sha256) = 32),
    previous_id uuid references attestations,
    idempotency_key uuid not null unique,
    commitment bytea not null check (octet_length(commitment) = 32),
    check (opened_at <= end_reached_at and end_reached_at <= signed_at),
    -- Nobody attests for somebody else.
    foreign key (assignment_id, person_id) references assignments (id, person_id)
);
create unique index attestations_once on attestations (assignment_id, version) where response = 'attest';
create index attestations_assignment on attestations (assignment_id, signed_at);
create index attestations_person on attestations (person_id, signed_at);
select table_of_facts('attestations');

-- The personal fields, the committed record and its salt: what an erasure may take away without touching the row above.
create table attestation_private (
    attestation_id uuid primary key references attestations,
    displayed_name text not null,
    decline_reason text,
    record text not null,
    salt bytea not null check (octet_length(salt) = 32)
);
select table_of_facts('attestation_private');

create table attestation_sign_ins (
    attestation_id uuid primary key references attestations,
    method text not null,
    issuer text not null,
    factors jsonb not null,
    signed_in_at timestamptz not null,
    reauthenticated_at timestamptz
);
select table_of_facts('attestation_sign_ins');

-- No half record: an attestation commits with its side rows or not at all.
create function attestation_is_whole() returns trigger language plpgsql as $$
begin
    if not exists (select from attestation_private where attestation_id = new.id)
        or not exists (select from attestation_sign_ins where attestation_id = new.id) then
        raise exception 'attestation % lacks its record or its sign-in', new.id using errcode = 'integrity_constraint_violation';
    end if;
    if (new.response = 'decline') <> exists (select from attestation_private where attestation_id = new.id and decline_reason is not null) then
        raise exception 'attestation %: who declines says why, and nobody else', new.id using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger whole after insert on attestations deferrable initially deferred
    for each row execute function attestation_is_whole();
alter table attestations enable always trigger whole;
