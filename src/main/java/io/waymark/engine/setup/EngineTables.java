package io.waymark.engine.setup;

import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/**
 * Creates the engine's tables from the scripts in the engine's own jar, as the first migration. The
 * engine's schema update stays off, so that one tool owns the whole schema.
 */
@Component
public class EngineTables implements JavaMigration {

  private static final List<String> SCRIPTS =
      List.of(
          "engine",
          "history",
          "identity",
          "case.engine",
          "case.history",
          "decision.engine",
          "decision.history");

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("001");
  }

  @Override
  public String getDescription() {
    return "engine tables of Camunda 7.24";
  }

  @Override
  public Integer getChecksum() {
    return 724;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) {
    for (String script : SCRIPTS) {
      ScriptUtils.executeSqlScript(
          context.getConnection(),
          new ClassPathResource(
              "org/camunda/bpm/engine/db/create/activiti.postgres.create." + script + ".sql"));
    }
  }
}
