-- A marketer's working copies of journeys: nothing here touches a customer or the engine.
create table journey_drawing (
  id bigint generated always as identity primary key,
  name text not null check (btrim(name) <> '' and length(name) <= 80),
  author text not null,
  origin text not null check (origin in ('empty', 'version', 'drawing', 'file', 'gallery')),
  created_at timestamptz not null,
  -- The newest revision: whoever saves names the one he has seen.
  revision int not null check (revision > 0),
  saved_by text not null,
  saved_at timestamptz not null
);
create index journey_drawing_newest on journey_drawing (saved_at desc, id desc);

create table journey_drawing_revision (
  drawing_id bigint not null references journey_drawing on delete cascade,
  revision int not null check (revision > 0),
  cause text not null check (cause in ('created', 'saved', 'imported', 'restored')),
  -- Content by file name; what lies in it is text.
  files jsonb not null check (jsonb_typeof(files) = 'object'),
  hash text not null,
  saved_by text not null,
  saved_at timestamptz not null,
  -- The version it became when it was handed in; such a revision is kept.
  version_id bigint references journey_version,
  submitted_by text check ((submitted_by is null) = (version_id is null)),
  submitted_at timestamptz check ((submitted_at is null) = (version_id is null)),
  primary key (drawing_id, revision)
);
create index journey_drawing_revision_version on journey_drawing_revision (version_id)
  where version_id is not null;
