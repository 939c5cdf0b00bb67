-- Addresses from which any repository of the account may be used: rows without a repository.
ALTER TABLE trusted_address RENAME TO old_trusted_address;
DROP INDEX trusted_address_repository;
CREATE TABLE trusted_address (
    id ${id},
    -- Null for the account's.
    repository_id ${long} REFERENCES repository (id) ON DELETE CASCADE,
    -- 0 one address, 1 from ip_start to ip_end, 2 a network in ip_start
    ip_type ${long} NOT NULL,
    ip_start TEXT NOT NULL,
    ip_end TEXT NOT NULL,
    view_flag ${bool} NOT NULL,
    download_flag ${bool} NOT NULL,
    upload_flag ${bool} NOT NULL,
    remark TEXT NOT NULL,
    -- Who added it.
    user_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL
) ${strict};
INSERT INTO trusted_address (repository_id, ip_type, ip_start, ip_end, view_flag, download_flag, upload_flag, remark,
  created_at, updated_at)
SELECT repository_id, ip_type, ip_start, ip_end, view_flag, download_flag, upload_flag, remark, created_at, updated_at
FROM old_trusted_address ORDER BY id;
DROP TABLE old_trusted_address;
CREATE INDEX trusted_address_repository ON trusted_address (repository_id);
CREATE INDEX trusted_address_user ON trusted_address (user_id) WHERE user_id IS NOT NULL;
