-- Merge requests count in the repository they are to be merged into, from 1.
ALTER TABLE repository ADD COLUMN merge_request_count ${long} NOT NULL DEFAULT 0;

-- Numbers that were given out while the hidden refs of a merge request are written. One that stays here belongs to nobody
-- (the server died), and the next request takes it, refs and all.
CREATE TABLE merge_request_number (
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    iid ${long} NOT NULL,
    taken_at ${long} NOT NULL,
    PRIMARY KEY (repository_id, iid)
) ${strict};

CREATE TABLE merge_request (
    id ${id},
    -- The repository it is to be merged into.
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    iid ${long} NOT NULL,
    -- Another one for a request from a fork; null when that was purged.
    source_repository_id ${long} REFERENCES repository (id) ON DELETE SET NULL,
    -- Branches without refs/heads/.
    source_branch TEXT NOT NULL,
    target_branch TEXT NOT NULL,
    title TEXT NOT NULL,
    -- The form in which it is searched.
    title_key TEXT NOT NULL,
    description TEXT NOT NULL,
    -- 'opened', 'closed' or 'merged'
    state TEXT NOT NULL,
    author_id ${long} NOT NULL REFERENCES user_account (id),
    -- Whether its title says so.
    work_in_progress ${bool} NOT NULL,
    -- 'approval' or 'vote': what the setting said when it was made.
    review_mode TEXT NOT NULL,
    squash ${bool} NOT NULL,
    -- Empty: made of the title.
    squash_message TEXT NOT NULL,
    remove_source_branch ${bool} NOT NULL,
    only_assignee_can_merge ${bool} NOT NULL,
    -- Whether the source branch was made for this request alone.
    temporary_branch ${bool} NOT NULL DEFAULT FALSE,
    -- The newest version's head, and where the target branch was when last looked at.
    head_commit TEXT NOT NULL,
    target_commit TEXT NOT NULL,
    -- How many versions there are.
    version_count ${long} NOT NULL,
    -- The commit that merges it: announced before the target branch moves, by whom and when; null while nobody merges.
    -- Once the state says merged it is the commit that did, and all stays.
    merge_commit TEXT,
    merge_user_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    merge_started_at ${long},
    -- The commit that holds all of its changes, where they were squashed.
    squash_commit TEXT,
    -- Whether it was merged although gates were shut.
    forced ${bool} NOT NULL DEFAULT FALSE,
    -- Why the last attempt to merge it failed: a name of ErrorCode.
    merge_error TEXT,
    rebase_started_at ${long},
    merged_at ${long},
    closed_by_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    closed_at ${long},
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    -- Where it came from, for those that were imported: a text that is not imported twice.
    imported_key TEXT,
    UNIQUE (repository_id, iid)
) ${strict};
-- One open request a way.
CREATE UNIQUE INDEX merge_request_way ON merge_request
    (repository_id, target_branch, source_repository_id, source_branch) WHERE state = 'opened';
CREATE UNIQUE INDEX merge_request_imported ON merge_request (repository_id, imported_key)
    WHERE imported_key IS NOT NULL;
CREATE INDEX merge_request_source ON merge_request (source_repository_id, source_branch) WHERE state = 'opened';
CREATE INDEX merge_request_created ON merge_request (repository_id, state, created_at, id);
CREATE INDEX merge_request_updated ON merge_request (repository_id, state, updated_at, id);
CREATE INDEX merge_request_author ON merge_request (author_id);
CREATE INDEX merge_request_merger ON merge_request (merge_user_id) WHERE merge_user_id IS NOT NULL;
CREATE INDEX merge_request_closer ON merge_request (closed_by_id) WHERE closed_by_id IS NOT NULL;
CREATE INDEX merge_request_origin ON merge_request (source_repository_id) WHERE source_repository_id IS NOT NULL;

