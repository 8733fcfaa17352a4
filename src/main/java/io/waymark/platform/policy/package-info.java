/**
 * Policies as dated data: every version, who wrote it, who approved it and from when it applies.
 * What a policy means is its owner's affair, so no rule of the business lives here. Owners declare
 * a {@code PolicyKind} and ask for the version in force; nothing flows from here to them.
 */
@NullMarked
package io.waymark.platform.policy;

import org.jspecify.annotations.NullMarked;
