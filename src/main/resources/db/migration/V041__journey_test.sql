-- Rehearsals of one invented customer that are kept as tests of a journey and run before each
-- publication.
create table journey_test (
  id           bigint generated always as identity primary key,
  journey_key  text        not null,
  name         text        not null check (btrim(name) <> '' and length(name) <= 80),
  person       jsonb       not null,
  acts         text        not null,
  expectations jsonb       not null,
  author       text        not null,
  created_at   timestamptz not null,
  last_version bigint references journey_version,
  last_run_at  timestamptz,
  -- What was not as expected; null when all was.
  last_problem text,
  unique (journey_key, name),
  check ((last_version is null) = (last_run_at is null))
);
