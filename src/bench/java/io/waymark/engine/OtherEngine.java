package io.waymark.engine;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** A workflow engine beside Waymark's, in a schema of its own and in the same transactions. */
interface OtherEngine extends AutoCloseable {

  /** Starts the journey for one customer, in the caller's transaction; answers the instance. */
  String start(OneJourney.Inside customer);

  /** The event has happened for the customer of this instance. */
  void happened(String instance);

  /** How many instances have not ended. */
  long running();

  @Override
  void close();

  /** What the service tasks call. */
  interface Steps {
    Map<String, Object> audience(OneJourney.Inside customer);

    Map<String, Object> compliance(OneJourney.Inside customer);

    Map<String, Object> send(OneJourney.Inside customer);

    Map<String, Object> goal(OneJourney.Inside customer);
  }

  /**
   * Where an engine lives.
   *
   * @param schema a schema that exists and is empty
   */
  record Place(DataSource dataSource, PlatformTransactionManager transactions, String schema) {

    /** Connections of their own that see this schema alone, for the creation of tables. */
    DataSource inside() {
      try {
        HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
        String url = pool.getJdbcUrl();
        return new DriverManagerDataSource(
            url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema,
            pool.getUsername(),
            pool.getPassword());
      } catch (SQLException e) {
        throw new IllegalStateException("the application's own pool", e);
      }
    }
  }
}
