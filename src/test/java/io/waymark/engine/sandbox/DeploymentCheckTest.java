package io.waymark.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each hostile drawing differs from a good one in one place, and is refused for that place. */
class DeploymentCheckTest {

  private static final String GOOD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
        <bpmn:process id="trial" name="试用" isExecutable="true" camunda:historyTimeToLive="P30D">
          <bpmn:extensionElements>
            <camunda:properties>
              <camunda:property name="entryEvent" value="account.opened"/>
              <camunda:property name="purpose" value="service"/>
            </camunda:properties>
          </bpmn:extensionElements>
          <bpmn:startEvent id="Start" name="开始"/>
          <bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="Send"/>
          <bpmn:serviceTask id="Send" name="发送" camunda:delegateExpression="${sendMessage}">
            <bpmn:extensionElements>
              <camunda:properties><camunda:property name="template" value="t1"/></camunda:properties>
            </bpmn:extensionElements>
          </bpmn:serviceTask>
          <bpmn:boundaryEvent id="Withheld" attachedToRef="Send">
            <bpmn:errorEventDefinition errorRef="E"/>
          </bpmn:boundaryEvent>
          <bpmn:sequenceFlow id="f2" sourceRef="Send" targetRef="Gw"/>
          <bpmn:sequenceFlow id="f5" sourceRef="Withheld" targetRef="End"/>
          <bpmn:exclusiveGateway id="Gw" default="f4"/>
          <bpmn:sequenceFlow id="f3" sourceRef="Gw" targetRef="Wait">
            <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${verdict == 'allowed'}</bpmn:conditionExpression>
          </bpmn:sequenceFlow>
          <bpmn:sequenceFlow id="f4" sourceRef="Gw" targetRef="End"/>
          <bpmn:intermediateCatchEvent id="Wait">
            <bpmn:timerEventDefinition>
              <bpmn:timeDate xsi:type="bpmn:tFormalExpression">${tradingDay(1,'15:30')}</bpmn:timeDate>
            </bpmn:timerEventDefinition>
          </bpmn:intermediateCatchEvent>
          <bpmn:sequenceFlow id="f6" sourceRef="Wait" targetRef="End"/>
          <bpmn:endEvent id="End"/>
        </bpmn:process>
        <bpmn:error id="E" errorCode="withheld"/>
      </bpmn:definitions>
      """;

  private final DeploymentCheck check =
      new DeploymentCheck(
          List.of(
              new StepSettings("sendMessage", Set.of("template"), Set.of("product")),
              new StepSettings("reachGoal", Set.of("goal"), Set.of())),
          Set.of("tradingDay", "workingDay", "today"));

  private List<Problem> problems(String bpmn) {
    return check.check("trial.bpmn", bpmn.getBytes(StandardCharsets.UTF_8));
  }

  private List<Problem> problems(String place, String instead) {
    assertThat(GOOD).contains(place);
    return problems(GOOD.replace(place, instead));
  }

  @Test
  void a_good_drawing_has_no_problem() {
    assertThat(problems(GOOD)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${''.getClass().forName('java.lang.Runtime')}",
        "${verdict.class.name == 'x'}",
        "${verdict['class'] == 'x'}",
        "${execution.setVariable('verdict','allowed') == null}",
        "${execution == null}",
        "${sendMessage == null}",
        "${dateTime() == null}",
        "${currentUser() == 'x'}",
        "#{''.concat('x') == ''}",
        "${a == 'b'}${c == 'd'}",
        "x ${a == 'b'}",
        "${a ==",
        "true"
      })
  void a_condition_that_reaches_for_more_than_variables_is_refused(String condition) {
    assertThat(
            problems("${verdict == 'allowed'}", condition.replace("<", "&lt;").replace("&&", "")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.element()).isEqualTo("f3");
              assertThat(problem.message()).isNotBlank();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${tradingDay(1,'15:30').getClass()}",
        "${dateTime().plusYears(-1)}",
        "${system.exit(1)}",
        "R/PT0.001S"
      })
  void a_timer_that_is_no_duration_and_no_calendar_function_is_refused(String timer) {
    assertThat(problems("${tradingDay(1,'15:30')}", timer))
        .extracting(Problem::element)
        .contains("Wait");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "camunda:delegateExpression=\"${sendMessage}\" | camunda:class=\"java.lang.Runtime\" | Send",
        "camunda:delegateExpression=\"${sendMessage}\" | camunda:expression=\"${x}\" | Send",
        "camunda:delegateExpression=\"${sendMessage}\" | camunda:type=\"mail\" | Send",
        "camunda:delegateExpression=\"${sendMessage}\" | camunda:delegateExpression=\"${dataSource}\" | Send",
        "camunda:delegateExpression=\"${sendMessage}\" | camunda:delegateExpression=\"${sendMessage}x\" | Send",
        "camunda:delegateExpression=\"${sendMessage}\" | camunda:topic=\"x\" camunda:delegateExpression=\"${sendMessage}\" | Send",
        "name=\"template\" value=\"t1\" | name=\"template\" value=\"${t}\" | Send",
        "name=\"template\" value=\"t1\" | name=\"body\" value=\"t1\" | Send",
        "<bpmn:startEvent id=\"Start\" name=\"开始\"/> | <bpmn:startEvent id=\"Start\" camunda:formKey=\"embedded:x\"/> | Start",
        "<bpmn:endEvent id=\"End\"/> | <bpmn:endEvent id=\"End\"/><bpmn:scriptTask id=\"Script\" scriptFormat=\"groovy\"/> | Script",
        "<bpmn:endEvent id=\"End\"/> | <bpmn:endEvent id=\"End\"/><bpmn:callActivity id=\"Call\" calledElement=\"${x}\"/> | Call",
        "<bpmn:endEvent id=\"End\"/> | <bpmn:endEvent id=\"End\"><bpmn:extensionElements><camunda:executionListener event=\"start\" class=\"X\"/></bpmn:extensionElements></bpmn:endEvent> | End",
        "<bpmn:endEvent id=\"End\"/> | <bpmn:endEvent id=\"End\"><bpmn:extensionElements><camunda:inputOutput/></bpmn:extensionElements></bpmn:endEvent> | End",
        "<bpmn:endEvent id=\"End\"/> | <bpmn:endEvent id=\"End\"><bpmn:extensionElements><camunda:connector/></bpmn:extensionElements></bpmn:endEvent> | End",
        "<bpmn:endEvent id=\"End\"/> | <bpmn:endEvent id=\"End\"/><bpmn:userTask id=\"Task\" camunda:asyncAfter=\"true\"/> | Task",
        "targetNamespace=\"t\" | targetNamespace=\"t\" expressionLanguage=\"groovy\" | trial.bpmn",
        "camunda:historyTimeToLive=\"P30D\" | camunda:historyTimeToLive=\"\" | trial",
        "id=\"trial\" | id=\"Trial ${x}\" | Trial ${x}",
        "name=\"entryEvent\" value=\"account.opened\" | name=\"entryEvent\" value=\"\" | trial",
        "name=\"purpose\" value=\"service\" | name=\"purpose\" value=\"spam\" | trial",
        "errorCode=\"withheld\" | errorCode=\"other\" | Send",
      })
  void what_is_not_on_the_list_is_refused_where_it_stands(
      String place, String instead, String element) {
    assertThat(problems(place, instead))
        .extracting(Problem::element)
        .contains(element.equals("trial.bpmn") ? "bpmn:definitions" : element);
  }

  @Test
  void a_loop_in_which_nothing_waits_is_refused() {
    assertThat(
            problems(
                "sourceRef=\"Wait\" targetRef=\"End\"", "sourceRef=\"Wait\" targetRef=\"Send\""))
        .as("a loop through a timer is fine")
        .isEmpty();
    assertThat(
            problems(
                "<bpmn:sequenceFlow id=\"f4\" sourceRef=\"Gw\" targetRef=\"End\"/>",
                "<bpmn:sequenceFlow id=\"f4\" sourceRef=\"Gw\" targetRef=\"Send\"/>"))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("循环");
  }

  @Test
  void a_document_type_is_refused_before_anything_is_expanded() {
    String laughs = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    assertThat(problems("<bpmn:definitions", laughs + "<bpmn:definitions"))
        .singleElement()
        .extracting(Problem::element)
        .isEqualTo("文件");
    assertThat(
            problems(
                "<bpmn:definitions", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><bpmn:definitions"))
        .hasSize(1);
  }

  @Test
  void other_files_and_huge_files_are_refused() {
    assertThat(check.check("x.groovy", new byte[0])).hasSize(1);
    assertThat(check.check("x.bpmn20.xml", new byte[0])).hasSize(1);
    assertThat(check.check("x.bpmn", new byte[3 * 1024 * 1024]))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("2 MB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"c4\" | true",
        "\"c4\",\"c5\" | true",
        "not(\"c1\") | true",
        ">= 3 | true",
        "[1..5] | true",
        "function(x) external {java: {class: \"java.lang.Runtime\"}} | false",
        "x.y | false",
        "matches(x, \"(a+)+\") | false",
        "some y in z satisfies true | false",
      })
  void a_decision_table_compares_with_literals_only(String condition, boolean allowed) {
    String table =
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
          <decision id="route" name="r"><decisionTable id="t">
            <input id="i"><inputExpression id="e" typeRef="string"><text>riskLevel</text></inputExpression></input>
            <output id="o" name="way" typeRef="string"/>
            <rule id="r1"><inputEntry id="c"><text><![CDATA[%s]]></text></inputEntry>
              <outputEntry id="a"><text>"advisor"</text></outputEntry></rule>
          </decisionTable></decision>
        </definitions>
        """
            .formatted(condition);
    assertThat(check.check("route.dmn", table.getBytes(StandardCharsets.UTF_8)).isEmpty())
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"f\",\"components\":[{\"type\":\"select\",\"key\":\"outcome\"}]} | true",
        "{\"id\":\"f\",\"components\":[{\"type\":\"html\",\"key\":\"x\"}]} | false",
        "{\"id\":\"f\",\"components\":[{\"type\":\"text\",\"key\":\"x\",\"text\":\"<script>\"}]} | false",
        "{\"id\":\"f\",\"components\":[{\"type\":\"text\",\"key\":\"x\",\"text\":\"=secret\"}]} | false",
        "{\"components\":[]} | false",
        "[ | false",
      })
  void a_form_has_plain_fields_only(String form, boolean allowed) {
    assertThat(check.check("f.form", form.getBytes(StandardCharsets.UTF_8)).isEmpty())
        .isEqualTo(allowed);
  }

  @Test
  void a_timer_calls_a_calendar_function_and_compares_nothing() {
    assertThat(problems("${tradingDay(1,'15:30')}", "${verdict == 'allowed'}")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.Exception", "java.lang.Throwable", "", "With held"})
  void an_error_code_is_a_word_and_catches_no_failure_of_the_system(String code) {
    assertThat(problems("errorCode=\"withheld\"", "errorCode=\"" + code + "\"")).isNotEmpty();
  }

  @Test
  void a_setting_written_wrongly_is_refused_before_the_first_customer() {
    DeploymentCheck strict =
        new DeploymentCheck(
            List.of(
                new StepSettings(
                    "sendMessage",
                    Set.of("template"),
                    Set.of("product"),
                    Map.of("template", Pattern.compile("[a-z-]+")))),
            Set.of("tradingDay"));

    assertThat(strict.check("trial.bpmn", GOOD.getBytes(StandardCharsets.UTF_8)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("template").contains("t1"));
  }

  @Test
  void a_drawing_nested_without_end_is_refused() {
    String deep = "<bpmn:group>".repeat(200) + "</bpmn:group>".repeat(200);

    assertThat(problems("<bpmn:endEvent id=\"End\"/>", "<bpmn:endEvent id=\"End\"/>" + deep))
        .isNotEmpty();
  }
}
