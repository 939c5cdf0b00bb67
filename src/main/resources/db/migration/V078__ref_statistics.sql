-- What the commits of a branch or tag changed, by author and day. Counted in the background, always from where it was
-- counted last; whoever asks for another branch than the default one has it counted, too.
CREATE TABLE ref_statistics (
    id ${id},
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    -- For example refs/heads/main.
    full_name TEXT ${bytewise} NOT NULL,
    -- waiting, active or finish.
    status TEXT NOT NULL,
    -- Who asked for it last; null while nobody did.
    requester_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    requested_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    -- The commit up to which commits are counted; null at first.
    counted_commit TEXT,
    -- The commits of all branches together, when this one was counted to its end.
    all_commits ${long} NOT NULL DEFAULT 0,
    -- The commit whose files are counted, for the default branch only.
    tree_commit TEXT,
    UNIQUE (repository_id, full_name)
) ${strict};
CREATE INDEX ref_statistics_waiting ON ref_statistics (updated_at) WHERE status <> 'finish';
CREATE INDEX ref_statistics_requester ON ref_statistics (requester_id) WHERE requester_id IS NOT NULL;

CREATE TABLE ref_author (
    id ${id},
    statistics_id ${long} NOT NULL REFERENCES ref_statistics (id) ON DELETE CASCADE,
    name TEXT ${bytewise} NOT NULL,
    email TEXT ${bytewise} NOT NULL,
    -- Both in lower case, for searches.
    search_key TEXT NOT NULL,
    UNIQUE (statistics_id, email, name)
) ${strict};

CREATE TABLE ref_author_day (
    author_id ${long} NOT NULL REFERENCES ref_author (id) ON DELETE CASCADE,
    -- Days since 1970-01-01 in the server's time zone, by the time of the commit.
    day ${long} NOT NULL,
    -- Merges among them; merges add and delete no lines.
    commits ${long} NOT NULL,
    merges ${long} NOT NULL,
    additions ${long} NOT NULL,
    deletions ${long} NOT NULL,
    first_at ${long} NOT NULL,
    last_at ${long} NOT NULL,
    PRIMARY KEY (author_id, day)
) ${strict};

-- The files of the default branch by language; what is in none of them is under the empty name.
CREATE TABLE ref_language (
    statistics_id ${long} NOT NULL REFERENCES ref_statistics (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    bytes ${long} NOT NULL,
    lines ${long} NOT NULL,
    PRIMARY KEY (statistics_id, name)
) ${strict};
