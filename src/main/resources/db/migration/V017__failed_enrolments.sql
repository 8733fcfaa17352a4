-- Operators page through failures; they are few among many millions of settled wishes.
create index enrolment_failed on enrolment (settled_at desc, id desc) where status = 'failed';
