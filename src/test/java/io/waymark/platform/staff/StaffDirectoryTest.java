package io.waymark.platform.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.testing.DatabaseSlice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseSlice
class StaffDirectoryTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired ApiKeys keys;
  @Autowired PasswordEncoder passwords;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private final String unique = UUID.randomUUID().toString().substring(0, 8);
  private final String branch = "B" + unique;

  @BeforeEach
  void openBranch() {
    branches.saveAll(List.of(new Branch(branch, "上海营业部")));
  }

  @Test
  void an_account_is_found_by_name_and_role_and_keeps_its_password_when_edited() {
    String hash = passwords.encode("correct horse");
    directory.save(member("李敏", true), hash, "admin");
    directory.save(member("李敏敏", false), null, "admin");

    assertThat(directory.find(unique)).contains(member("李敏敏", false));
    assertThat(directory.byRole(Role.COMPLIANCE)).contains(member("李敏敏", false));
    assertThat(directory.byRole(Role.MARKETER)).doesNotContain(member("李敏敏", false));
    assertThat(directory.all()).contains(member("李敏敏", false));
    assertThat(directory.passwordHash(unique))
        .contains(hash)
        .get()
        .asString()
        .startsWith("{bcrypt}");
    assertThat(passwords.matches("correct horse", hash)).isTrue();
  }

  @Test
  void a_change_of_an_account_leaves_a_proof_without_the_persons_name() {
    directory.save(member("李敏", true), "{noop}x", "admin");

    assertThat(
            jdbc.sql("select actor || facts from evidence where subject = ?")
                .param("staff:" + unique)
                .query(String.class)
                .single())
        .contains("admin", "compliance", "\"password_changed\":true")
        .doesNotContain("李敏", "noop");
  }

  @Test
  void an_account_in_an_unknown_branch_is_refused() {
    assertThatThrownBy(
            () ->
                directory.save(
                    new StaffMember(unique, "李敏", Role.ADVISOR, "nowhere", false, true), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("营业部");
    assertThat(directory.find(unique)).isEmpty();
  }

  @Test
  void a_new_account_never_changes_one_that_is_there() {
    directory.add(member("李敏", true), "{noop}x", "admin");

    assertThatThrownBy(() -> directory.add(member("王五", true), "{noop}y", "admin"))
        .hasMessageContaining("已被使用");
    assertThat(directory.find(unique)).contains(member("李敏", true));
    assertThat(directory.passwordHash(unique)).contains("{noop}x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Li", "li min", "li:min", "李敏", "system", "..", ""})
  void a_user_name_that_could_be_mistaken_is_refused(String username) {
    StaffMember odd = new StaffMember(username, "李敏", Role.MARKETER, branch, false, true);

    assertThatThrownBy(() -> directory.add(odd, "{noop}x", "admin")).hasMessageContaining("不可用");
    assertThat(directory.find(username)).isEmpty();
  }

  @Test
  @Transactional
  void the_last_enabled_administrator_stays() {
    jdbc.sql("update staff set enabled = false where role = 'administrator'").update();
    directory.add(administrator("a", true), "{noop}x", "system");
    directory.add(administrator("b", true), "{noop}x", "system");
    directory.save(administrator("b", false), null, "a-" + unique);

    assertThatThrownBy(() -> directory.save(administrator("a", false), null, "somebody"))
        .hasMessageContaining("至少要保留一位");
    assertThatThrownBy(
            () ->
                directory.save(
                    new StaffMember("a-" + unique, "李敏", Role.MARKETER, branch, true, true),
                    null,
                    "somebody"))
        .hasMessageContaining("至少要保留一位");
    assertThat(directory.find("a-" + unique)).contains(administrator("a", true));
  }

  @Test
  void nobody_takes_the_own_administration_away() {
    directory.add(administrator("a", true), "{noop}x", "system");
    directory.add(administrator("b", true), "{noop}x", "system");

    assertThatThrownBy(() -> directory.save(administrator("a", false), null, "a-" + unique))
        .hasMessageContaining("不能停用自己");
    directory.save(administrator("a", false), null, "b-" + unique);
    assertThat(directory.find("a-" + unique)).contains(administrator("a", false));
  }

  @Test
  void two_administrators_who_remove_each_other_at_once_leave_one() {
    List<String> before = enabledAdministrators();
    directory.add(administrator("a", true), "{noop}x", "system");
    directory.add(administrator("b", true), "{noop}x", "system");
    jdbc.sql("update staff set enabled = false where username = any(?)")
        .param(before.toArray(String[]::new))
        .update();
    var other = Executors.newSingleThreadExecutor();
    try {
      Future<?> second =
          transaction.execute(
              status -> {
                directory.save(administrator("b", false), null, "a-" + unique);
                var waiting =
                    other.submit(
                        () -> directory.save(administrator("a", false), null, "b-" + unique));
                assertThatThrownBy(() -> waiting.get(500, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
                return waiting;
              });

      assertThatThrownBy(() -> Objects.requireNonNull(second).get())
          .hasMessageContaining("至少要保留一位");
      assertThat(enabledAdministrators()).containsExactly("a-" + unique);
    } finally {
      other.shutdown();
      jdbc.sql("update staff set enabled = true where username = any(?)")
          .param(before.toArray(String[]::new))
          .update();
    }
  }

  @Test
  void branches_are_added_and_renamed() {
    branches.saveAll(List.of(new Branch(branch, "北京营业部")));

    assertThat(branches.all()).contains(new Branch(branch, "北京营业部"));
    assertThat(branches.exists(branch)).isTrue();
    assertThat(branches.exists("nowhere")).isFalse();
  }

  @Test
  void a_scope_covers_its_branches_only() {
    assertThat(member("李敏", true).scope().covers(branch)).isTrue();
    assertThat(member("李敏", true).scope().covers("other")).isFalse();
    assertThat(BranchScope.everywhere().covers("other")).isTrue();
    assertThat(
            jdbc.sql("select :everywhere or code = any(:branches) from branch where code = :code")
                .param("everywhere", BranchScope.of(branch).all())
                .param("branches", BranchScope.of(branch).asArray())
                .param("code", branch)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void an_api_key_is_known_by_what_was_shown_once_until_it_is_revoked() {
    String clear = keys.create(unique, Set.of("ingest"), BranchScope.of(branch), "admin");
    ApiKey key = new ApiKey(unique, Set.of("ingest"), BranchScope.of(branch));

    assertThat(keys.find(clear)).contains(key);
    assertThat(keys.find(clear + "x")).isEmpty();
    assertThat(keys.all()).contains(key);
    assertThat(
            jdbc.sql("select count(*) from api_key where position(?::bytea in key_hash) > 0")
                .param(clear.getBytes(StandardCharsets.UTF_8))
                .query(Long.class)
                .single())
        .isZero();

    assertThat(keys.revoke(unique, "admin")).isTrue();
    assertThat(keys.revoke(unique, "admin")).isFalse();
    assertThat(keys.find(clear)).isEmpty();
    assertThat(
            jdbc.sql("select kind from evidence where subject = ? order by id")
                .param("api_key:" + unique)
                .query(String.class)
                .list())
        .containsExactly("api_key_created", "api_key_revoked");
  }

  @Test
  void a_key_with_a_used_name_or_an_unknown_permission_is_refused() {
    keys.create(unique, Set.of("read"), BranchScope.everywhere(), "admin");

    assertThatThrownBy(() -> keys.create(unique, Set.of("read"), BranchScope.everywhere(), "admin"))
        .hasMessageContaining("换一个名称");
    assertThatThrownBy(() -> keys.create("x", Set.of("write"), BranchScope.everywhere(), "admin"))
        .hasMessageContaining("ingest");
  }

  private List<String> enabledAdministrators() {
    return directory.byRole(Role.ADMINISTRATOR).stream()
        .filter(StaffMember::enabled)
        .map(StaffMember::username)
        .toList();
  }

  private StaffMember administrator(String letter, boolean enabled) {
    return new StaffMember(letter + "-" + unique, "李敏", Role.ADMINISTRATOR, branch, true, enabled);
  }

  private StaffMember member(String name, boolean enabled) {
    return new StaffMember(unique, name, Role.COMPLIANCE, branch, false, enabled);
  }
}
