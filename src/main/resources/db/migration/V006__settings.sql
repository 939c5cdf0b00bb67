-- Raised by every change of a rule, setting, group, role or member in the project: what is kept in memory under an older
-- number is out of date.
ALTER TABLE project ADD COLUMN rules_version ${long} NOT NULL DEFAULT 0;

-- What a scope says about a kind of setting; scope is 'project', 'group' or 'repository'.
CREATE TABLE setting_mode (
    scope TEXT NOT NULL,
    scope_id ${long} NOT NULL,
    setting TEXT NOT NULL,
    -- 'force_inherit', 'custom' or 'inherit'; null: nothing was said.
    mode TEXT,
    -- Whether the scope was ever given values of its own.
    own ${bool} NOT NULL DEFAULT FALSE,
    PRIMARY KEY (scope, scope_id, setting)
) ${strict};

-- Settings that are one record, as JSON.
CREATE TABLE scope_setting (
    scope TEXT NOT NULL,
    scope_id ${long} NOT NULL,
    setting TEXT NOT NULL,
    content TEXT NOT NULL,
    updated_at ${long} NOT NULL,
    PRIMARY KEY (scope, scope_id, setting)
) ${strict};

-- Where a role may do more or less than by default; a row a permission.
CREATE TABLE role_permission (
    scope TEXT NOT NULL,
    scope_id ${long} NOT NULL,
    role TEXT NOT NULL,
    permission TEXT NOT NULL,
    enabled ${bool} NOT NULL,
    PRIMARY KEY (scope, scope_id, role, permission)
) ${strict};
