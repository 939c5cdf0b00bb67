-- What fills the places of the text of merge_error, one a line.
ALTER TABLE merge_request ADD COLUMN merge_error_arguments TEXT;
