-- Roles that objects may belong to, and policies may name: a dump of one database holds none.
SELECT format('CREATE ROLE %I;', rolname) FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname COLLATE "C";
