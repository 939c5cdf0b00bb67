-- What was said in a repository, in the order in which it was said or changed: a page, and how much there is, without a
-- look at the rows or at the discussions.
CREATE INDEX note_said ON note (repository_id, created_at, id, merge_request_id, reply, discussion_id)
    WHERE discussion_id IS NOT NULL;
CREATE INDEX note_changed ON note (repository_id, updated_at, id, merge_request_id, reply, discussion_id)
    WHERE discussion_id IS NOT NULL;
