//! What an expand step must not do.

use std::collections::HashSet;

use super::statements::{Statement, statements};

/// The newest version that came before the first release: what is older was never run beside another release.
pub const RELEASED: i64 = 12;

/// What a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It adds, before a release that needs it.
    Expand,
    /// It takes away, after no release needs it any more.
    Contract,
}

impl Kind {
    /// What a script says of itself: a first line of `-- contract` and why, or nothing.
    pub fn of(sql: &str) -> Self {
        if sql.trim_start().starts_with("-- contract") {
            Self::Contract
        } else {
            Self::Expand
        }
    }
}

/// Something that a step does and must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offence {
    /// The line on which the statement begins, from 1.
    pub line: usize,
    /// The rule's name.
    pub rule: &'static str,
    /// What happens, and what to do instead.
    pub why: &'static str,
}

type Rule = (&'static str, &'static str, fn(&Statement) -> bool);

/// Against these an expand step is held, on tables that it did not make itself.
const OF_EXPANSION: [Rule; 13] = [
    (
        "drop-table",
        "the release before reads it: drop it in a contract step",
        |one| one.starts(&["drop", "table"]),
    ),
    (
        "drop-column",
        "the release before reads it: drop it in a contract step",
        |one| drops(one, &["column"]) || one.starts(&["alter", "table"]) && drops_bare_column(one),
    ),
    (
        "rename",
        "the release before knows the old name: add the new one, copy, and drop the old one later",
        |one| one.starts(&["alter"]) && one.has(&["rename"]),
    ),
    (
        "change-type",
        "the release before binds the old type, and the table is rewritten under a lock: add a column",
        |one| one.starts(&["alter", "table"]) && (one.has(&["set", "data", "type"]) || alters_type(one)),
    ),
    (
        "not-null-without-default",
        "the release before inserts rows without it: give it a default, or let it be null",
        |one| {
            adds_column(one)
                && one.has(&["not", "null"])
                && !one.has(&["default"])
                && !one.has(&["generated"])
        },
    ),
    (
        "set-not-null",
        "the release before may leave it empty: let both write it first, and do this in a contract step",
        |one| one.starts(&["alter", "table"]) && one.has(&["set", "not", "null"]),
    ),
    (
        "drop-default",
        "the release before relies on it: drop it in a contract step",
        |one| one.starts(&["alter", "table"]) && one.has(&["drop", "default"]),
    ),
    (
        "new-constraint",
        "rows of the release before may break it, and all are read under a lock: add it NOT VALID, or to a new column",
        |one| {
            one.starts(&["alter", "table"])
                && (one.has(&["add", "constraint"])
                    || one.has(&["add", "check"])
                    || one.has(&["add", "foreign"])
                    || one.has(&["add", "unique"])
                    || one.has(&["add", "primary"]))
                && !one.has(&["not", "valid"])
        },
    ),
    (
        "unique-index",
        "the release before may insert duplicates: make it in a contract step",
        |one| one.starts(&["create", "unique", "index"]),
    ),
    (
        "lost-rows",
        "rows go that the release before counts on: do this in a contract step",
        |one| one.starts(&["truncate"]) || one.starts(&["delete"]),
    ),
    (
        "unbounded-update",
        "every row is locked until the end: fill it in batches by a job, with a WHERE",
        |one| one.starts(&["update"]) && !one.has(&["where"]),
    ),
    (
        "volatile-default",
        "a default that computes rewrites the table, and times and ids come from the program",
        |one| adds_column(one) && computes(one),
    ),
    (
        "drop-object",
        "the release before may use it: drop it in a contract step",
        |one| {
            [
                "index", "view", "type", "function", "trigger", "sequence", "schema",
            ]
            .iter()
            .any(|kind| one.starts(&["drop", kind]))
        },
    ),
];

fn drops(one: &Statement, what: &[&str]) -> bool {
    let mut words = vec!["drop"];
    words.extend(what);
    one.starts(&["alter", "table"]) && one.has(&words)
}

