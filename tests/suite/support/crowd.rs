//! Many people at once, who take the course without a browser: for what only many answers say.

use crate::support::Avow;
use serde_json::Value;

/// Writes down what people answered, each as `{"quiz": [{question: [places]}, …], "checks": [[question, [places], right], …]}`: an
/// attempt for each member of `quiz`, an answer for each of `checks`, in that order. They take the newest version of the course.
pub async fn crowd(avow: &Avow, people: &[Value]) {
    let sql = format!(
        "with like_others as (
            select a.* from assignments a join requirements r on r.id = a.requirement_id where r.slug = 'mail-course' limit 1
        ), course as (
            select id from content_versions where slug = 'safe-mail' order by version desc limit 1
        ), crowd as (
            select gen_random_uuid() as person, gen_random_uuid() as assignment, gen_random_uuid() as run, said
            from jsonb_array_elements('{}') as said
        ), persons as (
            insert into persons (id, hr_id, given_name, family_name, language, created_at, updated_at)
            select person, person::text, 'Kim', 'Crowd', 'en', assigned_at, assigned_at from crowd, like_others
        ), assignments as (
            insert into assignments
            select assignment, requirement_id, rule_id, person, 1, opens_on, original_due_on, due_on, due_at, zone, decided_by, reason, assigned_at
            from crowd, like_others
        ), runs as (
            insert into course_runs select run, assignment, person, course.id, assigned_at from crowd, like_others, course
        ), went as (
            select gen_random_uuid() as attempt, run, number, answers
            from crowd cross join jsonb_array_elements(said -> 'quiz') with ordinality as quiz(answers, number)
        ), attempts as (
            insert into attempts
            select attempt, run, number, 'en', decode(repeat('00', 32), 'hex'),
                (select jsonb_agg(jsonb_build_object('question', key, 'order', '[0, 1]'::jsonb)) from jsonb_object_keys(answers) as key), assigned_at
            from went, like_others
        ), results as (
            insert into attempt_results select attempt, answers, 0, 1, 0, false, assigned_at from went, like_others
        )
        insert into check_answers (id, run_id, part, question, choices, is_right, language, answered_at)
        select gen_random_uuid(), run, '01-links', check_answer ->> 0, check_answer -> 1, (check_answer ->> 2)::boolean, 'en', assigned_at
        from crowd cross join like_others cross join jsonb_array_elements(said -> 'checks') with ordinality as checks(check_answer, number)
        order by number",
        Value::from(people)
    );
    avow.sql().await.batch_execute(&sql).await.expect("a crowd");
}
