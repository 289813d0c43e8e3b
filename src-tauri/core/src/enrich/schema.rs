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

/// A question may be `elsewhere`: answered with somebody else, whose id is `person` where that can be told.
pub const ELSEWHERE_STEP: &str = "
    DROP INDEX paid_people_by_clue;
    DROP INDEX paid_people_by_person;
    ALTER TABLE paid_people RENAME TO paid_people_before;
    CREATE TABLE paid_people (
        request INTEGER NOT NULL REFERENCES paid_requests (number) ON DELETE CASCADE,
        clue TEXT NOT NULL,
        person TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN ('asked', 'found', 'elsewhere', 'shell', 'not_found', 'repeated')),
        mobile TEXT CHECK (mobile IN ('told', 'none')),
        PRIMARY KEY (request, clue)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO paid_people SELECT request, clue, person, outcome, mobile FROM paid_people_before;
    DROP TABLE paid_people_before;
    CREATE INDEX paid_people_by_clue ON paid_people (clue);
    CREATE INDEX paid_people_by_person ON paid_people (person);
";

/// `asked_again`: who came instead is asked for again, by id; the line stands for the question alone from then on, and says
/// who came.
pub const ASKED_AGAIN_STEP: &str = "
    ALTER TABLE paid_people ADD COLUMN asked_again INTEGER NOT NULL DEFAULT 0 CHECK (asked_again IN (0, 1));
";

/// Pages of the full search, which may cost a credit each, stand in the journal as well: `job` is null for what was clicked
/// for, `brought` counts the rows that came, and a page is `untold` when it came and Apollo did not tell its price.
/// `free_calls` are calls that cost no credits; they are written without waiting for the disk. Pages that earlier versions
/// fetched come along, each as one of unknown price of a key that was not written down.
pub const LEDGER_STEP: &str = "
    DROP INDEX paid_requests_by_job;
    DROP INDEX paid_people_by_clue;
    DROP INDEX paid_people_by_person;
    ALTER TABLE paid_people RENAME TO paid_people_before;
    ALTER TABLE paid_requests RENAME TO paid_requests_before;
    CREATE TABLE paid_requests (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant TEXT NOT NULL,
        job TEXT,
        title TEXT NOT NULL,
        account TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        mobiles INTEGER NOT NULL CHECK (mobiles IN (0, 1)),
        state TEXT NOT NULL CHECK (
            state IN ('journalled', 'ordered', 'charged', 'free', 'untold', 'may_be_charged', 'accepted', 'repeated')
        ),
        attempt INTEGER NOT NULL,
        at_most INTEGER NOT NULL,
        charged INTEGER NOT NULL DEFAULT 0,
        request_id INTEGER,
        figure INTEGER,
        brought INTEGER NOT NULL DEFAULT 0,
        strangers INTEGER NOT NULL DEFAULT 0,
        unreadable_rows INTEGER NOT NULL DEFAULT 0,
        why TEXT,
        journalled_at_ms INTEGER NOT NULL,
        settled_at_ms INTEGER,
        UNIQUE (tenant, number)
    ) STRICT;
    INSERT INTO paid_requests
    SELECT number, tenant, job, title, account, endpoint, mobiles, state, attempt, at_most, charged, request_id, figure, 0,
        strangers, unreadable_rows, why, journalled_at_ms, settled_at_ms
    FROM paid_requests_before;
    INSERT INTO paid_requests (tenant, job, title, account, endpoint, mobiles, state, attempt, at_most, brought,
        journalled_at_ms, settled_at_ms)
    SELECT tenants.tenant, job, 'A search · page ' || page, '', endpoint, 0, 'untold', 1, 1000, length(people) / 4,
        fetched_at_ms, fetched_at_ms
    FROM run_pages JOIN runs ON runs.number = run JOIN tenants ON tenants.number = runs.tenant
    WHERE credits_spent IS NULL
    ORDER BY fetched_at_ms;
    CREATE TABLE paid_people (
        request INTEGER NOT NULL REFERENCES paid_requests (number) ON DELETE CASCADE,
        clue TEXT NOT NULL,
        person TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN ('asked', 'found', 'shell', 'not_found', 'repeated')),
        mobile TEXT CHECK (mobile IN ('told', 'none')),
        PRIMARY KEY (request, clue)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO paid_people SELECT request, clue, person, outcome, mobile FROM paid_people_before;
    DROP TABLE paid_people_before;
    DROP TABLE paid_requests_before;
    CREATE INDEX paid_requests_by_job ON paid_requests (tenant, job);
    CREATE INDEX paid_requests_by_moment ON paid_requests (tenant, journalled_at_ms);
    CREATE INDEX paid_requests_on_their_way ON paid_requests (tenant) WHERE state = 'journalled';
    CREATE INDEX paid_people_by_clue ON paid_people (clue);
    CREATE INDEX paid_people_by_person ON paid_people (person);
    CREATE TABLE free_calls (
        number INTEGER PRIMARY KEY,
        tenant TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        job TEXT,
        title TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        why TEXT,
        UNIQUE (tenant, number)
    ) STRICT;
    CREATE INDEX free_calls_by_moment ON free_calls (tenant, at_ms);
";
