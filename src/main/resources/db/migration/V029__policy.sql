-- Policies of any kind as versions: proposed by one person, approved by another, in force from a day.
create table policy_document (
  kind text not null check (kind ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  version text not null check (version ~ '^[a-z0-9]+([.-][a-z0-9]+)*$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  source text not null,
  effective_from timestamptz not null,
  author text not null,
  created_at timestamptz not null,
  shipped boolean not null default false,
  approved_by text,
  approved_at timestamptz,
  rejected_by text,
  rejected_at timestamptz,
  rejected_because text,
  primary key (kind, version),
  constraint policy_four_eyes check (approved_by is null or lower(approved_by) <> lower(author)),
  constraint policy_approved_whole check ((approved_by is null) = (approved_at is null)),
  constraint policy_rejected_whole check (
    (rejected_by is null) = (rejected_at is null)
    and (rejected_by is null) = (rejected_because is null)),
  constraint policy_decided_once check (approved_by is null or rejected_by is null),
  constraint policy_shipped_undecided check (not shipped or (approved_by is null and rejected_by is null)),
  constraint policy_content_is_hashed check (hash = encode(sha256(convert_to(source, 'UTF8')), 'hex'))
);

-- A version is what verdicts of twenty years name: its content never changes and never goes.
create function policy_document_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'policy_document_stays: a policy version is never deleted';
  end if;
  if (old.kind, old.version, old.hash, old.source, old.effective_from, old.author, old.created_at, old.shipped)
     is distinct from
     (new.kind, new.version, new.hash, new.source, new.effective_from, new.author, new.created_at, new.shipped)
     or (old.approved_by is not null and (old.approved_by, old.approved_at) is distinct from (new.approved_by, new.approved_at))
     or (old.rejected_by is not null and old is distinct from new) then
    raise exception 'policy_document_stays: a policy version is never changed once it is written';
  end if;
  return new;
end $$;

create trigger policy_document_stays before update or delete on policy_document
  for each row execute function policy_document_stays();
