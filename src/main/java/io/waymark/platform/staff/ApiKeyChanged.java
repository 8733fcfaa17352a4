package io.waymark.platform.staff;

/**
 * An API key was created or revoked; announced inside the transaction that writes it.
 *
 * @param revoked false when it was created
 * @param actor username of who did it
 */
public record ApiKeyChanged(ApiKey key, boolean revoked, String actor) {}
