-- The double review: who submitted which version, what the machine found, which people decided.
-- Kept as long as the content it is about (20 years).
create sequence review_number_seq;

create table content_review (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('template', 'journey', 'rule_pack', 'policy')),
  subject_id text not null,
  code text not null,
  version text not null,
  title text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  author text not null,
  submitted_by text not null,
  branch text,
  status text not null check (status in
    ('business', 'officer', 'approved', 'rejected', 'refused', 'withdrawn', 'overtaken')),
  officer_reasons text[] not null default '{}',
  pack_version text not null default '',
  obstacles text[] not null default '{}',
  findings text[] not null default '{}',
  draw text,
  submitted_at timestamptz not null,
  stage_since timestamptz not null,
  reminded_at timestamptz,
  escalated_at timestamptz,
  business_reviewer text,
  business_decided_at timestamptz,
  officer text,
  officer_decided_at timestamptz,
  approval_number text unique,
  valid_until timestamptz,
  closed_at timestamptz,
  closed_by text,
  closed_reason text,
  -- Different people, whatever the door.
  constraint review_business_is_another check (
    business_reviewer is null
    or lower(business_reviewer) not in (lower(author), lower(submitted_by))),
  constraint review_officer_is_another check (
    officer is null
    or (lower(officer) not in (lower(author), lower(submitted_by))
        and lower(officer) is distinct from lower(business_reviewer))),
  constraint review_approved_whole check (
    status <> 'approved'
    or (approval_number is not null and valid_until > closed_at and obstacles = '{}'
        and (business_reviewer is not null or kind in ('rule_pack', 'policy'))
        and (officer is not null or (officer_reasons = '{}' and business_reviewer is not null)))),
  constraint review_closed_whole check (
    (status in ('business', 'officer')) = (closed_at is null))
);

-- One version of a code is under review at a time.
create unique index content_review_one_running on content_review (kind, code)
  where status in ('business', 'officer');
create index content_review_of_subject on content_review (kind, subject_id, id desc);
create index content_review_of_code on content_review (kind, code, id desc);
create index content_review_newest on content_review (submitted_at desc, id desc);

-- What a decision was about never changes, and a decision once made stands.
create function content_review_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'content_review %: what was reviewed and decided never changes', old.id;
end
$$;

create trigger content_review_fixed
  before update on content_review
  for each row
  when (
    (old.kind, old.subject_id, old.code, old.hash, old.author, old.submitted_by)
      is distinct from (new.kind, new.subject_id, new.code, new.hash, new.author, new.submitted_by)
    or (old.business_reviewer is not null
        and old.business_reviewer is distinct from new.business_reviewer)
    or (old.officer is not null and old.officer is distinct from new.officer)
    or (old.closed_at is not null and old.* is distinct from new.*))
  execute function content_review_is_fixed();

create table content_review_act (
  id bigint generated always as identity primary key,
  review_id bigint not null references content_review,
  at timestamptz not null,
  act text not null,
  actor text not null,
  stage text check (stage in ('business', 'officer')),
  reason text
);

create index content_review_act_of_review on content_review_act (review_id, id);

-- A journey's approval is filed under a number and ends, as a template's does.
alter table journey_version add column approval_number text, add column expires_at timestamptz;

-- Nothing comes into force without a review that ended well, of exactly this content.
create function content_needs_review() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from content_review r
     where r.kind = tg_argv[0] and r.subject_id = new.id::text and r.hash = new.hash
       and r.status = 'approved' and r.approval_number = new.approval_number
       and r.valid_until = new.expires_at
       and lower(r.author) = lower(new.author)
  ) then
    raise exception '% %: no approved review of this content', tg_table_name, new.id
      using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger template_version_reviewed
  before update of status on template_version
  for each row
  when (new.status = 'approved' and old.status is distinct from 'approved')
  execute function content_needs_review('template');

create trigger template_version_not_born_approved
  before insert on template_version
  for each row
  when (new.status = 'approved')
  execute function content_needs_review('template');

create trigger journey_version_reviewed
  before update of status on journey_version
  for each row
  when (new.status in ('live', 'paused') and old.status not in ('live', 'paused'))
  execute function content_needs_review('journey');

create trigger journey_version_not_born_live
  before insert on journey_version
  for each row
  when (new.status in ('live', 'paused'))
  execute function content_needs_review('journey');
