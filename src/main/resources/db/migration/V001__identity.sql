-- Times are epoch milliseconds. *_key columns hold the lower-cased form that must be unique.

CREATE TABLE account (
    id ${id},
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at ${long} NOT NULL
) ${strict};

CREATE TABLE user_account (
    id ${id},
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL DEFAULT '',
    commit_email TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    password_hash TEXT NOT NULL,
    password_changed_at ${long} NOT NULL,
    enabled ${bool} NOT NULL DEFAULT TRUE,
    administrator ${bool} NOT NULL DEFAULT FALSE,
    https_password ${bool} NOT NULL DEFAULT TRUE,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    last_activity_at ${long}
) ${strict};

-- The secret is sealed by the vault: signatures can only be checked with it in the clear.
CREATE TABLE access_key (
    id ${id},
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    access_key TEXT NOT NULL UNIQUE,
    secret ${bytes} NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    active ${bool} NOT NULL DEFAULT TRUE,
    created_at ${long} NOT NULL,
    last_used_at ${long}
) ${strict};
CREATE INDEX access_key_user ON access_key (user_id);

-- Tokens of POST /v3/auth/tokens; only their SHA-256 is kept.
CREATE TABLE session_token (
    token_hash TEXT NOT NULL PRIMARY KEY,
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    methods TEXT NOT NULL,
    project_scope TEXT,
    issued_at ${long} NOT NULL,
    expires_at ${long} NOT NULL
) ${strict};
CREATE INDEX session_token_expiry ON session_token (expires_at);
CREATE INDEX session_token_user ON session_token (user_id);

CREATE TABLE personal_token (
    id ${id},
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    token_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    revoked ${bool} NOT NULL DEFAULT FALSE,
    created_at ${long} NOT NULL,
    expires_at ${long},
    last_used_at ${long}
) ${strict};
CREATE INDEX personal_token_user ON personal_token (user_id);

-- One table for people's keys and deploy keys: a key says who comes in, so it is unique over both.
-- user_id is null for deploy keys.
CREATE TABLE ssh_key (
    id ${id},
    user_id ${long} REFERENCES user_account (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    public_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,
    created_at ${long} NOT NULL,
    last_used_at ${long}
) ${strict};
CREATE INDEX ssh_key_user ON ssh_key (user_id);

CREATE TABLE gpg_key (
    id ${id},
    user_id ${long} NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    public_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,
    created_at ${long} NOT NULL
) ${strict};
CREATE INDEX gpg_key_user ON gpg_key (user_id);

CREATE TABLE email_verification (
    user_id ${long} NOT NULL PRIMARY KEY REFERENCES user_account (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    attempts_left ${long} NOT NULL,
    expires_at ${long} NOT NULL
) ${strict};
