-- Merges that were announced and are not recorded: hardly any, and lists ask for them each time.
CREATE INDEX merge_request_announced ON merge_request (id) WHERE state = 'opened' AND merge_commit IS NOT NULL;
