//! What holds after any sequence of imports, leaves, completions and evaluations, whatever the order and however often.

use crate::support::Avow;
use avow::content;
use avow::content::Organisation;
use avow::kit::chance::Chance;
use avow::kit::db::Connection;
use avow::people::actions as people;
use avow::people::actions::ImportFile;
use avow::people::actions::ImportOptions;
use avow::programme::actions as programme;
use avow::programme::actions::Evaluated;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use diesel_async::AsyncConnection;
use proptest::prelude::*;
use proptest::test_runner::Config;
use proptest::test_runner::TestCaseError;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use tokio::runtime::Runtime;

const PEOPLE: usize = 5;
const KINDS: [&str; 3] = ["employee", "contractor", "board"];
const STARTS: [&str; 4] = ["2020-05-01", "2026-01-15", "2026-02-20", "2026-06-01"];
const ENDS: [&str; 4] = ["", "", "2026-07-31", "2027-01-31"];
const ZONES: [&str; 3] = ["Europe/Berlin", "Asia/Ho_Chi_Minh", "Pacific/Auckland"];

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// So many hours pass.
    Later(i64),
    /// A file of people: who, and which kind, start, end and zone each has.
    Import(Vec<(usize, usize, usize, usize, usize)>),
    /// Somebody is away for so many days from now on.
    Leave(usize, i64),
    /// Somebody does everything that is open.
    Complete(usize),
    /// The programme is evaluated.
    Evaluate,
}

fn step() -> impl Strategy<Value = Step> {
    let row = (0..PEOPLE, 0..KINDS.len(), 0..STARTS.len(), 0..ENDS.len(), 0..ZONES.len());
    prop_oneof![
        3 => (1_i64..4000).prop_map(Step::Later),
        3 => prop::collection::vec(row, 1..4).prop_map(Step::Import),
        1 => (0..PEOPLE, 1_i64..90).prop_map(|(who, days)| Step::Leave(who, days)),
        2 => (0..PEOPLE).prop_map(Step::Complete),
        4 => Just(Step::Evaluate),
    ]
}

/// One run of steps in a company of its own.
struct World {
    client: tokio_postgres::Client,
    connection: Connection,
    organisation: Organisation,
    chance: Chance,
    now: DateTime<Utc>,
    /// Dropped last: the database goes with it.
    _avow: Avow,
}

impl World {
    async fn new() -> Self {
        let avow = Avow::company().await;
        let connection = Connection::establish(&avow.settings["DATABASE_URL"]).await.expect("connects");
        let client = avow.sql().await;
        let organisation = content::load_organisation(&avow.folder.path().join("content")).expect("is right");
        let now = "2026-03-02T10:00:00Z".parse().expect("an instant");
        Self { client, connection, organisation, chance: Chance::default(), now, _avow: avow }
    }

    async fn take(&mut self, step: &Step) {
        // Facts of one instant have no order among themselves; time passes between any two.
        self.now += TimeDelta::seconds(1);
        let options = ImportOptions { accept_partial: true, ..ImportOptions::default() };
        match step {
            Step::Later(hours) => self.now += TimeDelta::hours(*hours),
            Step::Import(rows) => {
                let rows: String = rows
                    .iter()
                    .map(|(who, kind, start, end, zone)| {
                        format!("W{who},Kim,W{who},{},{},{},{}\n", KINDS[*kind], STARTS[*start], ENDS[*end], ZONES[*zone])
                    })
                    .collect();
                let text = format!("hr_id,given_name,family_name,kind,start,end,zone\n{rows}");
                let file = ImportFile { name: "people.csv", bytes: text.as_bytes() };
                people::import_people(&mut self.connection, self.now, &self.chance, &self.organisation, file, options)
                    .await
                    .expect("works")
                    .expect("reads");
            }
            Step::Leave(who, days) => {
                let (first, last) = (self.now.date_naive(), (self.now + TimeDelta::days(*days)).date_naive());
                let text = format!("hr_id,first_day,last_day,code\nW{who},{first},{last},other\n");
                let file = ImportFile { name: "leaves.csv", bytes: text.as_bytes() };
                people::import_leaves(&mut self.connection, self.now, &self.chance, file, options).await.expect("works").expect("reads");
            }
            Step::Complete(who) => {
                let sql = "insert into completions select gen_random_uuid(), a.id, a.person_id, a.requirement_id, v.id, 'en', 'attempt', gen_random_uuid(), $2::text::timestamptz, $2::text::timestamptz
                    from assignments a join requirements r on r.id = a.requirement_id join persons p on p.id = a.person_id
                    join content_versions v on (v.kind, v.slug) = (r.content_kind, r.content_slug) where p.hr_id = $1 on conflict do nothing";
                self.client.execute(sql, &[&format!("W{who}"), &self.now.to_rfc3339()]).await.expect("is done");
            }
            Step::Evaluate => {
                programme::evaluate(&mut self.connection, self.now, &self.chance, &self.organisation).await.expect("works");
                let again = programme::evaluate(&mut self.connection, self.now, &self.chance, &self.organisation).await.expect("works");
                assert_eq!(again, Evaluated::default(), "a second evaluation finds nothing to do");
            }
        }
    }

