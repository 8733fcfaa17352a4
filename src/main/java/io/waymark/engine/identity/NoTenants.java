package io.waymark.engine.identity;

import java.util.List;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.TenantQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.jspecify.annotations.Nullable;

/** Waymark has branches, which are scopes of rows, and no tenants of the engine. */
final class NoTenants extends TenantQueryImpl {

  private static final long serialVersionUID = 1L;

  @Override
  public long executeCount(CommandContext context) {
    return 0;
  }

  @Override
  public List<Tenant> executeList(CommandContext context, @Nullable Page page) {
    return List.of();
  }
}
