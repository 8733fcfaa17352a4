package io.waymark.engine;

import io.waymark.testing.WaymarkTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * A test of the whole application with people who walk journeys and hold reviews. All of them share
 * one context: the engine's REST finds its engine by a name that a second one would take over.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@WaymarkTest
@Import({
  Travellers.class,
  FlowsTaken.class,
  ReviewDesk.class,
  Objections.class,
  JourneyCosts.class
})
public @interface WithTravellers {}
