-- Where a repository's content came or is to come from, one for each that began so.
CREATE TABLE repository_import (
    id ${id},
    repository_id ${long} NOT NULL UNIQUE REFERENCES repository (id) ON DELETE CASCADE,
    -- Without credentials.
    url TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_type TEXT NOT NULL,
    creator_id ${long} NOT NULL REFERENCES user_account (id),
    -- importing, finished or fail
    state TEXT NOT NULL,
    created_at ${long} NOT NULL,
    finished_at ${long},
    -- What the last attempt failed of: the text's key in the message files, and what fills its places, one a line.
    error_key TEXT,
    error_arguments TEXT
) ${strict};
CREATE INDEX repository_import_creator ON repository_import (creator_id);

-- Whether it follows another repository on a schedule, so that nobody else changes its refs.
ALTER TABLE repository ADD COLUMN mirrored ${bool} NOT NULL DEFAULT FALSE;
