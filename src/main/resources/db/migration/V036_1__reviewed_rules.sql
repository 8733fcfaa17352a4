-- Rule packs and policies too come into force by a held review of exactly this content alone, and
-- in the name of the officer who decided it. After the row's own checks, so that those speak first.
create function rules_need_review() returns trigger language plpgsql as $$
declare
  subject text := case tg_argv[0]
    when 'policy' then (to_jsonb(new) ->> 'kind') || ':' || new.version
    else new.version end;
begin
  if not exists (
    select 1 from content_review r
     where r.kind = tg_argv[0] and r.subject_id = subject and r.hash = new.hash
       and r.status = 'approved'
       and lower(r.author) = lower(new.author)
       and lower(r.officer) = lower(new.approved_by)
  ) then
    raise exception '% %: no approved review of this content', tg_table_name, subject
      using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create trigger rule_pack_reviewed
  after update on rule_pack
  for each row
  when (new.approved_by is not null and old.approved_by is null)
  execute function rules_need_review('rule_pack');

create trigger rule_pack_not_born_approved
  after insert on rule_pack
  for each row
  when (new.approved_by is not null)
  execute function rules_need_review('rule_pack');

create trigger policy_document_reviewed
  after update on policy_document
  for each row
  when (new.approved_by is not null and old.approved_by is null)
  execute function rules_need_review('policy');

create trigger policy_document_not_born_approved
  after insert on policy_document
  for each row
  when (new.approved_by is not null)
  execute function rules_need_review('policy');
