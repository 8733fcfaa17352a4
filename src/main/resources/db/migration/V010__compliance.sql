-- Rule packs uploaded beside the one that is shipped: proposed by one person, approved by another.
create table rule_pack (
  version text primary key check (version ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  source text not null,
  effective_from timestamptz not null,
  author text not null,
  created_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint rule_pack_four_eyes check (approved_by is null or lower(approved_by) <> lower(author)),
  constraint rule_pack_approved_whole check ((approved_by is null) = (approved_at is null))
);

create index rule_pack_effective on rule_pack (effective_from) where approved_by is not null;
