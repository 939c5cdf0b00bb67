-- How often a server that stopped as planned handed the run on: those attempts do not count.
ALTER TABLE mirror_run ADD COLUMN handed_on ${long} NOT NULL DEFAULT 0;
-- What is amiss although the run succeeded, as the key of a text in the message files.
ALTER TABLE mirror_run ADD COLUMN warning_key TEXT;
ALTER TABLE mirror ADD COLUMN warning_key TEXT;
