package io.waymark.engine.identity;

import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.NativeUserQuery;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.TenantQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;

/**
 * Waymark's staff as the engine sees them. The engine keeps no user and learns no password; signing
 * in happens on the console's floor alone.
 */
final class StaffIdentity implements ReadOnlyIdentityProvider {

  private final StaffDirectory staff;
  private final Branches branches;

  StaffIdentity(StaffDirectory staff, Branches branches) {
    this.staff = staff;
    this.branches = branches;
  }

  @Override
  public @Nullable User findUserById(String userId) {
    return staff.find(userId).filter(StaffMember::enabled).map(StaffIdentity::user).orElse(null);
  }

  @Override
  public UserQuery createUserQuery() {
    return new StaffUserQuery(this);
  }

  @Override
  public UserQuery createUserQuery(CommandContext context) {
    return createUserQuery();
  }

  @Override
  public NativeUserQuery createNativeUserQuery() {
    throw new BadUserRequestException("人员由路标管理,不支持原生查询。");
  }

  @Override
  public boolean checkPassword(String userId, String password) {
    return false;
  }

  @Override
  public @Nullable Group findGroupById(String groupId) {
    return allGroups().filter(group -> group.getId().equals(groupId)).findFirst().orElse(null);
  }

  @Override
  public GroupQuery createGroupQuery() {
    return new StaffGroupQuery(this);
  }

  @Override
  public GroupQuery createGroupQuery(CommandContext context) {
    return createGroupQuery();
  }

  @Override
  public TenantQuery createTenantQuery() {
    return new NoTenants();
  }

  @Override
  public TenantQuery createTenantQuery(CommandContext context) {
    return createTenantQuery();
  }

  @Override
  public @Nullable Tenant findTenantById(String tenantId) {
    return null;
  }

  @Override
  public void flush() {
    // Nothing is ever written.
  }

  @Override
  public void close() {
    // Holds no resource.
  }

  List<User> users(Predicate<User> wanted, @Nullable String group) {
    List<User> users = new ArrayList<>();
    for (StaffMember member : staff.all()) {
      boolean inGroup = group == null || EngineGroups.of(member).contains(group);
      if (member.enabled() && inGroup && wanted.test(user(member))) {
        users.add(user(member));
      }
    }
    return users;
  }

  List<Group> groups(Predicate<Group> wanted, @Nullable String member) {
    List<String> own =
        member == null ? null : staff.find(member).map(EngineGroups::of).orElse(List.of());
    return allGroups()
        .filter(group -> own == null || own.contains(group.getId()))
        .filter(wanted)
        .toList();
  }

  private Stream<Group> allGroups() {
    return Stream.concat(
        Stream.of(Role.values()).map(role -> group(role.code(), role.title())),
        branches.all().stream()
            .map(branch -> group(EngineGroups.pool(branch.code()), branch.name() + "投顾")));
  }

  private static Group group(String id, String name) {
    GroupEntity group = new GroupEntity(id);
    group.setName(name);
    group.setType("WORKFLOW");
    return group;
  }

  private static User user(StaffMember member) {
    UserEntity user = new UserEntity(member.username());
    user.setFirstName(member.name());
    user.setLastName("");
    user.setEmail("");
    return user;
  }
}
