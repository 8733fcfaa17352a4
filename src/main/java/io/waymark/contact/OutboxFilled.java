package io.waymark.contact;

/** New messages are in the outbox; published once their transaction has committed. */
public record OutboxFilled() {}
