-- Whence and with what people logged in on the page, so that they recognise their sessions.
ALTER TABLE session_token ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE session_token ADD COLUMN agent TEXT NOT NULL DEFAULT '';
