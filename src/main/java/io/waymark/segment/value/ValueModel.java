package io.waymark.segment.value;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.waymark.segment.rule.AudienceRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How RFM and tiers are computed (requirements D7, D8, D9, D11). */
public record ValueModel(RfmSettings rfm, List<TierScheme> schemes) {

  private static final int LONGEST_WINDOW = 3660;

  public ValueModel {
    schemes = List.copyOf(schemes);
  }

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException with a Chinese sentence that names what is missing or misspelt
   */
  public static ValueModel read(String yaml) {
    try {
      return YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build()
          .readValue(yaml, ValueModel.class);
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("客户价值模型无法读取，请检查：" + e.getMessage(), e);
    }
  }

  /** What stands against this model, as sentences. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (rfm.days() < 1 || rfm.days() > LONGEST_WINDOW) {
      problems.add("RFM 的 days 须在 1 至 %d 之间。".formatted(LONGEST_WINDOW));
    }
    if (rfm.bins() < 2 || rfm.bins() > 9) {
      problems.add("RFM 的 bins 须在 2 至 9 之间。");
    }
    if (rfm.events().isEmpty() || rfm.amount().isBlank()) {
      problems.add("请写明 RFM 的 events（算作交易的事件）和 amount（金额属性）。");
    }
    Set<String> tags = new HashSet<>();
    for (TierScheme scheme : schemes) {
      if (!scheme.tag().matches("[a-z][a-z0-9_]{0,63}")
          || scheme.tag().equals(RfmScores.TAG)
          || !tags.add(scheme.tag())) {
        problems.add("分层“%s”的 tag 须为未被占用的标签代码，且不能重复。".formatted(scheme.name()));
      }
      check(scheme, problems);
    }
    return problems;
  }

  private static void check(TierScheme scheme, List<String> problems) {
    Set<String> codes = new HashSet<>();
    int last = scheme.tiers().size() - 1;
    if (last < 1) {
      problems.add("分层“%s”至少要有两层。".formatted(scheme.name()));
    }
    for (int i = 0; i <= last; i++) {
      Tier tier = scheme.tiers().get(i);
      String name = "分层“%s”的“%s”".formatted(scheme.name(), tier.name());
      if (!tier.code().matches("[A-Za-z][A-Za-z0-9_]{0,39}") || !codes.add(tier.code())) {
        problems.add(name + "的 code 须为字母、数字和下划线，且不能重复。");
      }
      if ((i == last) != (tier.rule() == null)) {
        problems.add(i == last ? name + "是最后一层，收下其余客户，不能写 rule。" : name + "没有写 rule。");
      }
      if (tier.rule() != null) {
        AudienceRules.problemAlone(tier.rule())
            .ifPresent(problem -> problems.add(name + "的 rule 有误：" + problem));
      }
    }
    checkShares(scheme, problems);
  }

  private static void checkShares(TierScheme scheme, List<String> problems) {
    List<Integer> shares =
        scheme.tiers().stream().map(Tier::share).filter(Objects::nonNull).toList();
    boolean whole =
        shares.size() == scheme.tiers().size()
            && shares.stream().allMatch(share -> share >= 0)
            && shares.stream().mapToInt(Integer::intValue).sum() == 100;
    if (!shares.isEmpty() && !whole) {
      problems.add("分层“%s”的资源占比 share 须每层都写，合计 100。".formatted(scheme.name()));
    }
  }
}
