-- Requirements with versioned rules, the assignments that follow from them, and what completes one.

create table requirements (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    requirement_group text not null,
    content_kind text not null check (content_kind in ('course', 'policy')),
    content_slug text not null,
    created_at timestamptz not null
);
select table_of_facts('requirements');

create table requirement_rules (
    id uuid primary key,
    requirement_id uuid not null references requirements,
    version integer not null check (version > 0),
    rule jsonb not null,
    recorded_at timestamptz not null,
    unique (requirement_id, version)
);
select table_of_facts('requirement_rules');

create table assignments (
    id uuid primary key,
    requirement_id uuid not null references requirements,
    rule_id uuid not null references requirement_rules,
    person_id uuid not null references persons,
    cycle integer not null check (cycle > 0),
    opens_on date not null,
    original_due_on date not null,
    due_on date not null,
    due_at timestamptz not null,
    zone text not null,
    decided_by text not null,
    reason jsonb not null,
    assigned_at timestamptz not null,
    unique (requirement_id, person_id, cycle),
    -- What is recorded of an assignment is of the person who owes it.
    unique (id, person_id),
    check (opens_on <= due_on and original_due_on <= due_on)
);
create index assignments_person on assignments (person_id);
select table_of_state('assignments');

create table scope_changes (
    id uuid primary key,
    assignment_id uuid not null references assignments,
    change text not null check (change in ('withdrawn', 'reinstated')),
    reason text not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null
);
create index scope_changes_assignment on scope_changes (assignment_id, recorded_at);
select table_of_facts('scope_changes');

create table completions (
    id uuid primary key,
    assignment_id uuid not null unique references assignments,
    person_id uuid not null references persons,
    requirement_id uuid not null references requirements,
    version_id uuid not null references content_versions,
    language text not null,
    evidence text not null check (evidence in ('attempt', 'attestation')),
    evidence_id uuid not null unique,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    foreign key (assignment_id, person_id) references assignments (id, person_id)
);
create index completions_person on completions (person_id, requirement_id);
select table_of_facts('completions');

-- That a person declines what they owe: the state stays, the reminders stop, until it is done all the same.
create table refusals (
    id uuid primary key,
    assignment_id uuid not null,
    person_id uuid not null,
    evidence_id uuid not null unique,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    foreign key (assignment_id, person_id) references assignments (id, person_id)
);
create index refusals_person on refusals (person_id);
select table_of_facts('refusals');
