-- Credentials for another server, for the mirrors of a project's repositories.
CREATE TABLE remote_endpoint (
    id ${id},
    uuid TEXT NOT NULL UNIQUE,
    project_id ${long} NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- What addresses must begin with for these credentials to be sent there.
    url TEXT NOT NULL,
    -- password or ssh_key
    kind TEXT NOT NULL,
    -- Sealed.
    secret ${bytes} NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    UNIQUE (project_id, name)
) ${strict};

-- A repository on another server that one here follows (fetch) or that follows one here (push).
CREATE TABLE mirror (
    id ${id},
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    direction TEXT NOT NULL,
    -- Without credentials.
    url TEXT NOT NULL,
    -- The credentials that stood in the address, sealed.
    secret ${bytes},
    endpoint_id ${long} REFERENCES remote_endpoint (id) ON DELETE SET NULL,
    scheduled ${bool} NOT NULL DEFAULT FALSE,
    -- Seconds; null: the installation's.
    interval_seconds ${long},
    -- all or default
    sync_branch_type TEXT NOT NULL DEFAULT 'all',
    -- One a line; empty: all branches and tags.
    ref_specs TEXT NOT NULL DEFAULT '',
    prune ${bool} NOT NULL DEFAULT TRUE,
    force_fetch ${bool} NOT NULL DEFAULT FALSE,
    known_host_key TEXT,
    -- scheduled, started, finished or failed
    status TEXT NOT NULL,
    failures ${long} NOT NULL DEFAULT 0,
    error_key TEXT,
    error_arguments TEXT,
    last_update_at ${long} NOT NULL,
    last_success_at ${long},
    -- What the last success took; null before the first.
    last_millis ${long},
    -- When the schedule has it run next; null: when somebody starts it.
    next_run_at ${long},
    -- How many refs differed from the other side after the last success, and since when some did.
    differing_refs ${long} NOT NULL DEFAULT 0,
    differing_since ${long},
    late_since ${long},
    created_at ${long} NOT NULL,
    UNIQUE (repository_id, direction)
) ${strict};
CREATE INDEX mirror_next_run ON mirror (next_run_at) WHERE next_run_at IS NOT NULL;
CREATE INDEX mirror_endpoint ON mirror (endpoint_id) WHERE endpoint_id IS NOT NULL;

-- One synchronisation of a mirror, or one attempt at an import.
CREATE TABLE mirror_run (
    id ${id},
    jid TEXT NOT NULL UNIQUE,
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    -- Null for imports.
    mirror_id ${long} REFERENCES mirror (id) ON DELETE CASCADE,
    direction TEXT NOT NULL,
    -- manual, schedule or import
    cause TEXT NOT NULL,
    -- queued, running, succeeded, failed or aborted
    state TEXT NOT NULL,
    force ${bool} NOT NULL DEFAULT FALSE,
    endpoint_id ${long} REFERENCES remote_endpoint (id) ON DELETE SET NULL,
    -- Sealed; kept for as long as the run may go on.
    secret ${bytes},
    queued_at ${long} NOT NULL,
    started_at ${long},
    ended_at ${long},
    -- How often it was taken up: after the first time, because the server that worked on it ended.
    attempt ${long} NOT NULL DEFAULT 0,
    abort_requested ${bool} NOT NULL DEFAULT FALSE,
    phase TEXT,
    received_bytes ${long} NOT NULL DEFAULT 0,
    done_objects ${long} NOT NULL DEFAULT 0,
    total_objects ${long} NOT NULL DEFAULT 0,
    refs_changed ${long} NOT NULL DEFAULT 0,
    refs_left ${long} NOT NULL DEFAULT 0,
    error_key TEXT,
    error_arguments TEXT
) ${strict};
CREATE INDEX mirror_run_repository ON mirror_run (repository_id, id);
CREATE UNIQUE INDEX mirror_run_running ON mirror_run (repository_id) WHERE state = 'running';
CREATE UNIQUE INDEX mirror_run_queued ON mirror_run (repository_id, direction) WHERE state = 'queued';
CREATE INDEX mirror_run_endpoint ON mirror_run (endpoint_id) WHERE endpoint_id IS NOT NULL;

-- Locked by whoever decides what a repository does next.
CREATE TABLE mirror_turn (
    repository_id ${long} PRIMARY KEY REFERENCES repository (id) ON DELETE CASCADE,
    turns ${long} NOT NULL
) ${strict};
