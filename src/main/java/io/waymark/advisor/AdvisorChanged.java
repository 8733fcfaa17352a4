package io.waymark.advisor;

/**
 * Published, inside the transaction, when what routing knows of an advisor changed, so that open
 * tasks the person may not do any more are given to others after the commit.
 */
public record AdvisorChanged(String username) {}
