import type { Client } from 'pg'

/** The roles that tests log in as; each one's password is its name. */
export const ROLES = ['ada', 'bob'] as const

/** What both backends hold before the first test. */
export const prepareDatabase = async (client: Client) => {
  await client.query(`
    CREATE ROLE ada LOGIN PASSWORD 'ada';
    CREATE ROLE bob LOGIN PASSWORD 'bob';
    CREATE ROLE sleeper NOLOGIN PASSWORD 'sleeper';
    CREATE ROLE expired LOGIN PASSWORD 'expired' VALID UNTIL '2001-01-01';
    CREATE ROLE root LOGIN SUPERUSER PASSWORD 'root';
    CREATE ROLE "o'dd@user:/%" LOGIN PASSWORD 'p@ss:/?#%+$^&*!';
    CREATE ROLE slow LOGIN PASSWORD 'slow';
    ALTER ROLE slow SET statement_timeout = '7777ms';
    ALTER ROLE slow SET search_path = pg_catalog, "odd schema";
    GRANT CREATE ON SCHEMA public TO ada;

    CREATE TYPE mood AS ENUM ('happy', 'sad');
    CREATE DOMAIN positive AS int CHECK (VALUE > 0);
    CREATE TYPE pair AS (x int, y text);

    CREATE TABLE items (
      id int PRIMARY KEY,
      name text NOT NULL,
      amount positive,
      CONSTRAINT short_name CHECK (length(name) < 20)
    );
    CREATE TABLE tags (
      item int REFERENCES items DEFERRABLE INITIALLY DEFERRED,
      tag text
    );
    GRANT ALL ON items, tags TO ada;

    CREATE TABLE notes (owner text DEFAULT current_user, body text);
    ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON notes USING (owner = current_user);
    GRANT ALL ON notes TO ada, bob;
    INSERT INTO notes VALUES ('ada', 'of ada'), ('bob', 'of bob');

    CREATE TABLE secrets (body text);
    INSERT INTO secrets VALUES ('hidden');

    CREATE FUNCTION complain() RETURNS int LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'no' USING ERRCODE = 'U0001', DETAIL = 'a detail', HINT = 'a hint',
        COLUMN = 'a column', CONSTRAINT = 'a constraint', DATATYPE = 'a type', TABLE = 'a table', SCHEMA = 'a schema';
    END $$;
    CREATE FUNCTION stumble() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT nothing); END $$;`)
}
