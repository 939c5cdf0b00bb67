CREATE TABLE label (
    id ${id},
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- The form in which it is searched.
    name_key TEXT NOT NULL,
    color TEXT NOT NULL,
    description TEXT NOT NULL,
    priority ${long},
    -- The last day on which it is to be used, as ISO date.
    expires_on TEXT,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    UNIQUE (repository_id, name)
) ${strict};