    /// Every assignment as text, by its id.
    async fn assignments(&self) -> BTreeMap<String, String> {
        let rows = self.client.query("select id::text, concat_ws(' ', requirement_id, person_id, cycle, opens_on, original_due_on, zone, reason, assigned_at) from assignments", &[]).await;
        rows.expect("assignments").iter().map(|row| (row.get(0), row.get(1))).collect()
    }

    async fn check(&self) {
        // What was undone when somebody left stays so; whoever comes back owes it anew. Judged when it is assigned: the roster may be
        // corrected afterwards.
        let early = format!(
            "select count(*) from assignments n join assignments o using (requirement_id, person_id)
            where n.cycle = o.cycle + 1 and n.assigned_at = '{}' and not exists (select from completions c where c.assignment_id = o.id)
            and exists (select from engagements e where e.person_id = n.person_id and e.id::text <> n.reason->>'engagement'
                and e.starts_on < (n.reason->>'start')::date and coalesce(e.ends_on, 'infinity') >= (n.reason->>'start')::date - 1)",
            self.now.to_rfc3339()
        );
        for (what, sql) in [
            (
                "an assignment without a reason",
                "select count(*) from assignments where reason->>'rule' not in ('launch', 'joiner', 'entered', 'rolling')
                or reason->>'rule' is null or jsonb_typeof(reason->'conditions') is distinct from 'array'
                or not exists (select from engagements e where e.id::text = reason->>'engagement' and e.person_id = assignments.person_id)",
            ),
            (
                "two for one cycle",
                "select count(*) from (select 1 from assignments group by requirement_id, person_id, cycle having count(*) > 1) d",
            ),
            (
                "a cycle left out",
                "select count(*) from (select 1 from assignments group by requirement_id, person_id having max(cycle) <> count(*)) d",
            ),
            ("a next cycle before the last was done, by somebody who never left", early.as_str()),
            ("a due date moved forward", "select count(*) from assignments where due_on < original_due_on"),
            (
                "a due instant that is not the end of its day",
                "select count(*) from assignments where due_at <> ((due_on + 1)::timestamp at time zone zone)",
            ),
            (
                "withdrawn or reinstated twice running",
                "select count(*) from (select change, lag(change, 1, 'reinstated') over (partition by assignment_id order by recorded_at) before from scope_changes) c where change = before",
            ),
            (
                "a change without its batch",
                "select count(*) from roster_changes c where not exists (select from roster_batches b where b.id = c.batch_id)",
            ),
        ] {
            assert_eq!(self.client.query_one(sql, &[]).await.expect(sql).get::<_, i64>(0), 0, "{what}");
        }
    }
}

#[test]
fn any_sequence_of_steps_keeps_one_assignment_a_cycle_each_with_its_reason() {
    let runtime = Runtime::new().expect("a runtime");
    let config = Config { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&prop::collection::vec(step(), 3..25), |steps| {
        let run = async {
            let mut world = World::new().await;
            let mut before = world.assignments().await;
            for step in &steps {
                world.take(step).await;
                world.check().await;
                let after = world.assignments().await;
                assert!(before.iter().all(|(id, fields)| after.get(id) == Some(fields)), "what was assigned has changed");
                before = after;
            }
        };
        let run = std::panic::AssertUnwindSafe(|| runtime.block_on(run));
        std::panic::catch_unwind(run).map_err(|why| TestCaseError::fail(why.downcast_ref::<String>().cloned().unwrap_or_default()))
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn whoever_leaves_with_something_undone_and_comes_back_owes_it_anew() {
    let runtime = Runtime::new().expect("a runtime");
    // The end of the first engagement is learnt only after the second has been corrected to begin later.
    let steps = [
        Step::Import(vec![(2, 0, 0, 0, 0)]),
        Step::Evaluate,
        Step::Import(vec![(2, 2, 2, 0, 0)]),
        Step::Import(vec![(2, 2, 3, 0, 1), (2, 0, 3, 3, 0)]),
        Step::Later(3689),
        Step::Evaluate,
    ];
    runtime.block_on(async {
        let mut world = World::new().await;
        for step in &steps {
            world.take(step).await;
            world.check().await;
        }
        let sql = "select string_agg(a.cycle || ' ' || (c.id is null), ', ' order by a.cycle) from assignments a
            join persons p on p.id = a.person_id join requirements r on r.id = a.requirement_id
            left join completions c on c.assignment_id = a.id where p.hr_id = 'W2' and r.slug = 'mail-course'";
        assert_eq!(world.client.query_one(sql, &[]).await.expect(sql).get::<_, String>(0), "1 true, 2 true");
    });
}
