-- Journeys, audiences and the contact policy listen to one event: a broker that reports
-- complaint.filed is protected by all of them.
delete from event_type where code = 'complaint.received' and updated_by = 'waymark';
