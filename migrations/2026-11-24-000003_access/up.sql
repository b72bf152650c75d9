-- Who may sign in and do what: grants of roles, sign-in links, sessions.

create table role_grants (
    id uuid primary key,
    person_id uuid not null references persons,
    role text not null check (role in ('hr', 'compliance', 'author', 'auditor', 'administrator')),
    reason text not null,
    granted_at timestamptz not null,
    expires_at timestamptz
);
create index role_grants_person on role_grants (person_id);
select table_of_facts('role_grants');

create table role_revocations (
    grant_id uuid primary key references role_grants,
    reason text not null,
    revoked_at timestamptz not null
);
select table_of_facts('role_revocations');

-- The token itself is never stored: it is derived from the id with a key the database does not hold.
create table sign_in_links (
    id uuid primary key,
    person_id uuid not null references persons,
    purpose text not null check (purpose in ('mail', 'terminal', 'demo')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index sign_in_links_person on sign_in_links (person_id, created_at);
select table_of_state('sign_in_links');

create table sessions (
    id uuid primary key,
    person_id uuid not null references persons,
    method text not null check (method in ('mailed link', 'terminal link', 'demo link')),
    language text,
    signed_in_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz
);
create index sessions_person on sessions (person_id);
select table_of_state('sessions');

create table mail_deliveries (
    id uuid primary key,
    message_id text not null unique,
    kind text not null,
    person_id uuid not null references persons,
    about_id uuid not null,
    delivered_at timestamptz not null
);
create index mail_deliveries_time on mail_deliveries (delivered_at);
create index mail_deliveries_about on mail_deliveries (about_id);
select table_of_facts('mail_deliveries');
