drop table reminder_outcomes;
drop table reminder_steps;
drop table reminders;
