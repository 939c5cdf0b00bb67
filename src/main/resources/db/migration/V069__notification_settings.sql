-- Who is to be notified of what in a repository, by channel.
CREATE TABLE notification_setting (
    repository_id ${long} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    -- 'internal_message', 'email', 'qyweixin', 'feishu' or 'dingding'
    channel TEXT NOT NULL,
    -- The setting, as JSON.
    content TEXT NOT NULL,
    -- The chat's token, sealed; null without one.
    token ${bytes},
    updated_at ${long} NOT NULL,
    PRIMARY KEY (repository_id, channel)
) ${strict};
