-- What a tracker said about its tickets. A work item need not be here to be linked.
CREATE TABLE work_item (
    id ${id},
    project_id ${long} NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    -- What the tracker calls it; links name this.
    item_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- Only trackers that number their items in sequences say this.
    sequence TEXT,
    category_id TEXT,
    category_name TEXT,
    status_id TEXT,
    status_name TEXT,
    priority_id TEXT,
    priority_name TEXT,
    updated_at ${long} NOT NULL,
    UNIQUE (project_id, item_id)
) ${strict};

-- The work items that a branch is linked to, now with who did so and when.
ALTER TABLE git_ref_work_item RENAME TO old_git_ref_work_item;
CREATE TABLE git_ref_work_item (
    id ${id},
    repository_id ${long} NOT NULL,
    full_name TEXT ${bytewise} NOT NULL,
    work_item_id TEXT NOT NULL,
    user_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    created_at ${long} NOT NULL,
    UNIQUE (repository_id, full_name, work_item_id),
    FOREIGN KEY (repository_id, full_name) REFERENCES git_ref (repository_id, full_name) ON DELETE CASCADE
) ${strict};
INSERT INTO git_ref_work_item (repository_id, full_name, work_item_id, user_id, created_at)
SELECT w.repository_id, w.full_name, w.work_item_id, g.creator_id, g.created_at
FROM old_git_ref_work_item w JOIN git_ref g ON g.repository_id = w.repository_id AND g.full_name = w.full_name;
DROP TABLE old_git_ref_work_item;
CREATE INDEX git_ref_work_item_item ON git_ref_work_item (work_item_id);
CREATE INDEX git_ref_work_item_user ON git_ref_work_item (user_id) WHERE user_id IS NOT NULL;

-- The work items that the messages of pushed commits name.
CREATE TABLE commit_work_item (
    id ${id},
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    commit_id TEXT NOT NULL,
    work_item_id TEXT NOT NULL,
    -- The branch that brought the commit, without refs/heads/.
    branch TEXT NOT NULL,
    -- The first line of the commit's message.
    title TEXT NOT NULL,
    -- Who pushed it.
    user_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    created_at ${long} NOT NULL,
    UNIQUE (repository_id, commit_id, work_item_id)
) ${strict};
CREATE INDEX commit_work_item_item ON commit_work_item (work_item_id);
CREATE INDEX commit_work_item_repository ON commit_work_item (repository_id, work_item_id);
CREATE INDEX commit_work_item_user ON commit_work_item (user_id) WHERE user_id IS NOT NULL;

-- Branches that moved, and whose new commits nobody has looked at yet.
CREATE TABLE commit_scan (
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    full_name TEXT ${bytewise} NOT NULL,
    -- Where it was when the commits before were looked at; null for a branch that is new.
    seen_commit TEXT,
    -- Changes with every move.
    moves ${long} NOT NULL,
    mover_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    since ${long} NOT NULL,
    PRIMARY KEY (repository_id, full_name)
) ${strict};
CREATE INDEX commit_scan_since ON commit_scan (since);
CREATE INDEX commit_scan_mover ON commit_scan (mover_id) WHERE mover_id IS NOT NULL;
