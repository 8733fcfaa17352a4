-- What colleagues say about a drawing and its elements: threads of two levels.
create table journey_drawing_comment (
  id bigint generated always as identity primary key,
  drawing_id bigint not null references journey_drawing on delete cascade,
  -- The element it is about; null for the drawing as a whole. Elements may be gone by now.
  element text check (length(element) <= 200),
  parent_id bigint references journey_drawing_comment on delete cascade,
  body text not null check (btrim(body) <> '' and length(body) <= 1000),
  author text not null,
  written_at timestamptz not null,
  resolved_by text,
  resolved_at timestamptz check ((resolved_at is null) = (resolved_by is null)),
  check (parent_id is null or (element is null and resolved_by is null))
);
create index journey_drawing_comment_thread on journey_drawing_comment (drawing_id, id);
create index journey_drawing_comment_parent on journey_drawing_comment (parent_id)
  where parent_id is not null;
