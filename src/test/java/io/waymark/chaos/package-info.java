/**
 * The application under kill -9, crashing databases and failing providers. What stands afterwards
 * is read from the database and from the providers' own books; nothing here knows how the
 * application works inside. {@code ShortChaosTest} runs with every build, {@code ChaosTest} and
 * {@code LongChaosTest} with {@code mvn -Pchaos verify}.
 */
@NullMarked
package io.waymark.chaos;

import org.jspecify.annotations.NullMarked;
