package io.waymark.platform.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The data source of everybody: on a stage it hands out the stage's own connection. */
final class RehearsalDataSource extends DelegatingDataSource {

  RehearsalDataSource(DataSource live) {
    super(live);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Stage stage = Rehearsing.stage();
    return stage == null ? super.getConnection() : stage.connection();
  }
}
