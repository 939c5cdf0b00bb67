CREATE TABLE repository (
    id ${id},
    uuid TEXT NOT NULL UNIQUE,
    -- Null only when deleted: a project may go while its deleted repositories wait to be purged.
    project_id ${long} REFERENCES project (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    visibility ${long} NOT NULL,
    -- 0 ready, 1 creating, 2 failed
    status ${long} NOT NULL,
    default_branch TEXT NOT NULL,
    inherits_members ${bool} NOT NULL DEFAULT TRUE,
    locked ${bool} NOT NULL DEFAULT FALSE,
    creator_id ${long} NOT NULL REFERENCES user_account (id),
    -- What it was forked from.
    parent_id ${long} REFERENCES repository (id) ON DELETE SET NULL,
    -- Whose objects its own objects/info/alternates borrows; null once it holds all of its own.
    borrows_from_id ${long} REFERENCES repository (id),
    size_bytes ${long} NOT NULL DEFAULT 0,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    last_activity_at ${long} NOT NULL,
    -- Set when deleted: from then on no operation sees it; its files are moved aside, then purged.
    deleted_at ${long},
    -- When housekeeping should look at it: since a push, or at a later time it set itself; null when nothing waits.
    dirty_since ${long},
    CHECK (project_id IS NOT NULL OR deleted_at IS NOT NULL)
) ${strict};
CREATE UNIQUE INDEX repository_name ON repository (project_id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX repository_parent ON repository (parent_id);
CREATE INDEX repository_borrows ON repository (borrows_from_id);
CREATE INDEX repository_dirty ON repository (dirty_since) WHERE dirty_since IS NOT NULL;
CREATE INDEX repository_deleted ON repository (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE repository_member (
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    created_at ${long} NOT NULL,
    PRIMARY KEY (repository_id, user_id)
) ${strict};
CREATE INDEX repository_member_user ON repository_member (user_id);

CREATE TABLE deploy_key (
    ssh_key_id ${long} NOT NULL REFERENCES ssh_key (id) ON DELETE CASCADE,
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    application TEXT NOT NULL DEFAULT '',
    can_push ${bool} NOT NULL,
    creator_id ${long} NOT NULL REFERENCES user_account (id),
    created_at ${long} NOT NULL,
    PRIMARY KEY (ssh_key_id, repository_id)
) ${strict};
CREATE INDEX deploy_key_repository ON deploy_key (repository_id);
