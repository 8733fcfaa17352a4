package io.waymark.engine.run;

import io.waymark.journey.Participation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A participation that began to wait for any of these events in this transaction.
 *
 * @param lastMessage id of the last message it was sent, as {@link OwnMessage#LAST} holds it
 */
record BegunWait(Participation participation, List<String> names, @Nullable Object lastMessage) {}
