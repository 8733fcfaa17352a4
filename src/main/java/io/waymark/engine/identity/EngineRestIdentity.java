package io.waymark.engine.identity;

import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells the engine who calls its REST interface. Without a known caller the engine would check no
 * authorization at all, so such a call never reaches it.
 */
final class EngineRestIdentity extends OncePerRequestFilter {

  private final StaffDirectory staff;
  private final IdentityService identity;

  EngineRestIdentity(StaffDirectory staff, IdentityService identity) {
    this.staff = staff;
    this.identity = identity;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<StaffMember> caller = caller();
    if (caller.isEmpty()) {
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    List<String> groups = EngineGroups.of(caller.get());
    if (groups.isEmpty()) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    identity.setAuthentication(caller.get().username(), groups);
    try {
      chain.doFilter(request, response);
    } finally {
      identity.clearAuthentication();
    }
  }

  private Optional<StaffMember> caller() {
    Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
    return signedIn == null || !signedIn.isAuthenticated()
        ? Optional.empty()
        : staff.find(signedIn.getName()).filter(StaffMember::enabled);
  }
}
