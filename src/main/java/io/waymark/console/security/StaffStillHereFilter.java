package io.waymark.console.security;

import io.waymark.platform.staff.StaffDirectory;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds a session to what the directory says now: a person who was disabled is signed out at the
 * next request, and a changed role or branch counts from the next request on.
 */
final class StaffStillHereFilter extends OncePerRequestFilter {

  private final StaffDirectory directory;

  StaffStillHereFilter(StaffDirectory directory) {
    this.directory = directory;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof SignedInStaff staff) {
      var now = directory.find(staff.member().username()).filter(member -> member.enabled());
      if (now.isEmpty()) {
        var session = request.getSession(false);
        if (session != null) {
          session.invalidate();
        }
        SecurityContextHolder.clearContext();
      } else if (!now.get().equals(staff.member())) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
            SignedInStaff.authentication(now.get(), authentication.getDetails()));
        SecurityContextHolder.setContext(context);
      }
    }
    chain.doFilter(request, response);
  }
}
