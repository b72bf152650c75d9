-- A role can be granted for one legal entity; without one it is held for all.
alter table role_grants add column legal_entity text check (legal_entity <> '');
alter table role_grants add check (legal_entity is null or role in ('hr', 'compliance'));
