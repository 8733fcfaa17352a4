-- What head office asks all advisors to do for an audience. The drawing made from it, not this row,
-- is what is approved: once handed in, nobody changes the row until the review gives it back.
create table campaign (
  id            bigint      generated always as identity primary key,
  name          text        not null check (length(name) between 1 and 40),
  audience      text        not null,
  purpose       text        not null,
  product       text,
  strategy      text        not null check (length(strategy) between 1 and 2000),
  talk_track    text        not null,
  materials     text[]      not null,
  qualification text        not null,
  due_hours     int         not null check (due_hours between 1 and 400),
  form          text        not null,
  daily_cap     int         not null check (daily_cap between 1 and 200),
  days          text        not null check (days in ('trading', 'working')),
  own_only      boolean     not null,
  starts_on     date        not null,
  ends_on       date        not null,
  goal          text,
  survey        text,
  author        text        not null references staff,
  updated_at    timestamptz not null,
  drawing_id    bigint,
  version_id    bigint references journey_version,
  submitted_by  text        references staff,
  stopped_at    timestamptz,
  stopped_by    text        references staff,
  stop_reason   text,
  closed_at     timestamptz,
  check (starts_on <= ends_on),
  check ((version_id is null) = (submitted_by is null)),
  check ((stopped_at is null) = (stopped_by is null))
);

-- How many customers of a campaign one advisor is given on one day: there are as many rows as the cap
-- allows and each is taken once, so the cap holds whoever takes how many at the same time.
create table campaign_place (
  campaign_id      bigint      not null references campaign,
  day              date        not null,
  advisor          text        not null references advisor,
  number           int         not null check (number >= 1),
  branch           text        not null,
  participation_id bigint,
  task_id          text,
  taken_at         timestamptz,
  primary key (campaign_id, day, advisor, number),
  check ((participation_id is null) = (taken_at is null)),
  check (task_id is null or participation_id is not null)
) with (fillfactor = 80);

create index campaign_place_promised on campaign_place (participation_id) where participation_id is not null;

insert into event_type (code, name, meaning, source, properties, updated_at, updated_by)
select code, name, meaning, 'waymark', '[]'::jsonb, '2026-11-22 00:00+08', 'waymark'
  from (values
  ('campaign.released', '活动下发', '总部活动轮到这位客户，交给投顾。'),
  ('campaign.stopped', '活动停止', '总部活动提前停止，收回没有办完的任务。'))
  as shipped (code, name, meaning)
on conflict (code) do nothing;
