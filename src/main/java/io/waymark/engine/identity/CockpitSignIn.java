package io.waymark.engine.identity;

import io.waymark.platform.staff.StaffDirectory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.engine.rest.security.auth.impl.ContainerBasedAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** Takes whoever is signed in to the console into Cockpit, Tasklist and Admin, with his groups. */
public class CockpitSignIn extends ContainerBasedAuthenticationProvider {

  @Override
  public AuthenticationResult extractAuthenticatedUser(
      HttpServletRequest request, ProcessEngine engine) {
    Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
    if (signedIn == null || !signedIn.isAuthenticated()) {
      return AuthenticationResult.unsuccessful();
    }
    StaffDirectory staff =
        WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext())
            .getBean(StaffDirectory.class);
    return staff
        .find(signedIn.getName())
        .filter(member -> member.enabled())
        .map(
            member -> {
              AuthenticationResult result = AuthenticationResult.successful(member.username());
              result.setGroups(EngineGroups.of(member));
              return result;
            })
        .orElseGet(AuthenticationResult::unsuccessful);
  }

  @Override
  public void augmentResponseByAuthenticationChallenge(
      HttpServletResponse response, ProcessEngine engine) {
    // The console's sign-in page is the only one; nobody unauthenticated comes this far.
  }
}
