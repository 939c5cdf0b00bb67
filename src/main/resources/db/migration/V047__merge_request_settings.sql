-- What new merge requests begin with; scope is 'project', 'group' or 'repository'.
CREATE TABLE merge_request_template (
    id ${id},
    scope TEXT NOT NULL,
    scope_id ${long} NOT NULL,
    name TEXT NOT NULL,
    -- The form in which it is searched.
    name_key TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    -- Where the title comes from: 0 the template, 1 the newest commit, 2 the work item
    title_source ${long} NOT NULL,
    work_in_progress ${bool} NOT NULL,
    chosen_first ${bool} NOT NULL,
    creator_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    UNIQUE (scope, scope_id, name)
) ${strict};
CREATE INDEX merge_request_template_creator ON merge_request_template (creator_id) WHERE creator_id IS NOT NULL;

-- What new discussions begin with.
CREATE TABLE discussion_template (
    id ${id},
    scope TEXT NOT NULL,
    scope_id ${long} NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    assignee_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    categories TEXT NOT NULL DEFAULT '',
    modules TEXT NOT NULL DEFAULT '',
    severity TEXT NOT NULL,
    chosen_first ${bool} NOT NULL,
    creator_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    UNIQUE (scope, scope_id, name)
) ${strict};
CREATE INDEX discussion_template_creator ON discussion_template (creator_id) WHERE creator_id IS NOT NULL;
CREATE INDEX discussion_template_assignee ON discussion_template (assignee_id) WHERE assignee_id IS NOT NULL;

-- Who must have seen merge requests into branches of a name or wildcard.
CREATE TABLE approver_setting (
    id ${id},
    scope TEXT NOT NULL,
    scope_id ${long} NOT NULL,
    -- 'branch' or 'file'
    target_type TEXT NOT NULL,
    target TEXT NOT NULL,
    use_approval ${bool} NOT NULL,
    required_reviewers ${long} NOT NULL,
    required_approvers ${long} NOT NULL,
    reset_approvals_on_push ${bool} NOT NULL,
    reset_reviewers_on_push ${bool} NOT NULL,
    approvers_from_project ${bool} NOT NULL,
    only_merge_when_pipeline_pass ${bool} NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    UNIQUE (scope, scope_id, target_type, target)
) ${strict};

CREATE TABLE approver_setting_person (
    setting_id ${long} NOT NULL REFERENCES approver_setting (id) ON DELETE CASCADE,
    -- 'assignee', 'reviewer' and 'approver' may be chosen; 'append_reviewer' and 'append_approver' are always there.
    part TEXT NOT NULL,
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    PRIMARY KEY (setting_id, part, user_id)
) ${strict};
CREATE INDEX approver_setting_person_user ON approver_setting_person (user_id);

-- What merge requests are evaluated by, where that is not one level alone.
CREATE TABLE evaluation_type (
    id ${id},
    scope TEXT NOT NULL,
    scope_id ${long} NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (scope, scope_id, name)
) ${strict};

CREATE TABLE evaluation (
    id ${id},
    merge_request_id ${long} NOT NULL REFERENCES merge_request (id) ON DELETE CASCADE,
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    -- 0 to 5
    level ${long} NOT NULL,
    content TEXT NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    UNIQUE (merge_request_id, user_id)
) ${strict};
CREATE INDEX evaluation_user ON evaluation (user_id);

CREATE TABLE evaluation_level (
    id ${id},
    evaluation_id ${long} NOT NULL REFERENCES evaluation (id) ON DELETE CASCADE,
    evaluation_type_id ${long} NOT NULL REFERENCES evaluation_type (id) ON DELETE CASCADE,
    level ${long} NOT NULL,
    UNIQUE (evaluation_id, evaluation_type_id)
) ${strict};
CREATE INDEX evaluation_level_type ON evaluation_level (evaluation_type_id);
