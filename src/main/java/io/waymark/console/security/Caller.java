package io.waymark.console.security;

import io.waymark.platform.staff.BranchScope;

/**
 * Who calls the public API: a system by its key or a person by a session.
 *
 * @param actor {@code key:<name>} or the user name, as evidence names it
 * @param scope branches whose customers the caller may read and write
 */
public record Caller(String actor, BranchScope scope) {}
