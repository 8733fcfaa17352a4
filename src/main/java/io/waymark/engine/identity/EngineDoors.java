package io.waymark.engine.identity;

import io.waymark.platform.staff.StaffDirectory;
import jakarta.servlet.Filter;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The doors of the engine's own applications, behind the console's sign-in. */
@Configuration
class EngineDoors {

  private static final int AFTER_SIGN_IN = SecurityProperties.DEFAULT_FILTER_ORDER + 1;

  @Bean
  FilterRegistrationBean<Filter> cockpitSignIn() {
    FilterRegistrationBean<Filter> door = new FilterRegistrationBean<>();
    door.setFilter(new ContainerBasedAuthenticationFilter());
    door.setInitParameters(Map.of("authentication-provider", CockpitSignIn.class.getName()));
    door.setOrder(AFTER_SIGN_IN);
    door.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
    return door;
  }

  @Bean
  FilterRegistrationBean<Filter> engineRestIdentity(
      StaffDirectory staff, IdentityService identity) {
    FilterRegistrationBean<Filter> door = new FilterRegistrationBean<>();
    door.setFilter(new EngineRestIdentity(staff, identity));
    door.setOrder(AFTER_SIGN_IN);
    door.addUrlPatterns("/engine-rest/*");
    return door;
  }
}
