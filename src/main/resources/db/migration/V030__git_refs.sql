-- Branches and tags as lists show them. Git's own refs are the truth, and these rows follow.
CREATE TABLE git_ref (
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    -- For example refs/heads/main; in the order of the names' bytes, as Git has them.
    full_name TEXT ${bytewise} NOT NULL,
    tag ${bool} NOT NULL,
    -- In lower case and without refs/heads/ or refs/tags/, for searches.
    name_key TEXT NOT NULL,
    object_id TEXT NOT NULL,
    -- The commit it leads to; null for a tag of anything else.
    commit_id TEXT,
    -- That commit's time; 0 without one.
    committed_at ${long} NOT NULL,
    -- Null where nobody is known to have created it.
    creator_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    -- When the server first saw it.
    created_at ${long} NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    -- The branch, tag or commit it was created from, as its creator named that.
    create_source TEXT,
    PRIMARY KEY (repository_id, full_name)
) ${strict};
CREATE INDEX git_ref_committed ON git_ref (repository_id, tag, committed_at, full_name);
CREATE INDEX git_ref_created ON git_ref (repository_id, tag, created_at, full_name);
CREATE INDEX git_ref_creator ON git_ref (creator_id, repository_id) WHERE creator_id IS NOT NULL;

-- The work items that a branch was created for.
CREATE TABLE git_ref_work_item (
    repository_id ${long} NOT NULL,
    full_name TEXT ${bytewise} NOT NULL,
    work_item_id TEXT NOT NULL,
    PRIMARY KEY (repository_id, full_name, work_item_id),
    FOREIGN KEY (repository_id, full_name) REFERENCES git_ref (repository_id, full_name) ON DELETE CASCADE
) ${strict};

-- Since when the rows may differ from Git's refs; null while they are known to agree.
ALTER TABLE repository ADD COLUMN refs_stale_since ${long} DEFAULT 0;
CREATE INDEX repository_refs_stale ON repository (refs_stale_since) WHERE refs_stale_since IS NOT NULL;
