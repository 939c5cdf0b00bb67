-- What happened, written in the transaction of what it tells of. Ids stay when what they name is gone: none is used again.
CREATE TABLE event (
    id ${id},
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    project_id ${long},
    -- The innermost; null outside any.
    group_id ${long},
    -- Null for what happened to a project or group.
    repository_id ${long},
    -- Null for nobody but the server, and where it is not known.
    actor_id ${long},
    occurred_at ${long} NOT NULL,
    -- Whether a ref was found elsewhere and nobody told who moved it.
    found ${bool} NOT NULL,
    -- JSON, by kind.
    facts TEXT NOT NULL
) ${strict};
CREATE INDEX event_repository ON event (repository_id, id);
CREATE INDEX event_push_actor ON event (actor_id, id) WHERE kind = 'push';
CREATE INDEX event_found ON event (repository_id, occurred_at) WHERE found;
