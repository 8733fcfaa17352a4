-- While a new version is given to a share of the customers only, the one before it goes on taking
-- the others: it yields, and ends when the new one takes everybody.
alter table journey_version drop constraint journey_version_status_check;
alter table journey_version add constraint journey_version_status_check check (status in
  ('draft', 'in_review', 'approved', 'scheduled', 'live', 'paused', 'yielding', 'ended', 'rejected',
   'withdrawn'));

create unique index journey_version_one_yielding
  on journey_version (journey_key) where status = 'yielding';

drop trigger journey_version_reviewed on journey_version;
create trigger journey_version_reviewed
  before update of status on journey_version
  for each row
  when (new.status in ('approved', 'scheduled', 'live', 'paused', 'yielding')
        and old.status not in ('approved', 'scheduled', 'live', 'paused', 'yielding'))
  execute function content_needs_review('journey');
drop trigger journey_version_not_born_live on journey_version;
create trigger journey_version_not_born_live
  before insert on journey_version
  for each row
  when (new.status in ('approved', 'scheduled', 'live', 'paused', 'yielding'))
  execute function content_needs_review('journey');
