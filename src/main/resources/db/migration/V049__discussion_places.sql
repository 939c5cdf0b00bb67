-- Of a place on an unchanged line: whether its old side was meant.
ALTER TABLE discussion ADD COLUMN old_side ${bool} NOT NULL DEFAULT FALSE;
-- Whether its place in the newest version is yet to be found.
ALTER TABLE discussion ADD COLUMN carry_due ${bool} NOT NULL DEFAULT FALSE;
CREATE INDEX discussion_carry_due ON discussion (merge_request_id) WHERE carry_due;
