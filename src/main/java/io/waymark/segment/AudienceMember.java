package io.waymark.segment;

/** One customer that belongs to an audience. */
public record AudienceMember(long customerId, String branch) {}
