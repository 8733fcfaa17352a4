package io.waymark.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogs;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.mock.env.MockEnvironment;

class DatabaseChoiceTest {

  private final EmbeddedDatabasePostProcessor processor =
      new EmbeddedDatabasePostProcessor(new DeferredLogs());
  private final SpringApplication packaged =
      new SpringApplication(
          new DefaultResourceLoader(new FilteredClassLoader("io.zonky.test")), Object.class);

  @Test
  void the_packaged_application_without_an_address_says_what_to_set() {
    assertThatThrownBy(() -> processor.postProcessEnvironment(new MockEnvironment(), packaged))
        .isInstanceOfSatisfying(
            DatabaseUnavailableException.class,
            missing -> {
              assertThat(missing).hasMessageContaining("没有配置数据库地址");
              assertThat(new DatabaseUnavailableAnalyzer().analyze(missing).getAction())
                  .contains("spring.datasource.url");
            });
  }

  @Test
  void a_configured_address_is_left_alone() {
    MockEnvironment environment =
        new MockEnvironment().withProperty("spring.datasource.url", "jdbc:postgresql://db/waymark");

    processor.postProcessEnvironment(environment, packaged);

    assertThat(environment.getProperty("waymark.database.embedded")).isNull();
    assertThat(environment.getProperty("spring.datasource.url"))
        .isEqualTo("jdbc:postgresql://db/waymark");
  }
}