/// `ALTER TABLE t DROP c`: the word COLUMN may be left out.
fn drops_bare_column(one: &Statement) -> bool {
    let others = ["column", "constraint", "default", "not", "expression", "identity"];
    one.words
        .windows(2)
        .any(|pair| pair[0] == "drop" && !others.contains(&pair[1].as_str()))
}

fn alters_type(one: &Statement) -> bool {
    one.at(&["alter", "column"])
        .is_some_and(|at| one.words.get(at + 3).is_some_and(|word| word == "type"))
}

fn adds_column(one: &Statement) -> bool {
    let others = ["constraint", "check", "foreign", "unique", "primary", "value"];
    one.starts(&["alter", "table"])
        && one
            .words
            .windows(2)
            .any(|pair| pair[0] == "add" && !others.contains(&pair[1].as_str()))
}

fn computes(one: &Statement) -> bool {
    let volatile = [
        "now",
        "current_timestamp",
        "random",
        "gen_random_uuid",
        "clock_timestamp",
        "nextval",
    ];
    one.at(&["default"]).is_some_and(|at| {
        one.words[at..]
            .iter()
            .any(|word| volatile.contains(&word.as_str()))
    })
}

/// What is wrong with a step; nothing when the release before works on the schema that it makes.
pub fn lint(sql: &str) -> Vec<Offence> {
    let all = statements(sql);
    let mut offences = Vec::new();
    if all.is_empty() {
        offences.push(Offence {
            line: 1,
            rule: "empty",
            why: "there is no statement",
        });
    }
    let is_contract = Kind::of(sql) == Kind::Contract;
    let made_here: HashSet<&str> = all
        .iter()
        .filter_map(|one| one.name_after(&["create", "table"]))
        .collect();
    for one in &all {
        if let Some(offence) = of_any_step(one) {
            offences.push(offence);
        }
        if is_contract || table(one).is_some_and(|table| made_here.contains(table)) {
            continue;
        }
        let broken = OF_EXPANSION.iter().filter(|(_, _, is_broken)| is_broken(one));
        offences.extend(broken.map(|(rule, why, _)| Offence {
            line: one.line,
            rule,
            why,
        }));
    }
    offences
}

fn of_any_step(one: &Statement) -> Option<Offence> {
    let is_control = [
        &["commit"][..],
        &["rollback"],
        &["begin"],
        &["start", "transaction"],
        &["vacuum"],
    ]
    .iter()
    .any(|words| one.starts(words));
    is_control.then_some(Offence {
        line: one.line,
        rule: "transaction",
        why: "a step is one transaction, which is not its own to end: half of it would stay when it fails",
    })
}

