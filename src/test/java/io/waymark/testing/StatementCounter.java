package io.waymark.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Counts what a piece of code asks of the database, on the calling thread. Inject it into any test:
 *
 * <pre>{@code
 * assertThat(statements.during(() -> facts.read(ids))).hasSizeLessThanOrEqualTo(4);
 * }</pre>
 *
 * <p>One execution is one entry, a batch too; begin, commit and rollback are none.
 */
public final class StatementCounter implements BeanPostProcessor {

  private static final ThreadLocal<List<String>> RECORDING = new ThreadLocal<>();

  /** The SQL texts executed by this thread while {@code work} ran, in order. */
  public List<String> during(Runnable work) {
    List<String> outer = RECORDING.get();
    List<String> executed = new ArrayList<>();
    RECORDING.set(executed);
    try {
      work.run();
    } finally {
      if (outer == null) {
        RECORDING.remove();
      } else {
        outer.addAll(executed);
        RECORDING.set(outer);
      }
    }
    return executed;
  }

  /** The texts executed more often than five times: what is asked for each of many. */
  public static Set<String> repeated(List<String> executed) {
    return executed.stream()
        .filter(sql -> Collections.frequency(executed, sql) > 5)
        .collect(Collectors.toSet());
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource dataSource ? new Counting(dataSource) : bean;
  }

  private static final class Counting extends DelegatingDataSource {

    Counting(DataSource target) {
      super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      return proxy(
          Connection.class,
          (proxy, method, arguments) -> {
            Object answer = invoke(connection, method, arguments);
            String sql = arguments != null && arguments.length > 0 ? firstText(arguments) : "";
            return answer instanceof Statement statement
                ? counting(statement, method.getReturnType(), sql)
                : answer;
          });
    }
  }

  private static Object counting(Statement statement, Class<?> type, String prepared) {
    return proxy(
        type,
        (proxy, method, arguments) -> {
          List<String> executed = RECORDING.get();
          if (executed != null && method.getName().startsWith("execute")) {
            executed.add(arguments == null ? prepared : firstText(arguments));
          }
          return invoke(statement, method, arguments);
        });
  }

  private static String firstText(Object[] arguments) {
    return arguments[0] instanceof String text ? text : "";
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            StatementCounter.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
