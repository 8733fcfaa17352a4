-- What an audience reads: the level the gate reads, lowered by what the customer did since the
-- assessment (适当性管理办法 art. 21), never the raw answer of the questionnaire.
create view assessment_in_force as
select a.customer_id, a.branch,
       least(a.level,
             (select min(c.level_after) from level_contradiction c
               where c.customer_id = a.customer_id and c.assessed_at >= a.assessed_at)) as level,
       a.minimum_class, a.assessed_at, a.expires_at, a.max_term, a.product_types, a.objective
  from assessment a;

create trigger audience_feed_insert after insert on level_contradiction
  referencing new table as changed
  for each statement execute function audience_feed('assessment', '''''');
