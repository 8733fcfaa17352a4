package io.waymark.product;

import io.waymark.platform.RowProblem;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may be wrong with a product of a batch; the first problem is named. */
final class ProductChecks {

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._-]{1,32}");
  private static final int LONGEST_NAME = 200;
  private static final Set<String> TYPES =
      Set.of(
          "equity_fund",
          "bond_fund",
          "money_fund",
          "mixed_fund",
          "qdii",
          "margin",
          "advisory",
          "repo",
          "star_market",
          "chinext",
          "private_fund",
          "service");
  private static final Set<String> TERMS = Set.of("short", "medium", "long");
  private static final Set<String> OBJECTIVES =
      Set.of("preservation", "income", "growth", "aggressive");
  private static final Set<String> STATUSES = Set.of("on_sale", "closed");

  private final int position;

  private ProductChecks(int position) {
    this.position = position;
  }

  /**
   * @param earlier codes of the sound rows before this one
   */
  static Optional<RowProblem> problem(int position, Product product, Set<String> earlier) {
    return new ProductChecks(position).problem(product, earlier);
  }

  private Optional<RowProblem> problem(Product product, Set<String> earlier) {
    if (missing(product.code()) || !CODE.matcher(product.code()).matches()) {
      return refused("code", "malformed", "产品代码不能为空,只能用字母、数字、点、横线,最多 32 个字符");
    }
    if (earlier.contains(product.code())) {
      return refused("code", "duplicate", "产品代码在本批中重复,请删除其中一行");
    }
    if (unnamed(product.name())) {
      return refused("name", "blank", "产品名称不能为空,最多 200 个字符");
    }
    if (missing(product.type()) || !TYPES.contains(product.type())) {
      return refused("type", "unknown_word", "产品类型不存在,可用:" + sorted(TYPES));
    }
    if (missing(product.managerRisk())) {
      return refused("managerRisk", "blank", "管理人风险等级不能为空");
    }
    if (missing(product.brokerRisk())) {
      return refused("brokerRisk", "blank", "本公司风险等级不能为空");
    }
    if (unnamed(product.manager())) {
      return refused("manager", "blank", "管理人不能为空,最多 200 个字符");
    }
    return worded(product);
  }

  private Optional<RowProblem> worded(Product product) {
    if (product.term() != null && !TERMS.contains(product.term())) {
      return refused("term", "unknown_word", "产品期限只能是 short、medium、long");
    }
    if (missing(product.objective()) || !OBJECTIVES.contains(product.objective())) {
      return refused("objective", "unknown_word", "产品目标只能是:" + sorted(OBJECTIVES));
    }
    if (missing(product.status()) || !STATUSES.contains(product.status())) {
      return refused("status", "unknown_word", "产品状态只能是 on_sale 或 closed");
    }
    if (product.statements().values().stream().anyMatch(text -> text.indexOf(0) >= 0)) {
      return refused("statements", "malformed", "产品声明含有无法保存的字符,请重新导出");
    }
    return Optional.empty();
  }

  private Optional<RowProblem> refused(String field, String code, String message) {
    return Optional.of(new RowProblem(position, field, code, message));
  }

  private static boolean unnamed(@Nullable String text) {
    return text == null || text.isBlank() || text.length() > LONGEST_NAME || text.indexOf(0) >= 0;
  }

  // Records filled from JSON can lack what their type promises.
  private static boolean missing(@Nullable Object value) {
    return value == null;
  }

  private static String sorted(Set<String> words) {
    return String.join("、", words.stream().sorted().toList());
  }
}
