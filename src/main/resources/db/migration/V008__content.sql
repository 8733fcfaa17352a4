-- One row per template code; it is locked while a new version takes its number.
create table template (
  code text primary key check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  created_at timestamptz not null
);

create sequence template_approval_number_seq;

create table template_version (
  id bigint generated always as identity primary key,
  code text not null references template,
  version int not null check (version > 0),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  title text not null,
  channel text not null,
  purpose text not null,
  product_class text not null,
  metadata jsonb not null,
  source text not null,
  status text not null check (status in ('draft', 'in_review', 'approved', 'withdrawn')),
  author text not null,
  created_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  expires_at timestamptz,
  approval_number text unique,
  withdrawn_by text,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  unique (code, version),
  -- Four eyes: whoever wrote a text never approves it, whatever the door.
  constraint template_four_eyes check (approved_by is null or lower(approved_by) <> lower(author)),
  constraint template_approved_whole check (
    status <> 'approved'
    or (approved_by is not null and approved_at is not null
        and expires_at > approved_at and approval_number is not null))
);

-- At most one version of a code speaks to customers.
create unique index template_version_one_approved on template_version (code) where status = 'approved';
create index template_version_by_status on template_version (status, created_at desc);

-- What was approved is what is sent: neither text nor metadata of a version ever changes.
create function template_version_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'template_version %: the content of a version never changes', old.id;
end
$$;

create trigger template_version_fixed
  before update of code, version, hash, title, channel, purpose, product_class, metadata, source, author, created_at
  on template_version
  for each row
  when (old.* is distinct from new.*)
  execute function template_version_is_fixed();
