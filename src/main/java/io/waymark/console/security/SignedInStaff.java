package io.waymark.console.security;

import io.waymark.platform.staff.StaffMember;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The person behind a session. Its name, which the engine's filters read from the request, is the
 * user name.
 */
record SignedInStaff(StaffMember member) implements AuthenticatedPrincipal {

  @Override
  public String getName() {
    return member.username();
  }

  static Authentication authentication(StaffMember member, Object details) {
    var token =
        UsernamePasswordAuthenticationToken.authenticated(
            new SignedInStaff(member),
            null,
            List.of(new SimpleGrantedAuthority("ROLE_" + member.role().name())));
    token.setDetails(details);
    return token;
  }
}