-- What the source branch was, each time it had moved when somebody looked. The id is the diff id of the public API.
CREATE TABLE merge_request_version (
    id ${id},
    merge_request_id ${long} NOT NULL REFERENCES merge_request (id) ON DELETE CASCADE,
    -- From 1; also the name of its ref.
    number ${long} NOT NULL,
    -- The merge base; where there is none, the start.
    base_commit TEXT NOT NULL,
    -- The target branch when it was made.
    start_commit TEXT NOT NULL,
    head_commit TEXT NOT NULL,
    -- Null until they are counted, in the background or for the first who asks.
    commit_count ${long},
    file_count ${long},
    added_lines ${long},
    removed_lines ${long},
    created_at ${long} NOT NULL,
    UNIQUE (merge_request_id, number)
) ${strict};
CREATE INDEX merge_request_version_head ON merge_request_version (head_commit);
CREATE INDEX merge_request_version_uncounted ON merge_request_version (id) WHERE commit_count IS NULL;

-- The commits of versions, so that one is found by its id; the newest 1000 of a version.
CREATE TABLE merge_request_commit (
    merge_request_id ${long} NOT NULL REFERENCES merge_request (id) ON DELETE CASCADE,
    commit_id TEXT NOT NULL,
    PRIMARY KEY (merge_request_id, commit_id)
) ${strict};
CREATE INDEX merge_request_commit_id ON merge_request_commit (commit_id);

CREATE TABLE merge_request_person (
    merge_request_id ${long} NOT NULL REFERENCES merge_request (id) ON DELETE CASCADE,
    -- 'assignee' merges; 'reviewer' and 'approver' say what they think of it; 'voter' gives a score.
    part TEXT NOT NULL,
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    -- Of reviewers and approvers: 'pending', 'approved' or 'rejected'; null for the others.
    state TEXT,
    -- Of voters: -2 to 2; null until they have voted.
    score ${long},
    comment TEXT NOT NULL DEFAULT '',
    -- When they said it, and what the head was then; null until they do.
    said_at ${long},
    said_commit TEXT,
    -- Whether a setting put them there, so that nobody takes them away.
    required ${bool} NOT NULL DEFAULT FALSE,
    created_at ${long} NOT NULL,
    PRIMARY KEY (merge_request_id, part, user_id)
) ${strict};
CREATE INDEX merge_request_person_user ON merge_request_person (user_id, part);

CREATE TABLE merge_request_label (
    merge_request_id ${long} NOT NULL REFERENCES merge_request (id) ON DELETE CASCADE,
    label_id ${long} NOT NULL REFERENCES label (id) ON DELETE CASCADE,
    PRIMARY KEY (merge_request_id, label_id)
) ${strict};
CREATE INDEX merge_request_label_label ON merge_request_label (label_id);

CREATE TABLE merge_request_work_item (
    id ${id},
    merge_request_id ${long} NOT NULL REFERENCES merge_request (id) ON DELETE CASCADE,
    work_item_id TEXT NOT NULL,
    -- Who linked it.
    user_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    created_at ${long} NOT NULL,
    UNIQUE (merge_request_id, work_item_id)
) ${strict};
CREATE INDEX merge_request_work_item_item ON merge_request_work_item (work_item_id);
CREATE INDEX merge_request_work_item_user ON merge_request_work_item (user_id) WHERE user_id IS NOT NULL;

-- Branches that moved, and that open requests come from or go to: written with the record of the move, removed once
-- those requests know.
CREATE TABLE merge_request_due (
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    branch TEXT NOT NULL,
    -- Raised by each move, so that one that comes meanwhile is not taken for known.
    moves ${long} NOT NULL,
    -- Who moved it last, if that was a user.
    mover_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    since ${long} NOT NULL,
    PRIMARY KEY (repository_id, branch)
) ${strict};
CREATE INDEX merge_request_due_mover ON merge_request_due (mover_id) WHERE mover_id IS NOT NULL;
