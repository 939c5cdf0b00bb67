-- From where a repository may be used; one without rows may be used from anywhere.
CREATE TABLE trusted_address (
    id ${id},
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    -- 0 one address, 1 from ip_start to ip_end, 2 a network in ip_start
    ip_type ${long} NOT NULL,
    ip_start TEXT NOT NULL,
    ip_end TEXT NOT NULL,
    view_flag ${bool} NOT NULL,
    download_flag ${bool} NOT NULL,
    upload_flag ${bool} NOT NULL,
    remark TEXT NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL
) ${strict};
CREATE INDEX trusted_address_repository ON trusted_address (repository_id);
