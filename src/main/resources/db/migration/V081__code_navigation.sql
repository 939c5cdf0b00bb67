-- When indexes for code navigation were made, and how often navigation was used. The indexes are in the servers' caches.
CREATE TABLE code_navigation (
    repository_id ${long} NOT NULL PRIMARY KEY REFERENCES repository (id) ON DELETE CASCADE,
    created_at ${long},
    built_at ${long},
    rebuilt_at ${long},
    build_count ${long} NOT NULL DEFAULT 0,
    query_count ${long} NOT NULL DEFAULT 0,
    outline_count ${long} NOT NULL DEFAULT 0
) ${strict};
