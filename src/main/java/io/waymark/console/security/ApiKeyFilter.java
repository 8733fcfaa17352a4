package io.waymark.console.security;

import io.waymark.platform.staff.ApiKeys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Signs a system in by {@code X-Api-Key}, for this request only. A key that is shown and not valid
 * refuses the request, whatever session comes with it.
 */
final class ApiKeyFilter extends OncePerRequestFilter {

  static final String HEADER = "X-Api-Key";

  private final ApiKeys keys;
  private final AuthenticationEntryPoint refusal;

  ApiKeyFilter(ApiKeys keys, AuthenticationEntryPoint refusal) {
    this.keys = keys;
    this.refusal = refusal;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String presented = request.getHeader(HEADER);
    if (presented != null) {
      var key = keys.find(presented);
      if (key.isEmpty()) {
        refusal.commence(request, response, new BadCredentialsException("unknown API key"));
        return;
      }
      var context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(new ApiKeyAuthentication(key.get()));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }
}
