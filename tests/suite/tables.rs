//! The database's schema: what the migrations make is what `src/schema.rs` says, and there is a way back.

use crate::support::Avow;
use crate::support::source;

/// The tables of `src/schema.rs`: each column as `table.column type`.
fn written() -> Vec<String> {
    let text = source::read("src/schema.rs").expect("the schema");
    let mut columns = Vec::new();
    for table in text.split("diesel::table! {").skip(1) {
        let (head, body) = table.split("\n}").next().expect("a table").split_once(") {").expect("a head");
        let (name, key) = head.trim().split_once(" (").expect("a name and a key");
        columns.push(format!("{name} ({key})"));
        for line in body.lines().map(str::trim).filter(|line| line.contains(" -> ")) {
            columns.push(format!("{name}.{}", line.trim_end_matches(',')));
        }
    }
    columns.sort();
    columns
}

/// The same of the database that the migrations made.
async fn migrated(avow: &Avow) -> Vec<String> {
    let columns = "select c.table_name || '.' || c.column_name || ' -> ' || case c.is_nullable when 'YES' then 'Nullable<' else '' end
            || case c.udt_name when 'timestamptz' then 'Timestamptz' else initcap(c.udt_name) end || case c.is_nullable when 'YES' then '>' else '' end
        from information_schema.columns c where c.table_schema = 'public' and c.table_name <> '__diesel_schema_migrations'
        union all
        select t.relname || ' (' || string_agg(a.attname, ', ' order by array_position(i.indkey::int2[], a.attnum)) || ')'
        from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
            join pg_attribute a on a.attrelid = t.oid and a.attnum = any(i.indkey)
        where i.indisprimary and t.relname <> '__diesel_schema_migrations' group by t.relname";
    let rows = avow.sql().await.query(columns, &[]).await.expect("columns");
    let mut columns: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    columns.sort();
    columns
}

#[tokio::test]
async fn the_written_schema_is_that_of_the_migrated_database() {
    let avow = Avow::empty().await;
    let (written, migrated) = (written(), migrated(&avow).await);
    assert!(written.len() > 100);
    let only = |one: &[String], other: &[String]| one.iter().filter(|line| !other.contains(line)).cloned().collect::<Vec<_>>();
    assert_eq!((only(&written, &migrated), only(&migrated, &written)), (vec![], vec![]), "only in src/schema.rs, only in the database");
}

#[tokio::test]
async fn every_migration_has_a_way_back_that_leaves_nothing_behind() {
    let avow = Avow::empty().await;
    let folders = source::files("migrations", "sql");
    let (ups, downs): (Vec<_>, Vec<_>) = folders.into_iter().partition(|file| file.path.ends_with("/up.sql"));
    assert_eq!(ups.len(), downs.len(), "each has an up.sql and a down.sql");
    let client = avow.sql().await;
    for down in downs.iter().rev() {
        assert!(down.text.lines().any(|line| !line.trim().is_empty() && !line.trim().starts_with("--")), "{} is empty", down.path);
        client.batch_execute(&down.text).await.unwrap_or_else(|error| panic!("{}: {error:?}", down.path));
    }
    assert_eq!(migrated(&avow).await, Vec::<String>::new());
    assert_eq!(
        avow.one::<i64>("select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'").await,
        0
    );
    for up in &ups {
        client.batch_execute(&up.text).await.unwrap_or_else(|error| panic!("{} after the way back: {error:?}", up.path));
    }
    assert_eq!(migrated(&avow).await, written());
}
