package io.waymark.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * A test against the database and the beans of some packages, without web server and workflow
 * engine: about a second. {@code io.waymark.platform} and {@code io.waymark.evidence} are always
 * there; name your own package and the lower ones its beans need:
 *
 * <pre>{@code
 * @DatabaseSlice({"io.waymark.customer"})
 * class ConsentsTest {
 *   @Autowired Consents consents;
 *   @Autowired MovableClock clock;
 * }
 * }</pre>
 *
 * <p>All migrations run. Datasource, transactions, {@code JdbcClient}, Flyway, Jackson, Quartz
 * (stopped), mail and {@code @ConfigurationProperties} records are configured as in the
 * application. Database, clock and background work are as {@link WaymarkTest} says. Classes with
 * the same packages share one context.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(
    classes = DatabaseSliceApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = "waymark.test.context=slice")
@ActiveProfiles("test")
@Import(MovableClockConfiguration.class)
public @interface DatabaseSlice {

  /** Packages whose components take part, sub-packages included. */
  String[] value() default {};
}
