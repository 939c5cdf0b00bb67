-- What builders elsewhere say of commits. A pipeline is all that one builder says of one commit on one branch.
CREATE TABLE pipeline (
    id ${id},
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    commit_id TEXT NOT NULL,
    ref TEXT NOT NULL,
    -- 'pending', 'running', 'success', 'failed', 'canceled', 'skipped' or 'timedout'
    status TEXT NOT NULL,
    web_url TEXT NOT NULL,
    user_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    started_at ${long},
    finished_at ${long}
) ${strict};
CREATE INDEX pipeline_commit ON pipeline (repository_id, commit_id, id);
CREATE INDEX pipeline_user ON pipeline (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE pipeline_stage (
    id ${id},
    pipeline_id ${long} NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    position ${long} NOT NULL,
    UNIQUE (pipeline_id, name)
) ${strict};

-- A job that ran again has several rows: the newest counts.
CREATE TABLE pipeline_job (
    id ${id},
    stage_id ${long} NOT NULL REFERENCES pipeline_stage (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    target_url TEXT NOT NULL,
    -- What the builder calls it.
    build_id TEXT NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    started_at ${long},
    finished_at ${long}
) ${strict};
CREATE INDEX pipeline_job_stage ON pipeline_job (stage_id, name, id);
