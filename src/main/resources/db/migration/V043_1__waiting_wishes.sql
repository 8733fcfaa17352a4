-- The rounds of publication ask every few seconds; what they ask must not grow with those waiting.
create index enrolment_held_step on enrolment (journey_key, held_step)
  where status = 'held' and reason = 'ramp';
create index enrolment_without_place on enrolment (journey_key)
  where status = 'held' and reason in ('full', 'full_today');
