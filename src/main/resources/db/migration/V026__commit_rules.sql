-- What commits must be like, on the branches of a name or wildcard. Empty patterns ask for nothing.
CREATE TABLE commit_rule (
    id ${id},
    scope TEXT NOT NULL,
    scope_id ${long} NOT NULL,
    name TEXT NOT NULL,
    branch_name TEXT NOT NULL,
    commit_message_regex TEXT NOT NULL DEFAULT '',
    commit_message_negative_regex TEXT NOT NULL DEFAULT '',
    author_regex TEXT NOT NULL DEFAULT '',
    author_email_regex TEXT NOT NULL DEFAULT '',
    prohibited_file_name_regex TEXT NOT NULL DEFAULT '',
    -- In megabytes.
    max_file_size ${long} NOT NULL,
    binary_gate_enabled ${bool} NOT NULL,
    allowed_modify_binary ${bool} NOT NULL,
    allowed_binary_file_name_regex TEXT NOT NULL DEFAULT '',
    -- Commits made before this time need not keep to the rule; null: all must.
    effective_at ${long},
    skip_rule_check ${bool} NOT NULL,
    -- Until when it is skipped, if it is; null: until that is changed.
    skip_until ${long},
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    UNIQUE (scope, scope_id, name)
) ${strict};

-- Who may push binary files whatever the rule says.
CREATE TABLE commit_rule_privileged (
    rule_id ${long} NOT NULL REFERENCES commit_rule (id) ON DELETE CASCADE,
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    PRIMARY KEY (rule_id, user_id)
) ${strict};
CREATE INDEX commit_rule_privileged_user ON commit_rule_privileged (user_id);

-- What every push must keep to.
CREATE TABLE general_commit_rule (
    scope TEXT NOT NULL,
    scope_id ${long} NOT NULL,
    reject_unsigned_commits ${bool} NOT NULL,
    reject_not_signed_by_gpg ${bool} NOT NULL,
    deny_delete_tag ${bool} NOT NULL,
    prevent_secrets ${bool} NOT NULL,
    deny_force_push ${bool} NOT NULL,
    PRIMARY KEY (scope, scope_id)
) ${strict};
