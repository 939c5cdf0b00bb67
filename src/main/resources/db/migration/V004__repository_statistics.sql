-- Figures counted in the background after refs moved, so that no request walks history.
ALTER TABLE repository ADD COLUMN branch_count ${long} NOT NULL DEFAULT 0;
ALTER TABLE repository ADD COLUMN tag_count ${long} NOT NULL DEFAULT 0;
-- Commits reachable from the default branch, and the commit they were counted at.
ALTER TABLE repository ADD COLUMN commit_count ${long} NOT NULL DEFAULT 0;
ALTER TABLE repository ADD COLUMN counted_commit TEXT;
-- When refs first moved since the figures were counted; null while they are right.
ALTER TABLE repository ADD COLUMN uncounted_since ${long};
-- Whether a pipeline has said that it builds this repository.
ALTER TABLE repository ADD COLUMN has_pipeline ${bool} NOT NULL DEFAULT FALSE;
CREATE INDEX repository_uncounted ON repository (uncounted_since) WHERE uncounted_since IS NOT NULL;
CREATE INDEX repository_creator ON repository (creator_id);
