-- The roster: persons, their engagements and leaves, and the batches that brought them.

create table departments (
    id uuid primary key,
    name text not null unique check (name <> ''),
    owner_id uuid,
    created_at timestamptz not null
);
select table_of_state('departments');

create table locations (
    id uuid primary key,
    name text not null unique check (name <> ''),
    country text not null check (country ~ '^([A-Z]{2})?$'),
    zone text,
    created_at timestamptz not null
);
select table_of_state('locations');

create table persons (
    id uuid primary key,
    hr_id text not null unique check (hr_id <> ''),
    given_name text not null,
    family_name text not null,
    email text,
    language text not null,
    zone text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (given_name <> '' or family_name <> '')
);
create index persons_email on persons (lower(email));
select table_of_state('persons');
alter table departments add foreign key (owner_id) references persons;

create table engagements (
    id uuid primary key,
    person_id uuid not null references persons,
    kind text not null check (kind in ('employee', 'contractor', 'intern', 'board')),
    starts_on date not null,
    ends_on date,
    manager_id uuid references persons,
    sponsor_id uuid references persons,
    department_id uuid references departments,
    location_id uuid references locations,
    country text not null check (country ~ '^([A-Z]{2})?$'),
    legal_entity text not null,
    job_role text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (person_id, starts_on),
    check (ends_on >= starts_on)
);
create index engagements_manager on engagements (manager_id);
create index engagements_sponsor on engagements (sponsor_id);
select table_of_state('engagements');

create table leaves (
    id uuid primary key,
    engagement_id uuid not null references engagements,
    first_day date not null,
    last_day date,
    code text not null check (code <> ''),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (engagement_id, first_day),
    check (last_day >= first_day)
);
select table_of_state('leaves');

create table roster_batches (
    id uuid primary key,
    feed text not null check (feed in ('people', 'leaves')),
    file_name text not null,
    file_sha256 bytea not null check (octet_length(file_sha256) = 32),
    rows_received integer not null,
    rows_accepted integer not null,
    rows_rejected integer not null,
    snapshot boolean not null,
    recorded_at timestamptz not null
);
select table_of_facts('roster_batches');

create table roster_changes (
    id uuid primary key,
    batch_id uuid not null references roster_batches,
    person_id uuid not null references persons,
    engagement_id uuid,
    change text not null check (change in ('joined', 'engaged', 'changed', 'ended', 'leave')),
    before jsonb not null,
    after jsonb not null,
    recorded_at timestamptz not null
);
create index roster_changes_person on roster_changes (person_id, recorded_at);
select table_of_facts('roster_changes');
