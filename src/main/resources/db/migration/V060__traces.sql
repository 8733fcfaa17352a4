-- Where a trace goes on: the W3C trace context (traceparent) of what was done last for this row, so
-- that one trace reaches from an event over the entry, the steps and the gate to the provider's
-- receipt, whichever threads and nodes did the work. Null while traces are off.
alter table customer_event add column trace text;
alter table enrolment add column trace text;
alter table participation add column trace text;
alter table message add column trace text;
