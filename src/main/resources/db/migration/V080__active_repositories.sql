-- Nodes look for what other nodes took in, every few seconds.
CREATE INDEX repository_active ON repository (last_activity_at);
