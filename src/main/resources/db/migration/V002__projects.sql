CREATE TABLE project (
    id ${id},
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    -- The first segment of its repositories' clone addresses.
    path TEXT NOT NULL,
    path_key TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL DEFAULT '',
    type TEXT NOT NULL DEFAULT 'scrum',
    creator_id ${long} NOT NULL REFERENCES user_account (id),
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL
) ${strict};

CREATE TABLE project_member (
    project_id ${long} NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    created_at ${long} NOT NULL,
    PRIMARY KEY (project_id, user_id)
) ${strict};
CREATE INDEX project_member_user ON project_member (user_id);
