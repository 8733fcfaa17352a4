package io.waymark.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns an approved template and the values of one customer into the text that is sent. Pure: no
 * statement, no network; each version is parsed once.
 */
@Component
public class Renderer {

  private static final int MOST_PARSED = 1000;
  private static final int LONGEST_SUBJECT = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Parsed(@Nullable Template subject, Template body) {}

  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

  /**
   * Renders subject and body.
   *
   * @param model {@code customer.name}, {@code customer.salutation}, {@code customer.ref} (webhook
   *     only), {@code product.*}, {@code broker.*}, {@code advisor.*}, {@code param.*} as nested
   *     maps; what the template did not declare is not shown to it
   * @throws RenderException when a variable is missing, of a kind that is not allowed, or the text
   *     grows too long
   */
  public Rendered render(TemplateVersion version, Map<String, Object> model) {
    return render(version.hash(), version.metadata(), version.source(), model);
  }

  /** Renders a text that is no version yet, as a preview does. */
  public Rendered preview(TemplateMetadata metadata, String source, Map<String, Object> model) {
    return render(TemplateHash.of(metadata, source), metadata, source, model);
  }

  private Rendered render(
      String hash, TemplateMetadata metadata, String source, Map<String, Object> model) {
    Parsed templates = parsed(hash, metadata, source);
    Map<String, Object> values = DeclaredValues.of(metadata, model);
    String subject =
        templates.subject() == null
            ? null
            : write(metadata, templates.subject(), values, LONGEST_SUBJECT).strip();
    String body = write(metadata, templates.body(), values, longest(metadata.channel()));
    if (metadata.channel() != Channel.EMAIL) {
      body = body.strip();
    }
    if (metadata.channel() == Channel.WEBHOOK) {
      requireJson(metadata, body);
    }
    return new Rendered(subject, body, Sha256.of(subject == null ? "" : subject, body));
  }

  private Parsed parsed(String hash, TemplateMetadata metadata, String source) {
    Parsed known = parsed.get(hash);
    if (known != null) {
      return known;
    }
    if (parsed.size() >= MOST_PARSED) {
      parsed.clear();
    }
    Parsed fresh = parse(metadata, source);
    parsed.put(hash, fresh);
    return fresh;
  }

  private static Parsed parse(TemplateMetadata metadata, String source) {
    if (!MetadataRules.problems(metadata, source).isEmpty()) {
      throw new RenderException(
          metadata.code(), 0, null, "模板 %s 未通过检查, 请重新提交审核。".formatted(metadata.code()));
    }
    try {
      String subject = metadata.subject();
      return new Parsed(
          subject == null
              ? null
              : Sandbox.parse(metadata.code(), subject, metadata.channel(), false),
          Sandbox.parse(metadata.code(), source, metadata.channel(), true));
    } catch (ParseException e) {
      throw new RenderException(
          metadata.code(),
          e.getLineNumber(),
          null,
          "模板 %s 第 %d 行有语法错误, 请改正后重新提交。".formatted(metadata.code(), e.getLineNumber()));
    }
  }

  private static String write(
      TemplateMetadata metadata, Template template, Map<String, Object> values, int limit) {
    BoundedWriter out = new BoundedWriter(limit);
    try {
      template.process(values, out);
      return out.toString();
    } catch (InvalidReferenceException e) {
      String variable = e.getBlamedExpressionString();
      throw new RenderException(
          metadata.code(),
          line(e),
          variable,
          "模板 %s 第 %d 行的变量 %s 没有值, 请补充数据或写默认值。".formatted(metadata.code(), line(e), variable));
    } catch (TemplateException e) {
      throw new RenderException(
          metadata.code(),
          line(e),
          e.getBlamedExpressionString(),
          "模板 %s 第 %d 行无法渲染, 请检查表达式 %s。"
              .formatted(metadata.code(), line(e), e.getBlamedExpressionString()));
    } catch (IOException e) {
      throw new RenderException(
          metadata.code(), 0, null, "模板 %s 渲染后超过 %d 字, 请缩短。".formatted(metadata.code(), limit));
    }
  }

  private static int line(TemplateException e) {
    Integer line = e.getLineNumber();
    return line == null ? 0 : line;
  }

  private static void requireJson(TemplateMetadata metadata, String body) {
    try {
      JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new RenderException(
          metadata.code(),
          e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
          null,
          "模板 %s 渲染后不是有效的 JSON, 请检查引号与逗号。".formatted(metadata.code()));
    }
  }

  private static int longest(Channel channel) {
    return switch (channel) {
      case SMS -> 500;
      case EMAIL -> 100_000;
      case WEBHOOK -> 8_000;
      default -> 4_000;
    };
  }
}
