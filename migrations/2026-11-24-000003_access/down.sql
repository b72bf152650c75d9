drop table mail_deliveries;
drop table sessions;
drop table sign_in_links;
drop table role_revocations;
drop table role_grants;
