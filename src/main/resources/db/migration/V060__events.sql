-- What happened, written in the transaction of what it tells of. Those of a repository go when it is purged.
CREATE TABLE event (
    id ${id},
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    project_id ${long} REFERENCES project (id) ON DELETE SET NULL,
    -- The innermost; null outside any.
    group_id ${long} REFERENCES code_group (id) ON DELETE SET NULL,
    -- Null for what happened to a project or group.
    repository_id ${long} REFERENCES repository (id) ON DELETE CASCADE,
    -- Null for nobody but the server, and where it is not known. It stays when the user is gone: no id is used again.
    actor_id ${long},
    occurred_at ${long} NOT NULL,
    -- Whether a ref was found elsewhere and nobody told who moved it.
    found ${bool} NOT NULL,
    -- JSON, by kind.
    facts TEXT NOT NULL
) ${strict};
CREATE INDEX event_repository ON event (repository_id, id);
CREATE INDEX event_group ON event (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX event_project ON event (project_id);
CREATE INDEX event_push_actor ON event (actor_id, id) WHERE kind = 'push';
CREATE INDEX event_found ON event (repository_id, occurred_at) WHERE found;
