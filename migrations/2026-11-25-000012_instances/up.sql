-- The instances of the program that run on this database: what they are, and when they were last heard of.
create table instances (
    id uuid primary key,
    version text not null,
    key_id text not null,
    started_at timestamptz not null,
    seen_at timestamptz not null
);
select table_of_state('instances');
