-- What every later migration leans on: facts that nobody can change, the role the program runs as, jobs, schedules.

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: record a further fact instead of changing one', tg_table_name
        using errcode = 'restrict_violation';
end $$;

-- Roles belong to the whole server: another installation may have made this one already, or be making it now.
do $$
begin
    begin
        if not exists (select from pg_roles where rolname = 'avow_web') then
            create role avow_web nologin;
        end if;
    exception when duplicate_object or unique_violation then null;
    end;
    -- Who makes a role in PostgreSQL 16 and later is a member that may not use it.
    if not pg_has_role(current_user, 'avow_web', 'usage') then
        execute format('grant avow_web to %I', current_user);
    end if;
exception when insufficient_privilege then
    raise exception 'the role avow_web is missing, or % may not use it; let an administrator of the server run: create role avow_web nologin; grant avow_web to %',
        current_user, current_user using errcode = 'insufficient_privilege';
end $$;
grant usage on schema public to avow_web;

-- A table of facts: the program may read and add; nobody, the owner included, may change or remove.
create function table_of_facts(name regclass) returns void language plpgsql as $$
begin
    execute format('create trigger keep_rows before update or delete on %s for each row execute function refuse_change()', name);
    execute format('create trigger keep_table before truncate on %s for each statement execute function refuse_change()', name);
    execute format('alter table %s enable always trigger keep_rows', name);
    execute format('alter table %s enable always trigger keep_table', name);
    execute format('grant select, insert on %s to avow_web', name);
end $$;

-- A table of the present state, which the program may change.
create function table_of_state(name regclass) returns void language plpgsql as $$
begin
    execute format('grant select, insert, update, delete on %s to avow_web', name);
end $$;

create table jobs (
    id bigint generated always as identity primary key,
    kind text not null,
    payload jsonb not null,
    dedupe_key text unique,
    urgent boolean not null default false,
    run_at timestamptz not null,
    attempts integer not null default 0,
    max_attempts integer not null check (max_attempts > 0),
    leased_until timestamptz,
    last_error text,
    dead_at timestamptz,
    created_at timestamptz not null
);
create index jobs_due on jobs (urgent desc, run_at) where dead_at is null;
select table_of_state('jobs');

create table schedules (
    name text primary key,
    next_at timestamptz not null
);
select table_of_state('schedules');
