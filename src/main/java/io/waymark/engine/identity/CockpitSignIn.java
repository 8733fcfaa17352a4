package io.waymark.engine.identity;

import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.engine.rest.security.auth.impl.ContainerBasedAuthenticationProvider;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Takes whoever is signed in to the console into Cockpit, Tasklist and Admin, with the groups he
 * has at this request. Who has none is not let in.
 */
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
        .filter(member -> !EngineGroups.of(member).isEmpty())
        .map(member -> signedIn(member, request, engine.getName()))
        .orElseGet(
            () -> {
              forget(request, engine.getName());
              return AuthenticationResult.unsuccessful();
            });
  }

  private static AuthenticationResult signedIn(
      StaffMember member, HttpServletRequest request, String engine) {
    List<String> groups = EngineGroups.of(member);
    UserAuthentication remembered =
        (UserAuthentication)
            AuthenticationUtil.getAuthsFromSession(request.getSession())
                .getAuthenticationForProcessEngine(engine);
    // The engine's applications keep groups in the session; a changed role must count at once.
    if (remembered != null && !Set.copyOf(groups).equals(Set.copyOf(remembered.getGroupIds()))) {
      forget(request, engine);
    }
    AuthenticationResult result = AuthenticationResult.successful(member.username());
    result.setGroups(groups);
    return result;
  }

  private static void forget(HttpServletRequest request, String engine) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      AuthenticationUtil.getAuthsFromSession(session).removeByEngineName(engine);
    }
  }

  @Override
  public void augmentResponseByAuthenticationChallenge(
      HttpServletResponse response, ProcessEngine engine) {
    // The console's sign-in page is the only one; nobody unauthenticated comes this far.
  }
}
