-- The organisation as it was last read: what is served with while its file cannot be read.
create table if not exists kept_organisation (
    is_one boolean primary key default true check (is_one),
    organisation jsonb not null
);
select table_of_state('kept_organisation');
