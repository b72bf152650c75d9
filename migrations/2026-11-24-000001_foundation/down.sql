drop table schedules;
drop table jobs;
drop function table_of_state(regclass);
drop function table_of_facts(regclass);
drop function refuse_change();
-- The role avow_web stays: it belongs to the server and other databases may use it.
revoke usage on schema public from avow_web;
