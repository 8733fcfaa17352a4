package io.waymark.customer.identity;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.waymark.customer.IdentityType;
import io.waymark.customer.identity.IdentityRule.Links;
import io.waymark.customer.identity.IdentityRule.Strength;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which identities say that two records are one person (requirement D2).
 *
 * @param mergeAcrossBranches whether records of two branches are merged without a person
 * @param types every type once, the weightiest first: of two records the one that holds the
 *     weightier identity survives
 */
public record IdentityRules(boolean mergeAcrossBranches, List<IdentityRule> types) {

  private static final int MOST = 20;
  private static final int LONGEST = 3660;

  /** These are lent, sold and stand in living rooms: no rule may take them for a person. */
  private static final Set<IdentityType> NO_PERSON =
      EnumSet.of(IdentityType.DEVICE, IdentityType.LANDLINE);

  public IdentityRules {
    types = List.copyOf(types);
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException with a Chinese sentence that names what is missing or misspelt
   */
  public static IdentityRules read(String yaml) {
    try {
      return YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build()
          .readValue(yaml, IdentityRules.class);
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("身份识别规则无法读取，请检查：" + e.getMessage(), e);
    }
  }

  /** What one type is worth. */
  public IdentityRule of(IdentityType type) {
    return types.stream().filter(rule -> rule.type().equals(type.code())).findFirst().orElseThrow();
  }

  /** How heavily a type weighs: 0 is the heaviest. */
  int weight(IdentityType type) {
    return types.indexOf(of(type));
  }

  /** What stands against these rules, as sentences. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Set<IdentityType> named = EnumSet.noneOf(IdentityType.class);
    for (IdentityRule rule : types) {
      IdentityType type = rule.known().orElse(null);
      if (type == null) {
        problems.add("标识类型“%s”不存在，请使用 %s。".formatted(rule.type(), codes()));
      } else if (!named.add(type)) {
        problems.add("标识类型“%s”写了两次，请删去一处。".formatted(rule.type()));
      } else {
        check(type, rule, problems);
      }
    }
    for (IdentityType type : IdentityType.values()) {
      if (!named.contains(type)) {
        problems.add("缺少标识类型“%s”，每种类型都须写明规则。".formatted(type.code()));
      }
    }
    return problems;
  }

  private static void check(IdentityType type, IdentityRule rule, List<String> problems) {
    String name = "“%s”".formatted(rule.type());
    if (rule.most() < 1 || rule.most() > MOST) {
      problems.add(name + "的 most 须在 1 至 %d 之间。".formatted(MOST));
    }
    if (rule.validDays() < 0 || rule.validDays() > LONGEST) {
      problems.add(name + "的 valid-days 须在 0（长期）至 %d 之间。".formatted(LONGEST));
    }
    if (rule.basis().isBlank()) {
      problems.add(name + "须写明 basis（依据）。");
    }
    if (rule.links() == Links.ALONE && (rule.strength() != Strength.STRONG || rule.shared())) {
      problems.add(name + "单独认定同一人（links: alone）须为 strong 且不共用。");
    }
    if (NO_PERSON.contains(type) && rule.links() != Links.NEVER) {
      problems.add(name + "由多人共用，不得用来认定同一人，links 须为 never。");
    }
  }

  private static String codes() {
    List<String> codes = new ArrayList<>();
    for (IdentityType type : IdentityType.values()) {
      codes.add(type.code());
    }
    return String.join("、", codes);
  }
}
