/** A relation outside PostgreSQL's own schemas. A partition goes by the name of the table it is part of. */
export interface RelationRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly columns: Readonly<Record<string, string>> | null;
  readonly rule: string | null;
}

/** A function that no extension brought, with its text. */
export interface FunctionRow {
  readonly oid: string;
  readonly name: string;
  readonly body: string;
}

const OWN = `('pg_catalog', 'information_schema', 'pg_toast')`;

/** Two statements, sent as one: relations with their columns and rules, and functions. */
export const CATALOGUE: string = `
SELECT c.oid::int8::text AS oid, rn.nspname AS schema, rc.relname AS name,
  (SELECT json_object_agg(a.attnum, a.attname) FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT r.ev_action::text FROM pg_catalog.pg_rewrite r
    WHERE r.ev_class = c.oid AND r.rulename = '_RETURN') AS rule
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class rc ON rc.oid = coalesce(pg_catalog.pg_partition_root(c.oid)::oid, c.oid)
JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ${OWN};
SELECT p.oid::int8::text AS oid, p.proname AS name, pg_catalog.pg_get_functiondef(p.oid) AS body
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind IN ('f', 'p', 'w') AND n.nspname NOT IN ${OWN} AND NOT EXISTS (
  SELECT FROM pg_catalog.pg_depend d
  WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`;
