//! The tables of jobs in a workspace's `people.sqlite`, and what becomes of exports from before there were jobs.

/// The step of `people.sqlite` that makes jobs. Exports that an older version left unfinished become paused jobs: their
/// pages are paid for.
pub const JOBS_STEP: &str = r#"
    CREATE TABLE jobs (
        tenant TEXT NOT NULL,
        id TEXT NOT NULL,
        title TEXT NOT NULL,
        spec TEXT NOT NULL,
        question TEXT NOT NULL,
        target TEXT,
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'waiting', 'paused', 'done', 'failed', 'cancelled')),
        reason TEXT,
        endpoint TEXT CHECK (endpoint IN ('full', 'free')),
        wish TEXT CHECK (wish IN ('pause', 'cancel')),
        by_itself INTEGER NOT NULL CHECK (by_itself IN (0, 1)),
        place INTEGER NOT NULL,
        progress TEXT NOT NULL,
        result TEXT,
        notices TEXT NOT NULL,
        calls_in_vain INTEGER NOT NULL,
        calls_unknown INTEGER NOT NULL,
        credits_unknown INTEGER NOT NULL CHECK (credits_unknown IN (0, 1)),
        calls_used INTEGER NOT NULL,
        credits_used INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL,
        started_at_ms INTEGER,
        ended_at_ms INTEGER,
        PRIMARY KEY (tenant, id)
    ) STRICT;
    CREATE UNIQUE INDEX job_by_target ON jobs (tenant, target) WHERE state <> 'done';
    CREATE TABLE job_steps (
        tenant TEXT NOT NULL,
        job TEXT NOT NULL,
        step INTEGER NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (tenant, job, step),
        FOREIGN KEY (tenant, job) REFERENCES jobs (tenant, id) ON DELETE CASCADE
    ) STRICT;
    INSERT INTO jobs
    SELECT
        tenant,
        lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8'
            || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
        'An export begun with an earlier version',
        json_object(
            'kind', 'export',
            'persona_id', NULL,
            'filters', json(question -> '$.filters'),
            'scope', iif(
                one_page,
                json_object('kind', 'page', 'page', question ->> '$.page', 'page_size', question ->> '$.page_size'),
                json('{"kind": "all", "max_rows": null}')
            ),
            'flavour', 'excel',
            'path', target,
            'agreed', json('{"calls": null, "credits": 0}'),
            'wait', json('false'),
            'replace', json('false')
        ),
        json_object(
            'filters', json(question -> '$.filters'),
            'page', question ->> '$.page',
            'page_size', question ->> '$.page_size',
            'origin', question ->> '$.origin',
            'one_page', json(iif(one_page, 'true', 'false'))
        ),
        target,
        'paused',
        '{"code": "left", "message": "It was interrupted. Resume it to go on."}',
        NULL,
        NULL,
        0,
        row_number() OVER (ORDER BY started_at_ms),
        json_object(
            'pages',
            (SELECT count(*) FROM export_pages WHERE export_pages.tenant = exports.tenant AND export_pages.target = exports.target)
        ),
        NULL,
        '[]',
        calls_in_vain,
        0,
        credits_unknown,
        0,
        0,
        started_at_ms,
        started_at_ms,
        NULL
    FROM (
        -- The first versions did not say whether it is one page; those of the largest size from the first on were everybody.
        SELECT *, coalesce(question ->> '$.one_page', question ->> '$.page' <> 1 OR question ->> '$.page_size' <> 100) AS one_page
        FROM exports
    ) AS exports;
    INSERT INTO job_steps
    SELECT jobs.tenant, jobs.id, export_pages.page, export_pages.body
    FROM export_pages JOIN jobs ON jobs.tenant = export_pages.tenant AND jobs.target = export_pages.target;
    DROP TABLE export_pages;
    DROP TABLE exports;
"#;

/// What becomes of the jobs that come with a backup: nobody here asked for them, so they neither go on by themselves nor
/// stand on what was agreed to elsewhere.
pub const WHEN_RESTORED: &str = r#"
    UPDATE jobs SET state = 'paused', wish = NULL, by_itself = 0,
        reason = '{"code": "restored", "message": "It came with a backup. Resume it to go on here."}'
    WHERE state IN ('queued', 'running', 'waiting', 'paused')
"#;
