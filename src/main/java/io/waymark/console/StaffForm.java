package io.waymark.console;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * What an administrator fills in about one person, as it was typed; the last eight count for
 * advisors only.
 *
 * @param licenceUntil ISO date, or empty
 * @param dailyCapacity digits, or empty
 * @param skills codes with commas between them, or empty; so are the next two
 */
public record StaffForm(
    String username,
    String name,
    String role,
    String branch,
    boolean allBranches,
    boolean enabled,
    boolean margin,
    boolean advisory,
    String licenceUntil,
    String dailyCapacity,
    boolean leader,
    String skills,
    String languages,
    String tiers) {

  private static final String MARGIN = "margin";
  private static final String ADVISORY = "advisory";
  private static final int LONGEST_NAME = 40;
  private static final int LARGEST_CAPACITY = 500;

  /** An empty form for somebody new. */
  static StaffForm blank() {
    return new StaffForm("", "", "", "", false, true, false, false, "", "", false, "", "", "");
  }

  /** A person as stored; a profile only advisors have. */
  static StaffForm of(StaffMember member, @Nullable AdvisorProfile profile) {
    return new StaffForm(
        member.username(),
        member.name(),
        member.role().code(),
        member.branch(),
        member.allBranches(),
        member.enabled(),
        profile != null && profile.qualifications().contains(MARGIN),
        profile != null && profile.qualifications().contains(ADVISORY),
        profile == null ? "" : profile.licenceUntil().toString(),
        profile == null ? "" : Integer.toString(profile.dailyCapacity()),
        profile != null && profile.leader(),
        codes(profile == null ? Set.of() : profile.strengths().skills()),
        codes(profile == null ? Set.of() : profile.strengths().languages()),
        codes(profile == null ? Set.of() : profile.strengths().tiers()));
  }

  /** A form as it was sent; whoever has no account yet starts enabled. */
  static StaffForm sent(String username, boolean enabled, MultiValueMap<String, String> fields) {
    return new StaffForm(
        username,
        text(fields, "name"),
        text(fields, "role"),
        text(fields, "branch"),
        fields.containsKey("allBranches"),
        enabled,
        fields.containsKey(MARGIN),
        fields.containsKey(ADVISORY),
        text(fields, "licenceUntil"),
        text(fields, "dailyCapacity"),
        fields.containsKey("leader"),
        text(fields, "skills"),
        text(fields, "languages"),
        text(fields, "tiers"));
  }

  /**
   * The account this form describes.
   *
   * @throws IllegalArgumentException with a Chinese sentence when a field is missing
   */
  StaffMember member() {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("请填写姓名，不超过 %d 个字。".formatted(LONGEST_NAME));
    }
    Role chosen =
        Stream.of(Role.values())
            .filter(one -> one.code().equals(role))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("请选择角色。"));
    return new StaffMember(username, name, chosen, branch, allBranches, enabled);
  }

  /**
   * The advisor this form describes.
   *
   * @param before as stored: absence and further qualifications stay as they are
   * @throws IllegalArgumentException with a Chinese sentence when a field is missing or wrong
   */
  AdvisorProfile profile(@Nullable AdvisorProfile before) {
    Set<String> qualifications = new HashSet<>(before == null ? Set.of() : before.qualifications());
    keep(qualifications, MARGIN, margin);
    keep(qualifications, ADVISORY, advisory);
    return new AdvisorProfile(
        username,
        branch,
        qualifications,
        licence(),
        capacity(),
        before == null ? null : before.absentFrom(),
        before == null ? null : before.absentTo(),
        leader,
        new AdvisorProfile.Strengths(
            read("专长", skills), read("语言", languages), read("客户层级", tiers)));
  }

  private static String codes(Set<String> codes) {
    return String.join(",", new TreeSet<>(codes));
  }

  private static Set<String> read(String what, String typed) {
    Set<String> codes =
        Stream.of(typed.split("[,，\\s]+"))
            .filter(code -> !code.isEmpty())
            .collect(Collectors.toSet());
    codes.stream()
        .filter(code -> !code.matches("[a-z][a-z0-9_]{0,40}"))
        .findFirst()
        .ifPresent(
            wrong -> {
              throw new IllegalArgumentException(
                  "%s“%s”应填小写字母开头的编号，多个用逗号分开，例如 retirement。".formatted(what, wrong));
            });
    return codes;
  }

  private static void keep(Set<String> qualifications, String code, boolean held) {
    if (held) {
      qualifications.add(code);
    } else {
      qualifications.remove(code);
    }
  }

  private LocalDate licence() {
    try {
      return LocalDate.parse(licenceUntil);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("请为投顾填写执业资格有效期，例如 2027-12-31。", e);
    }
  }

  private int capacity() {
    if (!dailyCapacity.matches("\\d{1,3}") || Integer.parseInt(dailyCapacity) > LARGEST_CAPACITY) {
      throw new IllegalArgumentException("请为投顾填写每日任务上限，0 至 %d。".formatted(LARGEST_CAPACITY));
    }
    return Integer.parseInt(dailyCapacity);
  }

  private static String text(MultiValueMap<String, String> fields, String name) {
    return Objects.requireNonNullElse(fields.getFirst(name), "").strip();
  }
}
