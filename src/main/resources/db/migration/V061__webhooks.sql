-- Addresses that are told of events: exactly one of repository, group and project is named.
CREATE TABLE webhook (
    id ${id},
    repository_id ${long} REFERENCES repository (id) ON DELETE CASCADE,
    group_id ${long} REFERENCES code_group (id) ON DELETE CASCADE,
    project_id ${long} REFERENCES project (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    -- Where that leads: host and port in lower case.
    receiver TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    -- Sealed; null: none.
    token ${bytes},
    -- The header that it is sent in.
    token_type TEXT NOT NULL,
    -- The keys of the kinds of events, separated by commas.
    events TEXT NOT NULL,
    branch_filter TEXT NOT NULL,
    -- One a line; empty: notes of any text.
    note_filters TEXT NOT NULL,
    verify_tls ${bool} NOT NULL,
    service TEXT NOT NULL,
    creator_id ${long} REFERENCES user_account (id) ON DELETE SET NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    -- The number of its last delivery.
    deliveries ${long} NOT NULL DEFAULT 0,
    -- When its next delivery is to be tried; null while none waits.
    due_at ${long},
    -- Who delivers, and until when that holds.
    lease TEXT,
    leased_until ${long},
    -- Since when and how often in a row it failed.
    failing_since ${long},
    failures ${long} NOT NULL DEFAULT 0,
    -- The last failure.
    failure TEXT,
    -- While this is set nothing is sent.
    disabled_at ${long},
    CHECK (CASE WHEN repository_id IS NULL THEN 0 ELSE 1 END + CASE WHEN group_id IS NULL THEN 0 ELSE 1 END
      + CASE WHEN project_id IS NULL THEN 0 ELSE 1 END = 1)
) ${strict};
CREATE INDEX webhook_repository ON webhook (repository_id) WHERE repository_id IS NOT NULL;
CREATE INDEX webhook_group ON webhook (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX webhook_project ON webhook (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX webhook_creator ON webhook (creator_id) WHERE creator_id IS NOT NULL;
CREATE INDEX webhook_due ON webhook (due_at) WHERE due_at IS NOT NULL;

-- One event for one webhook: written with the event, in the order in which it is to arrive.
CREATE TABLE webhook_delivery (
    id ${id},
    webhook_id ${long} NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    number ${long} NOT NULL,
    event_id ${long} NOT NULL,
    -- pending, delivered or dead
    state TEXT NOT NULL,
    attempts ${long} NOT NULL DEFAULT 0,
    -- Not before this.
    due_at ${long} NOT NULL,
    -- From when its time to arrive counts.
    since ${long} NOT NULL,
    -- When it last changed its state.
    changed_at ${long} NOT NULL
) ${strict};
CREATE INDEX webhook_delivery_pending ON webhook_delivery (webhook_id, number) WHERE state = 'pending';
CREATE INDEX webhook_delivery_state ON webhook_delivery (webhook_id, state, id);
CREATE INDEX webhook_delivery_changed ON webhook_delivery (changed_at) WHERE state <> 'pending';

-- What is sent of an event, to whomever and however often.
CREATE TABLE webhook_payload (
    event_id ${long} PRIMARY KEY,
    body TEXT NOT NULL,
    created_at ${long} NOT NULL
) ${strict};
CREATE INDEX webhook_payload_created ON webhook_payload (created_at);

-- Every attempt.
CREATE TABLE webhook_log (
    id ${id},
    webhook_id ${long} NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    -- Null for a test; then what was sent stands here.
    event_id ${long},
    request_data TEXT,
    repository_id ${long},
    trigger_name TEXT NOT NULL,
    url TEXT NOT NULL,
    uuid TEXT NOT NULL,
    -- JSON, secrets masked.
    request_headers TEXT NOT NULL,
    -- The status code, or 'internal error'.
    response_status TEXT NOT NULL,
    response_headers TEXT NOT NULL,
    response_body TEXT NOT NULL,
    millis ${long} NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL
) ${strict};
CREATE INDEX webhook_log_webhook ON webhook_log (webhook_id, id);
CREATE INDEX webhook_log_created ON webhook_log (created_at);
