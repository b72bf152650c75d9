drop table refusals;
drop table completions;
drop table scope_changes;
drop table assignments;
drop table requirement_rules;
drop table requirements;
