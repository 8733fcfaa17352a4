package io.waymark.testing;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Scans the packages a {@link DatabaseSlice} names; equal sets of packages share a context. */
class SlicePackages implements ContextCustomizerFactory {

  private static final List<String> ALWAYS =
      List.of("io.waymark.platform", "io.waymark.evidence", "io.waymark.engine.table");
  private static final Pattern TESTS = Pattern.compile(".*(Test|Tests|Properties)(\\$.*)?");

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    DatabaseSlice slice =
        TestContextAnnotationUtils.findMergedAnnotation(testClass, DatabaseSlice.class);
    if (slice == null) {
      return null;
    }
    SortedSet<String> packages = new TreeSet<>(ALWAYS);
    packages.addAll(List.of(slice.value()));
    return new Scan(packages);
  }

  private record Scan(SortedSet<String> packages) implements ContextCustomizer {

    @Override
    public void customizeContext(
        ConfigurableApplicationContext context, MergedContextConfiguration merged) {
      ClassPathBeanDefinitionScanner scanner =
          new ClassPathBeanDefinitionScanner((BeanDefinitionRegistry) context);
      scanner.addExcludeFilter(new RegexPatternTypeFilter(TESTS));
      scanner.scan(packages.toArray(String[]::new));
      migrationsInJava(context).scan("io.waymark");
    }

    /** The schema is the whole one: later migrations change what the engine's own one made. */
    private static ClassPathBeanDefinitionScanner migrationsInJava(
        ConfigurableApplicationContext context) {
      ClassPathBeanDefinitionScanner scanner =
          new ClassPathBeanDefinitionScanner((BeanDefinitionRegistry) context, false);
      scanner.addIncludeFilter(new AssignableTypeFilter(JavaMigration.class));
      return scanner;
    }
  }
}