/// The table that a statement changes.
fn table(one: &Statement) -> Option<&str> {
    [
        &["alter", "table"][..],
        &["drop", "table"],
        &["delete", "from"],
        &["update"],
        &["truncate", "table"],
        &["truncate"],
    ]
    .iter()
    .find(|words| one.starts(words))
    .and_then(|words| one.name_after(words))
    .or_else(|| {
        let is_index = one.starts(&["create", "index"]) || one.starts(&["create", "unique", "index"]);
        is_index.then(|| one.name_after(&["on"])).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAD: [(&str, &str); 40] = [
        ("DROP TABLE books", "drop-table"),
        ("drop table if exists books;", "drop-table"),
        ("DROP TABLE \"books\"", "drop-table"),
        ("DROP TABLE books CASCADE", "drop-table"),
        ("ALTER TABLE books DROP COLUMN title", "drop-column"),
        ("ALTER TABLE books DROP title", "drop-column"),
        ("ALTER TABLE books\n  DROP COLUMN IF EXISTS title", "drop-column"),
        (
            "ALTER TABLE books ADD COLUMN a TEXT, DROP COLUMN title",
            "drop-column",
        ),
        ("ALTER TABLE ONLY books DROP COLUMN title", "drop-column"),
        ("ALTER TABLE books RENAME TO tomes", "rename"),
        ("ALTER TABLE books RENAME COLUMN title TO name", "rename"),
        ("ALTER TABLE books RENAME title TO name", "rename"),
        ("ALTER INDEX i RENAME TO j", "rename"),
        ("ALTER TYPE mood RENAME VALUE 'a' TO 'b'", "rename"),
        ("ALTER TABLE books ALTER COLUMN pages TYPE bigint", "change-type"),
        (
            "ALTER TABLE books ALTER COLUMN pages SET DATA TYPE bigint",
            "change-type",
        ),
        (
            "ALTER TABLE books ALTER COLUMN pages TYPE bigint USING pages::bigint",
            "change-type",
        ),
        (
            "ALTER TABLE books ADD COLUMN isbn TEXT NOT NULL",
            "not-null-without-default",
        ),
        (
            "ALTER TABLE books ADD isbn TEXT NOT NULL",
            "not-null-without-default",
        ),
        (
            "ALTER TABLE books ADD COLUMN isbn TEXT NOT NULL CHECK (isbn <> '')",
            "not-null-without-default",
        ),
        ("ALTER TABLE books ALTER COLUMN isbn SET NOT NULL", "set-not-null"),
        ("ALTER TABLE books ALTER isbn SET NOT NULL", "set-not-null"),
        ("ALTER TABLE books ALTER COLUMN isbn DROP DEFAULT", "drop-default"),
        (
            "ALTER TABLE books ADD CONSTRAINT c CHECK (pages > 0)",
            "new-constraint",
        ),
        ("ALTER TABLE books ADD CHECK (pages > 0)", "new-constraint"),
        (
            "ALTER TABLE books ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (c)",
            "new-constraint",
        ),
        (
            "ALTER TABLE books ADD FOREIGN KEY (a) REFERENCES b (c)",
            "new-constraint",
        ),
        ("ALTER TABLE books ADD UNIQUE (isbn)", "new-constraint"),
        ("ALTER TABLE books ADD PRIMARY KEY (isbn)", "new-constraint"),
        ("CREATE UNIQUE INDEX i ON books (isbn)", "unique-index"),
        (
            "CREATE UNIQUE INDEX CONCURRENTLY i ON books (isbn)",
            "unique-index",
        ),
        ("TRUNCATE books", "lost-rows"),
        ("DELETE FROM books WHERE pages = 0", "lost-rows"),
        ("UPDATE books SET isbn = ''", "unbounded-update"),
        (
            "ALTER TABLE books ADD COLUMN at timestamptz DEFAULT now()",
            "volatile-default",
        ),
        (
            "ALTER TABLE books ADD COLUMN id uuid DEFAULT gen_random_uuid()",
            "volatile-default",
        ),
        ("DROP INDEX i", "drop-object"),
        ("DROP VIEW shelf", "drop-object"),
        ("CREATE TABLE a (b TEXT); DROP TABLE books", "drop-table"),
        ("COMMIT; CREATE TABLE a (b TEXT)", "transaction"),
    ];

    const GOOD: [&str; 40] = [
        "CREATE TABLE notes (id TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS notes (id TEXT NOT NULL)",
        "CREATE TABLE notes (id TEXT NOT NULL) STRICT",
        "CREATE TABLE notes (id uuid PRIMARY KEY, book uuid NOT NULL REFERENCES books (id))",
        "CREATE TABLE notes (id uuid); CREATE UNIQUE INDEX i ON notes (id)",
        "CREATE TABLE notes (id uuid); ALTER TABLE notes ADD CONSTRAINT c CHECK (id IS NOT NULL)",
        "CREATE TABLE notes (id uuid); DELETE FROM notes",
        "CREATE TABLE notes (id uuid); UPDATE notes SET id = NULL",
        "CREATE TABLE notes (id uuid); DROP TABLE notes",
        "CREATE TABLE notes (id uuid); ALTER TABLE notes ALTER COLUMN id SET NOT NULL",
        "ALTER TABLE books ADD COLUMN isbn TEXT",
        "ALTER TABLE books ADD isbn TEXT",
        "ALTER TABLE books ADD COLUMN isbn TEXT NULL",
        "ALTER TABLE books ADD COLUMN pages bigint NOT NULL DEFAULT 0",
        "ALTER TABLE books ADD COLUMN language TEXT NOT NULL DEFAULT 'ru' CHECK (language IN ('ru', 'en'))",
        "ALTER TABLE books ADD COLUMN IF NOT EXISTS isbn TEXT",
        "ALTER TABLE books ADD COLUMN a TEXT, ADD COLUMN b TEXT",
        "ALTER TABLE books ADD COLUMN twice bigint GENERATED ALWAYS AS (pages * 2) STORED",
        "ALTER TABLE books ADD CONSTRAINT c CHECK (pages > 0) NOT VALID",
        "ALTER TABLE books ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (c) NOT VALID",
        "ALTER TABLE books VALIDATE CONSTRAINT c",
        "ALTER TABLE books ALTER COLUMN isbn DROP NOT NULL",
        "ALTER TABLE books ALTER COLUMN isbn SET DEFAULT ''",
        "ALTER TABLE books DROP CONSTRAINT c",
        "ALTER TYPE mood ADD VALUE 'calm'",
        "CREATE INDEX i ON books (isbn)",
        "CREATE INDEX CONCURRENTLY i ON books (isbn)",
        "CREATE INDEX i ON books (isbn) WHERE isbn IS NOT NULL",
        "CREATE VIEW shelf AS SELECT id FROM books",
        "CREATE TYPE mood AS ENUM ('sad', 'drop table books')",
        "INSERT INTO plans (name) VALUES ('drop table books;')",
        "INSERT INTO plans (name) SELECT name FROM tiers",
        "UPDATE books SET isbn = '' WHERE isbn IS NULL AND id IN (SELECT id FROM books LIMIT 1000)",
        "-- DROP TABLE books;\nCREATE TABLE a (b TEXT)",
        "/* DROP TABLE books; */ CREATE TABLE a (b TEXT)",
        "CREATE TRIGGER t BEFORE DELETE ON books BEGIN SELECT RAISE(ABORT, 'no'); END;",
        "CREATE TRIGGER t AFTER UPDATE ON books BEGIN DELETE FROM cache; UPDATE state SET n = 1; END;",
        "CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN DELETE FROM books; END $$ LANGUAGE plpgsql",
        "-- contract: no release since 1.4 reads it\nDROP TABLE books",
        "-- contract: no release since 1.4 reads it\nALTER TABLE books DROP COLUMN title; CREATE UNIQUE INDEX i ON books (isbn)",
    ];

    #[test]
    fn what_breaks_the_release_before_is_found() {
        for (sql, rule) in BAD {
            let found = lint(sql);
            assert!(
                found.iter().any(|offence| offence.rule == rule),
                "{sql}: {found:?}"
            );
        }
    }

    #[test]
    fn what_only_adds_passes() {
        for sql in GOOD {
            assert_eq!(lint(sql), [], "{sql}");
        }
    }

    #[test]
    fn a_contract_step_says_so_in_its_first_line_only() {
        assert_eq!(
            Kind::of("-- contract: unused since 1.4\nDROP TABLE a"),
            Kind::Contract
        );
        assert_eq!(Kind::of("CREATE TABLE a (b TEXT);\n-- contract\n"), Kind::Expand);
    }

    #[test]
    fn the_steps_of_this_release_pass() {
        for (engine, scripts) in ["SQLite", "PostgreSQL"].iter().zip(library::embedded_scripts()) {
            assert!(scripts.iter().any(|script| script.version == RELEASED));
            for script in scripts.iter().filter(|script| script.version > RELEASED) {
                assert_eq!(lint(&script.sql), [], "{engine}: {}", script.description);
            }
        }
    }
}
