-- Every value reads the same, wherever it is read: as pg_dump reads it.
SET client_encoding = 'UTF8';
SET search_path = '';
SET datestyle = 'ISO, YMD';
SET intervalstyle = 'postgres';
SET timezone = 'UTC';
SET extra_float_digits = 3;
SET bytea_output = 'hex';
SET lc_monetary = 'C';
-- Fails where a policy hides rows, instead of counting fewer of them.
SET row_security = off;
-- Time limits are those of the job.
SELECT set_config(name, '0', false) FROM pg_settings
WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout')
\g /dev/null
