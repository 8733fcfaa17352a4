package io.waymark.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freemarker.core.ParseException;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A template is untrusted code: whatever it tries, it is refused with its line, or sees nothing.
 */
class HostileTemplatesTest {

  private static final TemplateMetadata METADATA = Texts.sms("hostile", "customer.name", "param.x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${\"freemarker.template.utility.Execute\"?new()(\"id\")}",
        "<#assign e = \"freemarker.template.utility.Execute\"?new()>${e(\"id\")}",
        "${\"freemarker.template.utility.ObjectConstructor\"?new()(\"java.io.File\", \"/\")}",
        "${\"freemarker.template.utility.JythonRuntime\"?new()}",
        "${customer.name?api.class}",
        "${customer.name.class.protectionDomain}",
        "${customer.name.getClass()}",
        "${customer.name?eval}",
        "${\"1+1\"?eval}",
        "${\"<#list 1..9 as x>${x}</#list>\"?interpret}",
        "<#assign t=\"${r'${1}'}\"?interpret><@t/>",
        "<#include \"/etc/passwd\">",
        "<#include \"file:///etc/passwd\" parse=false>",
        "<#import \"lib.ftl\" as lib>",
        "${.data_model}",
        "${.globals.customer}",
        "${.main.customer}",
        "${.vars['customer'].name}",
        "<#list .data_model?keys as k>${k}</#list>",
        "<#list 1..1000000000 as n></#list>",
        "<#list 1.. as n></#list>",
        "<#list param.x as a><#list param.x as b>${b}</#list></#list>",
        "<#list param.x?chunk(2) as a>${a}</#list>",
        "<#macro m><@m/></#macro><@m/>",
        "<#function f(x)><#return f(x)></#function>${f(1)}",
        "<@param.x/>",
        "<#attempt>${nothing}<#recover>x</#attempt>",
        "<#setting locale='en_US'>",
        "<#ftl output_format='undefined'>",
        "<#outputformat 'undefined'>${customer.name}</#outputformat>",
        "<#noautoesc>${customer.name}</#noautoesc>",
        "${customer.name?no_esc}",
        "<#noparse>${customer.name}</#noparse>",
        "<#global x = 1>",
        "<#local x = 1>",
        "<#visit customer>",
        "<#recurse customer>",
        "<#transform param.x></#transform>",
        "<#stop 'x'>",
        "<#return>",
        "<#switch param.x><#case 1>a</#switch>",
        "<#escape x as x?html>${customer.name}</#escape>",
        "${customer['name']}",
        "${customer[\"na\" + \"me\"]}",
        "${param.x[0..999999999]}",
        "${param.x?filter(y -> y == 1)}",
        "${{\"a\":1}.a}",
        "${[1,2,3]?size}",
        "${\"${customer.name}\"}",
        "${'${.now}'}",
        "${.now}",
        "${param.x?url_path}",
        "${param.x?string?replace('a', 'b', 'r')}",
        "${param.x?left_pad(1000000000)}",
        "${param.x?word_list}",
        "${param.x?seq_contains('a')}",
        "${param.x?with_args([1])}",
        "${customer}",
        "${session}",
        "${Static}",
        "${unknown.thing}",
        "${customer.idNumber}",
        "#{1 + 1}",
        "[#if true]x[/#if]",
        "[=customer.name]",
        "${customer.name",
        "<#if customer.name??>x",
        "</#if>",
        "<#if>x</#if>",
        "${}",
        "${customer.name!!!!customer.name(1)}"
      })
  void a_hostile_template_is_refused_at_the_door(String source) {
    List<TemplateProblem> problems = MetadataRules.problems(METADATA, "第一行\n" + source);

    assertThat(problems).isNotEmpty();
    assertThat(problems).allSatisfy(problem -> assertThat(problem.line()).isEqualTo(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${\"freemarker.template.utility.Execute\"?new()(\"id\")}",
        "${customer.name?api.class}",
        "${customer.name.class}",
        "${customer.secret}",
        "<#include \"/etc/passwd\">",
        "<#include \"hostile\">",
        "<#import \"/lib.ftl\" as lib>",
        "${.data_model.other}",
        "<#list 1..1000000000 as n>${n}</#list>"
      })
  void the_second_wall_holds_when_the_first_is_gone(String source) throws IOException {
    Map<String, Object> values =
        DeclaredValues.of(
            METADATA, Map.of("customer", Map.of("name", "王女士", "secret", "绝密"), "other", "不应可见"));
    Template template;
    try {
      template = Sandbox.parse("hostile", source, Channel.SMS, true);
    } catch (ParseException e) {
      return;
    }
    assertThatThrownBy(() -> template.process(values, new BoundedWriter(1000)))
        .isInstanceOfAny(TemplateException.class, IOException.class);
  }

  @Test
  void an_object_with_methods_is_not_shown() {
    Renderer renderer = new Renderer();

    assertThatThrownBy(
            () ->
                renderer.preview(
                    METADATA,
                    "${customer.name}",
                    Map.of("customer", Map.of("name", new java.io.File("/etc/passwd")))))
        .isInstanceOf(RenderException.class)
        .hasMessageContaining("customer.name")
        .hasMessageNotContaining("passwd");
  }

  @Test
  void a_refusal_names_the_line() {
    List<TemplateProblem> problems =
        MetadataRules.problems(METADATA, "您好\n${customer.name}\n\n${customer.wealth}\n");

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(4);
              assertThat(problem.code()).isEqualTo("undeclared_variable");
              assertThat(problem.message()).contains("第 4 行", "customer.wealth", "请");
            });
  }
}
