drop table attestation_sign_ins;
drop table attestation_private;
drop table attestations;
drop function attestation_is_whole();
drop table policy_reviews;
drop table policy_readings;
