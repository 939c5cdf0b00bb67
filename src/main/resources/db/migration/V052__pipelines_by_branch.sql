-- What builders say of a commit on a branch comes together in one pipeline.
DELETE FROM pipeline WHERE id NOT IN (SELECT MAX(p.id) FROM pipeline p GROUP BY p.repository_id, p.commit_id, p.ref);
CREATE UNIQUE INDEX pipeline_way ON pipeline (repository_id, commit_id, ref);
CREATE INDEX pipeline_ref ON pipeline (repository_id, ref, id);
