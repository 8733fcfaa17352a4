-- Measured in docs/decisions/engine-jobs.md: without these, every idle poll of every node reads
-- the whole table of waiting timers.
create index wm_job_due on act_ru_job (duedate_) where retries_ > 0 and suspension_state_ = 1;
create index wm_job_locked on act_ru_job (process_instance_id_) where lock_owner_ is not null;

-- A customer event finds its waits through the participation's instance.
create index wm_event_subscr_instance on act_ru_event_subscr (proc_inst_id_, event_name_);

alter table act_ru_job set (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02);
alter table act_ru_execution set (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02);
alter table act_ru_variable set (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02);
alter table act_ru_event_subscr set (autovacuum_vacuum_scale_factor = 0.02);
alter table act_ru_task set (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02);
