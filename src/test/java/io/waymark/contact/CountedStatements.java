package io.waymark.contact;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts what a thread sends to the database. */
@TestComponent
class CountedStatements implements BeanPostProcessor {

  private static final ThreadLocal<@Nullable List<String>> SEEN = new ThreadLocal<>();

  /** The statements a piece of work prepares in this thread. */
  List<String> during(Runnable work) {
    List<String> seen = new CopyOnWriteArrayList<>();
    SEEN.set(seen);
    try {
      work.run();
    } finally {
      SEEN.remove();
    }
    return List.copyOf(seen);
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource source && !(bean instanceof Counting)
        ? new Counting(source)
        : bean;
  }

  private static final class Counting extends DelegatingDataSource {

    Counting(DataSource target) {
      super(target);
    }

    @Override
    public Connection getConnection() throws java.sql.SQLException {
      return counted(super.getConnection());
    }
  }

  private static Connection counted(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (method, arguments, answer) -> {
          List<String> seen = SEEN.get();
          if (seen != null && answer.get() instanceof PreparedStatement) {
            seen.add(String.valueOf(arguments[0]));
          }
        });
  }

  private static <T> T proxy(Class<T> type, T target, Watch watch) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object answer;
              try {
                answer = method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              Object given = answer;
              watch.called(method.getName(), arguments, () -> given);
              return answer;
            }));
  }

  @FunctionalInterface
  private interface Watch {
    void called(String method, Object[] arguments, Supplier<@Nullable Object> answer);
  }
}
