drop table attempt_results;
drop table draft_answers;
drop table attempts;
drop table finished_lessons;
drop table check_answers;
drop table course_runs;
