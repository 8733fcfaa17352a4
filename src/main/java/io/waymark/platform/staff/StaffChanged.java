package io.waymark.platform.staff;

/**
 * An account was created or changed; announced inside the transaction that writes it.
 *
 * @param passwordChanged whether a new password hash was stored
 * @param actor username of who changed it
 */
public record StaffChanged(StaffMember member, boolean passwordChanged, String actor) {}
