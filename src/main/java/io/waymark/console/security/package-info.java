/**
 * Who may come in and how far: the filter chains of every door, sign-in, roles and branch scope. No
 * page and no rule of the business lives here, and nothing of the engine is imported. It reads the
 * staff directory and the API keys; pages and the public API are handed a {@link
 * io.waymark.console.security.CurrentStaff} or a {@link io.waymark.console.security.Caller}.
 */
@NullMarked
package io.waymark.console.security;

import org.jspecify.annotations.NullMarked;
