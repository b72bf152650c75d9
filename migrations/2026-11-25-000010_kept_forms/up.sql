-- Forms that came after their session had ended: kept, sealed, until the same person has signed in again.
create table kept_forms (
    id uuid primary key,
    person_id uuid not null references persons,
    path text not null check (path like '/%'),
    sealed bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index kept_forms_end on kept_forms (expires_at);
select table_of_state('kept_forms');
