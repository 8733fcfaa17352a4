package io.waymark.console.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives controllers their {@link CurrentStaff} or {@link Caller}; nobody signed in is an error. */
@Configuration
class WhoResolver implements WebMvcConfigurer, HandlerMethodArgumentResolver {

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    return type == CurrentStaff.class || type == Caller.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return parameter.getParameterType() == Caller.class ? caller() : staff();
  }

  private static Caller caller() {
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof ApiKeyAuthentication api) {
      return new Caller(api.getName(), api.key().scope());
    }
    CurrentStaff staff = staff();
    return new Caller(staff.username(), staff.scope());
  }

  private static CurrentStaff staff() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof SignedInStaff signedIn) {
      return CurrentStaff.of(signedIn.member());
    }
    throw new AuthenticationCredentialsNotFoundException("nobody is signed in");
  }
}
