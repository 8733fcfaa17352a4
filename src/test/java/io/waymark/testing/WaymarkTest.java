package io.waymark.testing;

import io.waymark.WaymarkApplication;
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
 * A test against the whole application, web server (random port) and workflow engine included.
 *
 * <ul>
 *   <li>A real PostgreSQL in {@code target/test-postgres}; each test JVM gets a fresh database,
 *       shared by all its test classes. Make your own rows with unique references; never assume a
 *       table is empty.
 *   <li>Time stands still: inject {@link MovableClock} and move it; it is put back before each test
 *       method.
 *   <li>Nothing runs by itself ({@code waymark.background.enabled=false}): no {@code @Scheduled}
 *       method, no Quartz trigger. Call what you test. Own threads and executors must look at that
 *       property too.
 *   <li>{@code @Transactional} on a test rolls back as usual, but hides what commits; prefer real
 *       commits.
 * </ul>
 *
 * <p>Booting everything takes seconds. A test that needs only its package and the database is a
 * {@link DatabaseSlice}. Every extra {@code properties}, {@code @Import} or bean override makes
 * another context.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(
    classes = WaymarkApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
@Import({MovableClockConfiguration.class, EngineTestSettings.class})
public @interface WaymarkTest {}
