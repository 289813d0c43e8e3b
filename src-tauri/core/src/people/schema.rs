//! The tables of the people store, in the workspace's file of people and personas.

/// One step of that file's schema; released, so it never changes.
///
/// A person's columns hold what is shown, so that SQLite can sort and filter; `stamps` holds who told it and what is known
/// besides (see [`super::packed`]). The job that is shown stands with its person; `job_history` holds the others. People
/// are few bytes elsewhere: `run_pages.people` lists their numbers, 4 bytes each, least first.
pub const MIGRATION: &str = "
    CREATE TABLE tenants (
        number INTEGER PRIMARY KEY,
        tenant TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE companies (
        number INTEGER PRIMARY KEY,
        tenant INTEGER NOT NULL REFERENCES tenants (number),
        id TEXT NOT NULL,
        name TEXT,
        name_source INTEGER,
        name_at_ms INTEGER,
        domain TEXT,
        domain_source INTEGER,
        domain_at_ms INTEGER,
        UNIQUE (tenant, id)
    ) STRICT;
    CREATE TABLE people (
        number INTEGER PRIMARY KEY,
        tenant INTEGER NOT NULL REFERENCES tenants (number),
        id TEXT NOT NULL,
        name TEXT,
        first_name TEXT,
        last_name TEXT,
        last_name_obfuscated TEXT,
        title TEXT,
        headline TEXT,
        seniority TEXT,
        email TEXT,
        email_status TEXT,
        phone TEXT,
        linkedin_url TEXT,
        city TEXT,
        state TEXT,
        country TEXT,
        organization_name TEXT,
        company INTEGER REFERENCES companies (number),
        organization_domain TEXT,
        has_email INTEGER CHECK (has_email IN (0, 1)),
        has_direct_phone TEXT,
        source INTEGER NOT NULL,
        fetched_at_ms INTEGER NOT NULL,
        job_first_ms INTEGER,
        job_last_ms INTEGER,
        job_sources INTEGER,
        changed_jobs_after_ms INTEGER,
        changed_jobs_by_ms INTEGER,
        stamps BLOB NOT NULL,
        UNIQUE (tenant, id)
    ) STRICT;
    CREATE TABLE job_history (
        person INTEGER NOT NULL REFERENCES people (number) ON DELETE CASCADE,
        title TEXT,
        employer TEXT,
        first_ms INTEGER NOT NULL,
        last_ms INTEGER NOT NULL,
        sources INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX job_history_by_person ON job_history (person);
    CREATE TABLE runs (
        number INTEGER PRIMARY KEY,
        tenant INTEGER NOT NULL REFERENCES tenants (number),
        question BLOB NOT NULL,
        origin TEXT NOT NULL,
        filters TEXT NOT NULL,
        persona TEXT,
        first_ms INTEGER NOT NULL,
        last_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX runs_by_question ON runs (tenant, question, origin, last_ms);
    CREATE TABLE run_pages (
        run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
        endpoint TEXT NOT NULL,
        page_size INTEGER NOT NULL,
        page INTEGER NOT NULL,
        fetched_at_ms INTEGER NOT NULL,
        total_entries INTEGER,
        calls_spent INTEGER NOT NULL,
        credits_spent REAL,
        people BLOB NOT NULL,
        PRIMARY KEY (run, endpoint, page_size, page)
    ) STRICT, WITHOUT ROWID;
";

/// Jobs have runs of their own, with the calls that brought them no page; released, so it never changes.
pub const RUNS_OF_JOBS: &str = "
    ALTER TABLE runs ADD COLUMN job TEXT;
    ALTER TABLE runs ADD COLUMN calls_in_vain INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX runs_by_job ON runs (job) WHERE job IS NOT NULL;
";

/// What people work in; released, so it never changes.
pub const FUNCTIONS: &str = "
    ALTER TABLE people ADD COLUMN functions TEXT;
";
