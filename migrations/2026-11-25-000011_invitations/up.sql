-- Invitations from the server's terminal: a one-time link for somebody who is not in the roster yet, and the role it gives.
create table invitations (
    id uuid primary key,
    role text not null check (role in ('hr', 'compliance', 'author', 'auditor', 'administrator')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    person_id uuid references persons,
    check ((used_at is null) = (person_id is null))
);
select table_of_state('invitations');
