package io.waymark.engine.identity;

import io.waymark.platform.staff.Role;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What each role may do inside the engine, whichever door it comes by. Nobody may start, change,
 * hold, let go or delete an instance: not even administrators, who see and grant nothing further.
 * Advisors get nothing general: the engine itself grants a task to its assignee and to the pool it
 * is offered to.
 */
@Component
@Order(0)
class EngineAuthorizations implements ApplicationRunner {

  private record Grant(Resource resource, String id, List<Permission> permissions) {}

  private static final Map<Role, List<Grant>> GRANTS =
      Map.of(
          Role.OPERATOR,
          List.of(
              new Grant(Resources.APPLICATION, "cockpit", List.of(Permissions.ALL)),
              new Grant(
                  Resources.PROCESS_DEFINITION,
                  "*",
                  List.of(
                      Permissions.READ,
                      Permissions.READ_INSTANCE,
                      Permissions.READ_HISTORY,
                      Permissions.READ_TASK,
                      ProcessDefinitionPermissions.RETRY_JOB)),
              new Grant(Resources.DECISION_DEFINITION, "*", List.of(Permissions.READ)),
              new Grant(Resources.DEPLOYMENT, "*", List.of(Permissions.READ)),
              new Grant(Resources.BATCH, "*", List.of(Permissions.READ))),
          Role.ADMINISTRATOR,
          List.of(
              new Grant(Resources.APPLICATION, "cockpit", List.of(Permissions.ALL)),
              new Grant(Resources.APPLICATION, "admin", List.of(Permissions.ALL)),
              new Grant(
                  Resources.PROCESS_DEFINITION,
                  "*",
                  List.of(Permissions.READ, Permissions.READ_INSTANCE, Permissions.READ_HISTORY)),
              new Grant(Resources.DECISION_DEFINITION, "*", List.of(Permissions.READ)),
              new Grant(Resources.DEPLOYMENT, "*", List.of(Permissions.READ)),
              new Grant(Resources.AUTHORIZATION, "*", List.of(Permissions.READ)),
              new Grant(Resources.USER, "*", List.of(Permissions.READ)),
              new Grant(Resources.GROUP, "*", List.of(Permissions.READ))),
          Role.MARKETER,
          List.of(
              new Grant(Resources.DEPLOYMENT, "*", List.of(Permissions.CREATE, Permissions.READ)),
              new Grant(Resources.PROCESS_DEFINITION, "*", List.of(Permissions.READ)),
              new Grant(Resources.DECISION_DEFINITION, "*", List.of(Permissions.READ))),
          Role.ADVISOR,
          List.of(
              new Grant(Resources.APPLICATION, "tasklist", List.of(Permissions.ALL)),
              new Grant(Resources.FILTER, "*", List.of(Permissions.READ))));

  private final AuthorizationService authorizations;
  private final OneNodeAtATime starting;

  EngineAuthorizations(AuthorizationService authorizations, OneNodeAtATime starting) {
    this.authorizations = authorizations;
    this.starting = starting;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    starting.run(
        () -> GRANTS.forEach((role, grants) -> grants.forEach(grant -> ensure(role, grant))));
  }

  private void ensure(Role role, Grant grant) {
    Authorization existing =
        authorizations
            .createAuthorizationQuery()
            .groupIdIn(role.code())
            .resourceType(grant.resource())
            .resourceId(grant.id())
            .singleResult();
    Authorization authorization =
        existing != null
            ? existing
            : authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    authorization.setGroupId(role.code());
    authorization.setResource(grant.resource());
    authorization.setResourceId(grant.id());
    authorization.setPermissions(grant.permissions().toArray(Permission[]::new));
    authorizations.saveAuthorization(authorization);
  }
}
