-- Groups of a project's repositories, nested. Reserved words keep the table from being called "group".
CREATE TABLE code_group (
    id ${id},
    project_id ${long} NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    parent_id ${long} REFERENCES code_group (id),
    name TEXT NOT NULL,
    -- The whole place in clone addresses, from the project's path on.
    path TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    -- 0 private, 20 public: who may see that it is there.
    visibility ${long} NOT NULL DEFAULT 0,
    creator_id ${long} NOT NULL REFERENCES user_account (id),
    owner_id ${long} NOT NULL REFERENCES user_account (id),
    -- Whether the matrix of permissions above it counts instead of its own.
    inherits_permissions ${bool} NOT NULL DEFAULT TRUE,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL
) ${strict};
CREATE INDEX code_group_project ON code_group (project_id);
CREATE INDEX code_group_parent ON code_group (parent_id);

-- Every group with each group above it, itself at distance 0.
CREATE TABLE group_path (
    group_id ${long} NOT NULL REFERENCES code_group (id) ON DELETE CASCADE,
    ancestor_id ${long} NOT NULL REFERENCES code_group (id) ON DELETE CASCADE,
    distance ${long} NOT NULL,
    PRIMARY KEY (group_id, ancestor_id)
) ${strict};
CREATE INDEX group_path_ancestor ON group_path (ancestor_id);

ALTER TABLE repository ADD COLUMN group_id ${long} REFERENCES code_group (id);
-- Whether the matrix of permissions above it counts instead of its own.
ALTER TABLE repository ADD COLUMN inherits_permissions ${bool} NOT NULL DEFAULT TRUE;
CREATE INDEX repository_group ON repository (group_id) WHERE group_id IS NOT NULL;

-- Where clone addresses lead. A name is taken while a row with it has not moved on; then it leads to the new place.
CREATE TABLE place (
    path_key TEXT NOT NULL PRIMARY KEY,
    group_id ${long} REFERENCES code_group (id) ON DELETE CASCADE,
    repository_id ${long} REFERENCES repository (id) ON DELETE CASCADE,
    moved ${bool} NOT NULL DEFAULT FALSE,
    CHECK ((group_id IS NULL) <> (repository_id IS NULL))
) ${strict};
CREATE INDEX place_group ON place (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX place_repository ON place (repository_id) WHERE repository_id IS NOT NULL;
INSERT INTO place (path_key, repository_id)
    SELECT p.path_key || '/' || r.name_key, r.id FROM repository r JOIN project p ON p.id = r.project_id
    WHERE r.deleted_at IS NULL;
DROP INDEX repository_name;
CREATE INDEX repository_project ON repository (project_id, name_key);

CREATE TABLE group_member (
    group_id ${long} NOT NULL REFERENCES code_group (id) ON DELETE CASCADE,
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    created_at ${long} NOT NULL,
    PRIMARY KEY (group_id, user_id)
) ${strict};
CREATE INDEX group_member_user ON group_member (user_id);

-- Users that get roles together, anywhere in the account.
CREATE TABLE user_group (
    id ${id},
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL DEFAULT '',
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL
) ${strict};

CREATE TABLE user_group_member (
    user_group_id ${long} NOT NULL REFERENCES user_group (id) ON DELETE CASCADE,
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    created_at ${long} NOT NULL,
    PRIMARY KEY (user_group_id, user_id)
) ${strict};
CREATE INDEX user_group_member_user ON user_group_member (user_id);

-- What role a user group has where: exactly one of the three scopes is named.
CREATE TABLE user_group_role (
    id ${id},
    user_group_id ${long} NOT NULL REFERENCES user_group (id) ON DELETE CASCADE,
    project_id ${long} REFERENCES project (id) ON DELETE CASCADE,
    group_id ${long} REFERENCES code_group (id) ON DELETE CASCADE,
    repository_id ${long} REFERENCES repository (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    created_at ${long} NOT NULL
) ${strict};
CREATE UNIQUE INDEX user_group_role_project ON user_group_role (project_id, user_group_id) WHERE project_id IS NOT NULL;
CREATE UNIQUE INDEX user_group_role_group ON user_group_role (group_id, user_group_id) WHERE group_id IS NOT NULL;
CREATE UNIQUE INDEX user_group_role_repository ON user_group_role (repository_id, user_group_id)
    WHERE repository_id IS NOT NULL;
CREATE INDEX user_group_role_user_group ON user_group_role (user_group_id);
