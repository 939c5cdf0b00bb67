-- Votes on merge requests have ids of their own; the scores are with the voters in merge_request_person.
CREATE TABLE merge_request_vote (
    id ${id},
    merge_request_id ${long} NOT NULL REFERENCES merge_request (id) ON DELETE CASCADE,
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    -- Whether the user became a voter by voting.
    joined ${bool} NOT NULL,
    created_at ${long} NOT NULL,
    UNIQUE (merge_request_id, user_id)
) ${strict};
CREATE INDEX merge_request_vote_user ON merge_request_vote (user_id);
-- In approver_setting_person, 'assignee', 'reviewer' and 'approver' are those whom every request gets; 'append_reviewer'
-- and 'append_approver' those who may be added besides. approver_setting.approvers_from_project says whether only they may.

-- What the builder says about a job, as it came.
ALTER TABLE pipeline_job ADD COLUMN description TEXT NOT NULL DEFAULT '';
