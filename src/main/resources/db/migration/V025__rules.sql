-- Who may do what to branches and tags ('branch', 'tag') and to files of a path ('path'), by name or wildcard.
CREATE TABLE access_rule (
    id ${id},
    scope TEXT NOT NULL,
    scope_id ${long} NOT NULL,
    kind TEXT NOT NULL,
    pattern TEXT NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    UNIQUE (scope, scope_id, kind, pattern)
) ${strict};

-- What a rule restricts to those it is granted to; where not enabled, it restricts nobody.
CREATE TABLE access_rule_action (
    rule_id ${long} NOT NULL REFERENCES access_rule (id) ON DELETE CASCADE,
    action TEXT NOT NULL,
    enabled ${bool} NOT NULL,
    force_push ${bool} NOT NULL DEFAULT FALSE,
    PRIMARY KEY (rule_id, action)
) ${strict};

-- To whom: exactly one of the three is named.
CREATE TABLE access_rule_grant (
    id ${id},
    rule_id ${long} NOT NULL,
    action TEXT NOT NULL,
    user_id ${long} REFERENCES user_account (id) ON DELETE CASCADE,
    user_group_id ${long} REFERENCES user_group (id) ON DELETE CASCADE,
    role TEXT,
    FOREIGN KEY (rule_id, action) REFERENCES access_rule_action (rule_id, action) ON DELETE CASCADE
) ${strict};
CREATE INDEX access_rule_grant_rule ON access_rule_grant (rule_id, action);
CREATE INDEX access_rule_grant_user ON access_rule_grant (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX access_rule_grant_user_group ON access_rule_grant (user_group_id) WHERE user_group_id IS NOT NULL;
