-- v1 names a repository by the one segment before its name: the groups of that name, wherever they are.
CREATE INDEX code_group_name ON code_group (lower(name));
