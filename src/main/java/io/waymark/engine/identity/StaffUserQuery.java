package io.waymark.engine.identity;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.jspecify.annotations.Nullable;

/** Answers the engine's questions about users from Waymark's staff. */
final class StaffUserQuery extends UserQueryImpl {

  private static final long serialVersionUID = 1L;
  private final transient StaffIdentity identity;

  StaffUserQuery(StaffIdentity identity) {
    this.identity = identity;
  }

  @Override
  public long executeCount(CommandContext context) {
    return matching().size();
  }

  @Override
  public List<User> executeList(CommandContext context, @Nullable Page page) {
    return Pages.cut(matching(), page);
  }

  private List<User> matching() {
    if (getTenantId() != null) {
      return List.of();
    }
    Predicate<User> wanted = user -> getId() == null || user.getId().equals(getId());
    if (getIds() != null) {
      Set<String> ids = Set.copyOf(List.of(getIds()));
      wanted = wanted.and(user -> ids.contains(user.getId()));
    }
    if (getFirstName() != null) {
      wanted = wanted.and(user -> user.getFirstName().equals(getFirstName()));
    }
    if (getFirstNameLike() != null) {
      wanted = wanted.and(user -> Pages.like(user.getFirstName(), getFirstNameLike()));
    }
    if (getLastName() != null || getLastNameLike() != null || getEmail() != null) {
      return List.of();
    }
    return identity.users(wanted, getGroupId());
  }
}
