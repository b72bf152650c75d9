-- One reminder a person and day at most; what it was about; how it ended.

create table reminders (
    id uuid primary key,
    person_id uuid not null references persons,
    day date not null,
    message_id text not null unique,
    planned_at timestamptz not null,
    unique (person_id, day)
);
select table_of_facts('reminders');

create table reminder_steps (
    assignment_id uuid not null references assignments,
    -- The steps before a due date that has moved are new steps.
    due_on date not null,
    step text not null,
    reminder_id uuid not null references reminders,
    primary key (assignment_id, due_on, step)
);
create index reminder_steps_reminder on reminder_steps (reminder_id);
select table_of_facts('reminder_steps');

-- A reminder ends once, as sent or suppressed. Before that it may fail, each time somebody has it tried again.
create table reminder_outcomes (
    id uuid primary key,
    reminder_id uuid not null references reminders,
    outcome text not null check (outcome in ('sent', 'suppressed', 'failed')),
    reason text not null,
    recorded_at timestamptz not null
);
create unique index reminder_outcomes_end on reminder_outcomes (reminder_id) where outcome <> 'failed';
select table_of_facts('reminder_outcomes');
