alter table role_grants drop column legal_entity;
