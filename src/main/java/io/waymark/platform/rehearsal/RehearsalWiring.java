package io.waymark.platform.rehearsal;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** Puts the switch between stage and house before the application's data source. */
@Component
class RehearsalWiring implements BeanPostProcessor, Ordered {

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource live && !(bean instanceof RehearsalDataSource)
        ? new RehearsalDataSource(live)
        : bean;
  }
}
