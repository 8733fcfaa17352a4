package io.waymark.engine.identity;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.GroupQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.jspecify.annotations.Nullable;

/** Answers the engine's questions about groups from roles and branches. */
final class StaffGroupQuery extends GroupQueryImpl {

  private static final long serialVersionUID = 1L;
  private final transient StaffIdentity identity;

  StaffGroupQuery(StaffIdentity identity) {
    this.identity = identity;
  }

  @Override
  public long executeCount(CommandContext context) {
    return matching().size();
  }

  @Override
  public List<Group> executeList(CommandContext context, @Nullable Page page) {
    return Pages.cut(matching(), page);
  }

  private List<Group> matching() {
    if (getTenantId() != null) {
      return List.of();
    }
    Predicate<Group> wanted = group -> getId() == null || group.getId().equals(getId());
    if (getIds() != null) {
      Set<String> ids = Set.copyOf(List.of(getIds()));
      wanted = wanted.and(group -> ids.contains(group.getId()));
    }
    if (getName() != null) {
      wanted = wanted.and(group -> group.getName().equals(getName()));
    }
    if (getNameLike() != null) {
      wanted = wanted.and(group -> Pages.like(group.getName(), getNameLike()));
    }
    if (getType() != null) {
      wanted = wanted.and(group -> getType().equals(group.getType()));
    }
    return identity.groups(wanted, getUserId());
  }
}
