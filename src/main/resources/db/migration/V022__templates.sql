-- Repositories that others are made of. Lists are lines, each between line ends.
CREATE TABLE repository_template (
    repository_id ${long} NOT NULL PRIMARY KEY REFERENCES repository (id) ON DELETE CASCADE,
    system ${bool} NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    creator_name TEXT NOT NULL,
    introduction TEXT NOT NULL,
    languages TEXT NOT NULL,
    platforms TEXT NOT NULL,
    kinds TEXT NOT NULL,
    used_times ${long} NOT NULL,
    shared_at ${long} NOT NULL
) ${strict};
