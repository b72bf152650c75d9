drop table content_texts;
drop table content_versions;
