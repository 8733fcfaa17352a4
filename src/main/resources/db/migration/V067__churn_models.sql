-- Models of churn trained on the house's own history, and what the one in force says of customers.

create table churn_model (
  model_id    bigint generated always as identity primary key,
  trained_at  timestamptz not null,
  trained_by  text not null,
  -- Of the settings it was trained under.
  version     text not null,
  -- Settings, features with mean, deviation and weight, and the figures of the validation: what a
  -- person approves.
  content     jsonb not null,
  approved_by text,
  approved_at timestamptz,
  ended_by    text,
  ended_at    timestamptz,
  constraint churn_model_four_eyes
    check (approved_by is null or lower(approved_by) <> lower(trained_by)),
  constraint churn_model_approved_whole check ((approved_by is null) = (approved_at is null)),
  constraint churn_model_ended_whole check ((ended_by is null) = (ended_at is null))
);
create unique index churn_model_in_force on churn_model ((true))
  where approved_at is not null and ended_at is null;

create function churn_model_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE'
     or (old.trained_at, old.trained_by, old.version, old.content)
        is distinct from (new.trained_at, new.trained_by, new.version, new.content) then
    raise exception 'churn_model_stays: a trained model is never changed, only approved or ended';
  end if;
  return new;
end $$;
create trigger churn_model_stays before update or delete on churn_model
  for each row execute function churn_model_stays();

create table churn_score (
  customer_id bigint primary key references customer (id),
  branch      text not null,
  model_id    bigint not null references churn_model (model_id),
  score       double precision not null check (score between 0 and 1),
  -- The features as the model takes them, in its order: what the score is explained by.
  features    double precision[] not null,
  computed_at timestamptz not null,
  as_of       timestamptz not null
) with (fillfactor = 80);
create index churn_score_score on churn_score (score desc);
