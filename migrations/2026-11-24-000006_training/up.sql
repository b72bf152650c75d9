-- Taking a course: a run pinned to a version, finished lessons, answers, attempts at the quiz.

create table course_runs (
    id uuid primary key,
    assignment_id uuid not null unique references assignments,
    person_id uuid not null references persons,
    version_id uuid not null references content_versions,
    started_at timestamptz not null,
    foreign key (assignment_id, person_id) references assignments (id, person_id)
);
select table_of_facts('course_runs');

create table check_answers (
    id uuid primary key,
    run_id uuid not null references course_runs,
    part text not null,
    question text not null,
    choices jsonb not null,
    is_right boolean not null,
    language text not null,
    answered_at timestamptz not null,
    -- The last answer counts, also of two in the same instant.
    position bigint generated always as identity
);
create index check_answers_run on check_answers (run_id, part);
select table_of_facts('check_answers');

create table finished_lessons (
    run_id uuid not null references course_runs,
    part text not null,
    language text not null,
    finished_at timestamptz not null,
    primary key (run_id, part)
);
select table_of_facts('finished_lessons');

create table attempts (
    id uuid primary key,
    run_id uuid not null references course_runs,
    number integer not null check (number > 0),
    language text not null,
    seed bytea not null check (octet_length(seed) = 32),
    paper jsonb not null,
    started_at timestamptz not null,
    unique (run_id, number)
);
select table_of_facts('attempts');

-- Answers kept as they are given; they become facts with the submission.
create table draft_answers (
    attempt_id uuid not null references attempts,
    question text not null,
    choices jsonb not null,
    saved_at timestamptz not null,
    primary key (attempt_id, question)
);
select table_of_state('draft_answers');

create table attempt_results (
    attempt_id uuid primary key references attempts,
    answers jsonb not null,
    right_answers integer not null,
    questions integer not null check (questions > 0),
    missed_critical integer not null,
    passed boolean not null,
    submitted_at timestamptz not null
);
select table_of_facts('attempt_results');
