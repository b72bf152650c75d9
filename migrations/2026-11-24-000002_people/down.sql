drop table roster_changes;
drop table roster_batches;
drop table leaves;
drop table engagements;
alter table departments drop column owner_id;
drop table persons;
drop table locations;
drop table departments;
