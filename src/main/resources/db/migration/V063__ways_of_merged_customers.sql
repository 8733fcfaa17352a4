-- What went over to the survivor of a merge with its journeys, so that undoing the merge gives it
-- back: the merges it came by, the last one last.
alter table participation add column merges bigint[];
alter table advisor_task add column merges bigint[];
create index participation_of_merge on participation using gin (merges) where merges is not null;
create index advisor_task_of_merge on advisor_task using gin (merges) where merges is not null;
