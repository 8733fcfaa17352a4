-- Audiences: one readable rule each. The current text stands in audience, every text ever saved in
-- audience_revision, so that what a journey selected by can be shown later.
create table audience (
  code       text        primary key check (code ~ '^[a-z][a-z0-9-]{1,62}$'),
  name       text        not null,
  rule       text        not null,
  purpose    text        not null,
  schedule   text,
  author     text        not null,
  revision   int         not null check (revision > 0),
  updated_at timestamptz not null
);

create table audience_revision (
  code       text        not null references audience,
  revision   int         not null,
  name       text        not null,
  rule       text        not null,
  purpose    text        not null,
  schedule   text,
  author     text        not null,
  saved_at   timestamptz not null,
  primary key (code, revision)
);
