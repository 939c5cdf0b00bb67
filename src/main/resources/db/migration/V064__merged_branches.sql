-- Merged requests whose source branches are to go still: written with the merge, so that a crash forgets none.
CREATE TABLE merged_branch_due (
    merge_request_id ${long} PRIMARY KEY REFERENCES merge_request (id) ON DELETE CASCADE
) ${strict};
