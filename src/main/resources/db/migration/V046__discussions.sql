-- What people say about a merge request or a commit: exactly one of the two is named.
CREATE TABLE discussion (
    id ${id},
    -- Its id on the wire, 40 letters and digits.
    uuid TEXT NOT NULL UNIQUE,
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    merge_request_id ${long} REFERENCES merge_request (id) ON DELETE CASCADE,
    commit_id TEXT,
    author_id ${long} NOT NULL REFERENCES user_account (id),
    -- Whether it must be resolved.
    resolvable ${bool} NOT NULL,
    resolved_by_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    -- Null while it is not resolved.
    resolved_at ${long},
    -- No change is taken any more.
    archived ${bool} NOT NULL DEFAULT FALSE,
    -- 'suggestion', 'minor', 'major' or 'fatal'
    severity TEXT NOT NULL,
    -- Keys, separated by commas; empty for none.
    categories TEXT NOT NULL DEFAULT '',
    modules TEXT NOT NULL DEFAULT '',
    assignee_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    proposer_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    -- The place in the difference as it was given; null for one about the whole. Lines count from 1; null on the side
    -- where there is none. A stretch of lines begins at first_ and ends at the others.
    position_type TEXT,
    base_commit TEXT,
    start_commit TEXT,
    head_commit TEXT,
    old_path TEXT,
    new_path TEXT,
    first_old_line ${long},
    first_new_line ${long},
    old_line ${long},
    new_line ${long},
    -- The version it was made at.
    version_id ${long} REFERENCES merge_request_version (id) ON DELETE SET NULL,
    -- The hunk it is about, up to its line, and the file's modes then: '0' where it was not.
    hunk TEXT,
    old_mode TEXT,
    new_mode TEXT,
    added_lines ${long},
    removed_lines ${long},
    -- Whether the line it is about is in the newest version no more.
    outdated ${bool} NOT NULL DEFAULT FALSE,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    CHECK ((merge_request_id IS NULL) <> (commit_id IS NULL))
) ${strict};
CREATE INDEX discussion_merge_request ON discussion (merge_request_id, created_at, id)
    WHERE merge_request_id IS NOT NULL;
CREATE INDEX discussion_commit ON discussion (repository_id, commit_id) WHERE commit_id IS NOT NULL;
CREATE INDEX discussion_repository ON discussion (repository_id, created_at, id);
CREATE INDEX discussion_author ON discussion (author_id);
CREATE INDEX discussion_assignee ON discussion (assignee_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX discussion_proposer ON discussion (proposer_id) WHERE proposer_id IS NOT NULL;
CREATE INDEX discussion_resolver ON discussion (resolved_by_id) WHERE resolved_by_id IS NOT NULL;

-- A discussion's place in a later version.
CREATE TABLE discussion_position (
    discussion_id ${long} NOT NULL REFERENCES discussion (id) ON DELETE CASCADE,
    version_id ${long} NOT NULL REFERENCES merge_request_version (id) ON DELETE CASCADE,
    old_path TEXT,
    new_path TEXT,
    first_old_line ${long},
    first_new_line ${long},
    old_line ${long},
    new_line ${long},
    outdated ${bool} NOT NULL,
    PRIMARY KEY (discussion_id, version_id)
) ${strict};
CREATE INDEX discussion_position_version ON discussion_position (version_id);

-- What one person said in a discussion, or, without one, what the server notes down of a merge request.
CREATE TABLE note (
    id ${id},
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    merge_request_id ${long} REFERENCES merge_request (id) ON DELETE CASCADE,
    discussion_id ${long} REFERENCES discussion (id) ON DELETE CASCADE,
    -- Null: nobody but the server.
    author_id ${long} REFERENCES user_account (id),
    -- Whether it answers another one.
    reply ${bool} NOT NULL DEFAULT FALSE,
    -- Empty for what the server notes down: that is an action and its arguments, as JSON, made a text when it is read.
    body TEXT NOT NULL,
    action TEXT,
    arguments TEXT,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    CHECK ((discussion_id IS NULL) = (action IS NOT NULL))
) ${strict};
CREATE INDEX note_discussion ON note (discussion_id, id) WHERE discussion_id IS NOT NULL;
CREATE INDEX note_merge_request ON note (merge_request_id, id) WHERE merge_request_id IS NOT NULL;
CREATE INDEX note_repository ON note (repository_id);
CREATE INDEX note_author ON note (author_id) WHERE author_id IS NOT NULL;
