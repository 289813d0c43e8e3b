//! The tables of paid requests, in the workspace's file of people. There and not in a file of their own, because what was
//! paid for and that it was paid for must come to the disk in one transaction: a file that runs `synchronous=FULL` anyway,
//! goes with the workspace when it is removed, and is copied with it.

/// The step of `people.sqlite` that makes them. Amounts are thousandths of a credit.
///
/// A request is `journalled` before it is sent; what it asks for, and what came of each, is in `paid_people`.
/// `figure` is the last of `credit_figures` that was told before it went out.
/// `enrich_wanted` is whom a job is still to ask for. `credit_figures` is what Apollo's own count of an account said, and when.
pub const ENRICH_STEP: &str = "
    CREATE TABLE paid_requests (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant TEXT NOT NULL,
        job TEXT NOT NULL,
        title TEXT NOT NULL,
        account TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        mobiles INTEGER NOT NULL CHECK (mobiles IN (0, 1)),
        state TEXT NOT NULL CHECK (state IN ('journalled', 'ordered', 'charged', 'free', 'may_be_charged', 'accepted', 'repeated')),
        attempt INTEGER NOT NULL,
        at_most INTEGER NOT NULL,
        charged INTEGER NOT NULL DEFAULT 0,
        request_id INTEGER,
        figure INTEGER,
        strangers INTEGER NOT NULL DEFAULT 0,
        unreadable_rows INTEGER NOT NULL DEFAULT 0,
        why TEXT,
        journalled_at_ms INTEGER NOT NULL,
        settled_at_ms INTEGER,
        UNIQUE (tenant, number)
    ) STRICT;
    CREATE INDEX paid_requests_by_job ON paid_requests (tenant, job);
    CREATE TABLE paid_people (
        request INTEGER NOT NULL REFERENCES paid_requests (number) ON DELETE CASCADE,
        clue TEXT NOT NULL,
        person TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN ('asked', 'found', 'shell', 'not_found', 'repeated')),
        mobile TEXT CHECK (mobile IN ('told', 'none')),
        PRIMARY KEY (request, clue)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX paid_people_by_clue ON paid_people (clue);
    CREATE INDEX paid_people_by_person ON paid_people (person);
    CREATE TABLE enrich_wanted (
        tenant TEXT NOT NULL,
        job TEXT NOT NULL,
        place INTEGER NOT NULL,
        clue TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'asked', 'left_out')),
        PRIMARY KEY (tenant, job, place),
        FOREIGN KEY (tenant, job) REFERENCES jobs (tenant, id) ON DELETE CASCADE
    ) STRICT;
    CREATE TABLE credit_figures (
        number INTEGER PRIMARY KEY,
        tenant TEXT NOT NULL,
        account TEXT NOT NULL,
        told_at_ms INTEGER NOT NULL,
        consumed INTEGER,
        remaining INTEGER,
        UNIQUE (tenant, number)
    ) STRICT;
";
