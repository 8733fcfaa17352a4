package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.content.TemplateMetadata;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

class RequiredElementsTest {

  private static final String DCA_SMS =
      "【示例证券】推广材料：示例混合（000001）支持定期定额投资，风险等级R3，适合投资者C3及以上。"
          + "定投不能规避基金固有风险，不能保证获得收益，也不是替代储蓄的等效理财方式。"
          + "基金有风险，投资需谨慎，请在App阅读基金合同、招募说明书和产品资料概要后自主决定。拒收请回复R";

  private static final RequiredElementsKind KIND =
      new RequiredElementsKind(new ClassPathResource("compliance/required-elements.yaml"));
  private static final String SHIPPED = KIND.shipped().source();

  private final RequiredElements elements = new RequiredElements(() -> KIND.read(SHIPPED));

  @Test
  void a_whole_text_lacks_nothing() {
    assertThat(missing(Purpose.PRODUCT_MARKETING, "C", DCA_SMS)).isEmpty();
  }

  @Test
  void each_statement_that_is_taken_out_is_missed() {
    Map.of(
            "【示例证券】", "sms_signature",
            "拒收请回复R", "sms_refusal",
            "（000001）", "product_name",
            "风险等级R3", "risk_level",
            "适合投资者C3及以上", "suitable_customers",
            "也不是替代储蓄的等效理财方式", "dca_statement",
            "投资需谨慎", "fund_risk_warning",
            "招募说明书", "")
        .forEach(
            (statement, element) ->
                assertThat(missing(Purpose.PRODUCT_MARKETING, "C", DCA_SMS.replace(statement, "")))
                    .as(statement)
                    .isEqualTo(element.isEmpty() ? List.of() : List.of(element)));
  }

  @Test
  void signature_and_refusal_count_only_at_their_places() {
    assertThat(missing(Purpose.ACTIVITY, "none", "您好【示例证券】拒收请回复R，谢谢"))
        .containsExactly("sms_signature", "sms_refusal");
  }

  @Test
  void a_service_message_has_no_refusal() {
    assertThat(missing(Purpose.SERVICE, "none", "【示例证券】扣款未成功，请核对。")).isEmpty();
  }

  @Test
  void a_statement_hidden_in_markup_does_not_count() {
    TemplateMetadata email = metadata(Purpose.SERVICE, "A", Channel.EMAIL, Map.of());

    assertThat(elements.missing(email, "<p>您好</p><!-- 投资有风险，入市需谨慎 -->", Channel.EMAIL))
        .extracting(MissingElement::code)
        .contains("risk_warning");
  }

  @Test
  void past_performance_brings_its_benchmark_its_source_and_its_date() {
    assertThat(missing(Purpose.SERVICE, "none", "【示例证券】该基金近一年净值增长率为3.2%。"))
        .containsExactly("past_performance", "benchmark", "data_source");
  }

  @Test
  void a_waiver_counts_only_where_policy_allows_it() {
    TemplateMetadata waiving =
        metadata(
            Purpose.PRODUCT_MARKETING,
            "C",
            Channel.SMS,
            Map.of("risk_level", "不涉及具体产品", "dca_statement", "太长", "no_such", "手误"));
    String text = DCA_SMS.replace("风险等级R3", "").replace("不能保证获得收益，", "");

    assertThat(elements.missing(waiving, text, Channel.SMS))
        .extracting(MissingElement::code)
        .containsExactly("dca_statement");
    assertThat(elements.inadmissibleWaivers(waiving)).containsExactly("dca_statement", "no_such");
  }

  @Test
  void house_policy_is_marked_as_such_and_law_names_its_article() {
    TemplateMetadata email = metadata(Purpose.PRODUCT_MARKETING, "B", Channel.EMAIL, Map.of());

    assertThat(elements.missing(email, "您好", Channel.EMAIL))
        .allSatisfy(
            element -> {
              assertThat(element.basis()).isNotBlank();
              assertThat(element.example()).isNotBlank();
              assertThat(element.housePolicy()).isEqualTo(element.basis().equals("house_policy"));
            })
        .extracting(MissingElement::code)
        .contains("risk_font", "risk_paragraph", "no_guarantee", "promotion_mark");
  }

  @Test
  void the_list_that_comes_with_the_software_has_no_problem() {
    assertThat(KIND.problems(SHIPPED)).isEmpty();
    assertThat(RequiredElements.statements(SHIPPED))
        .hasSizeGreaterThan(30)
        .filteredOn(statement -> statement.element().code().equals("dca_statement"))
        .singleElement()
        .satisfies(
            statement ->
                assertThat(statement.where())
                    .extracting(RequiredStatement.Where::classes)
                    .containsExactly(Set.of("C")));
  }

  @Test
  void what_is_wrong_with_a_list_is_told_by_element_and_line() {
    assertProblem("basis: [AD14]", "basis: []", "promotion_mark 没有依据");
    assertProblem("example: 推广材料", "example: 宣传", "promotion_mark 的示例“宣传”不符合");
    assertProblem("channels: [sms]\n", "channels: [fax]\n", "第 1 条要求的 channels 里没有“fax”");
    assertProblem("classes: [A]", "classes: [Z]", "classes 里没有“Z”");
    assertProblem("purposes: [education,", "purposes: [teaching,", "purposes 里没有“teaching”");
    assertProblem("elements: [sms_signature]", "elements: [no_such]", "no_such 未定义");
    assertProblem("'推广材料', '广告'", "'推广材料', '(广告'", "“(广告”无法识别");
    assertProblem("title: 退订方式", "title: [", "不是有效的 YAML");
    assertThat(KIND.problems("elements: {}")).singleElement().asString().contains("不能为空");
  }

  private static void assertProblem(String good, String bad, String told) {
    assertThat(SHIPPED).as("what the test changes").contains(good);
    assertThat(KIND.problems(SHIPPED.replace(good, bad)))
        .as(bad)
        .isNotEmpty()
        .anySatisfy(problem -> assertThat(problem).contains(told));
  }

  private List<String> missing(Purpose purpose, String productClass, String text) {
    TemplateMetadata metadata = metadata(purpose, productClass, Channel.SMS, Map.of());
    return elements.missing(metadata, text, Channel.SMS).stream()
        .map(MissingElement::code)
        .toList();
  }

  private static TemplateMetadata metadata(
      Purpose purpose, String productClass, Channel channel, Map<String, String> waivers) {
    return new TemplateMetadata(
        "sample", "示例", channel, purpose, productClass, List.of(), null, true, waivers, null);
  }
}
