package io.waymark.platform.database;

import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Starts the embedded PostgreSQL before anything asks for a database, when no {@code
 * spring.datasource.url} is set. The library is on the class path of {@code spring-boot:run} and of
 * the tests only.
 */
class EmbeddedDatabasePostProcessor implements EnvironmentPostProcessor, Ordered {

  private static final String LIBRARY =
      "io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver";

  private final Log log;

  EmbeddedDatabasePostProcessor(DeferredLogFactory logs) {
    this.log = logs.getLog(EmbeddedDatabasePostProcessor.class);
  }

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 10;
  }

  @Override
  public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication app) {
    if (StringUtils.hasText(environment.getProperty("spring.datasource.url"))) {
      return;
    }
    if (!ClassUtils.isPresent(LIBRARY, app.getClassLoader())) {
      throw new DatabaseUnavailableException(
          "没有配置数据库地址，发布包中也不含内置 PostgreSQL。",
          "请设置 spring.datasource.url、spring.datasource.username 和 spring.datasource.password，"
              + "指向 PostgreSQL 17 数据库。",
          null);
    }
    Path directory = Path.of(environment.getProperty("waymark.data-dir", "./data"));
    String database = environment.getProperty("waymark.embedded-database.name", "waymark");
    boolean fsync = environment.getProperty("waymark.embedded-database.fsync", Boolean.class, true);
    EmbeddedPostgres server = EmbeddedPostgres.in(directory, fsync);
    server.makeDatabase(database);
    log.info("Embedded PostgreSQL answers on port " + server.port() + ", data in " + directory);
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "embeddedDatabase",
                Map.of(
                    "spring.datasource.url",
                    server.url(database),
                    "spring.datasource.username",
                    EmbeddedPostgres.USER,
                    "spring.datasource.password",
                    server.password(),
                    "waymark.database.embedded",
                    "true")));
  }
}
