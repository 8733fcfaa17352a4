/**
 * The one gate every message passes, and its delivery: verdicts, claims, outbox, dispatch. No
 * journey is known here. Requests come from above, settled messages leave as customer events.
 */
@NullMarked
package io.waymark.contact;

import org.jspecify.annotations.NullMarked;
