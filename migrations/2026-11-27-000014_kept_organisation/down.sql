drop table kept_organisation;
