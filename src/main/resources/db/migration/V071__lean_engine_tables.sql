-- Why and what it brought: docs/decisions/engine-tables.md.

-- The engine checks each of these by a query per row: eleven for every execution that ends. Every
-- engine transaction of ours holds its customer's lock, so nobody writes below a row that goes.
do $$
declare
  fk record;
begin
  for fk in
    select conrelid::regclass as child, conname
      from pg_constraint
     where contype = 'f'
       and conrelid::regclass::text like 'act\_ru\_%'
       and (confrelid = 'act_ru_execution'::regclass
            or conrelid in ('act_ru_execution'::regclass, 'act_ru_variable'::regclass))
  loop
    execute format('alter table %s drop constraint %I', fk.child, fk.conname);
  end loop;
end
$$;

-- Columns that are almost never filled: a search for a value finds it as before, a row without one
-- costs nothing.
do $$
declare
  rare record;
  definition text;
begin
  for rare in
    select *
      from (values
              ('act_idx_batch_id', 'batch_id_'),
              ('act_idx_var_bytearray', 'bytearray_id_'),
              ('act_idx_var_case_exe', 'case_execution_id_'),
              ('act_idx_var_case_inst_id', 'case_inst_id_'),
              ('act_idx_variable_task_id', 'task_id_'),
              ('act_idx_variable_task_name_type', 'task_id_'),
              ('act_idx_variable_tenant_id', 'tenant_id_'),
              ('act_idx_exe_parent', 'parent_id_'),
              ('act_idx_exe_super', 'super_exec_'),
              ('act_idx_exec_buskey', 'business_key_'),
              ('act_idx_exec_tenant_id', 'tenant_id_'),
              ('act_idx_event_subscr_config_', 'configuration_'),
              ('act_idx_event_subscr_tenant_id', 'tenant_id_'),
              ('act_idx_job_exception', 'exception_stack_id_'),
              ('act_idx_job_tenant_id', 'tenant_id_'),
              ('act_idx_task_case_def_id', 'case_def_id_'),
              ('act_idx_task_case_exec', 'case_execution_id_'),
              ('act_idx_task_owner', 'owner_'),
              ('act_idx_task_tenant_id', 'tenant_id_'),
              ('act_idx_hi_pro_inst_tenant_id', 'tenant_id_'),
              ('act_idx_hi_pro_rst_pro_inst_id', 'restarted_proc_inst_id_')) as r (index, col)
  loop
    select indexdef into definition from pg_indexes where indexname = rare.index;
    if definition is not null then
      execute format('drop index %I', rare.index);
      execute definition || format(' where %I is not null', rare.col);
    end if;
  end loop;
end
$$;

-- The first is the beginning of act_idx_job_handler.
drop index act_idx_job_handler_type;

-- Without the end in an index, ending an instance updates its row in place.
drop index act_idx_hi_pro_inst_end;
drop index act_idx_hi_pi_pdefid_end_time;
create index act_idx_hi_pi_pdefid_end_time on act_hi_procinst (proc_def_id_);
drop index act_idx_hi_pro_inst_proc_time;
create index act_idx_hi_pro_inst_proc_time on act_hi_procinst (start_time_);
alter table act_hi_procinst set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
