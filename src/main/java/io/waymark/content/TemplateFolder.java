package io.waymark.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Imports the folder of template files as drafts. */
@Component
public class TemplateFolder {

  /** Author of what comes from the folder, where nobody is signed in. */
  public static final String AUTHOR = "folder";

  private static final YAMLMapper YAML = new YAMLMapper();

  private final Templates templates;
  private final String location;

  /**
   * @param location a Spring resource folder, e.g. {@code file:/srv/waymark/templates/}
   */
  TemplateFolder(
      Templates templates,
      @Value("${waymark.templates.location:classpath*:message-templates/}") String location) {
    this.templates = templates;
    this.location = location.endsWith("/") ? location : location + "/";
  }

  /**
   * Reads every {@code <code>.yaml} with its {@code <code>.ftl}; unchanged content is no new
   * version. All or nothing.
   *
   * @return the latest version of every code in the folder, in order of code
   * @throws TemplateRefusedException naming every file and line that is not allowed
   */
  @Transactional
  public List<TemplateVersion> load(String author) {
    return read("").stream()
        .map(pair -> templates.draft(pair.metadata(), pair.source(), author))
        .toList();
  }

  /**
   * Reads the pairs of files of a folder below this one and stores nothing.
   *
   * @param below the folder with a slash at its end, or empty for this one
   * @return in order of code
   * @throws TemplateRefusedException naming every file and line that is not allowed
   */
  public List<TemplateFile> read(String below) {
    List<TemplateProblem> problems = new ArrayList<>();
    List<TemplateFile> pairs = new ArrayList<>();
    for (Resource file : files(below)) {
      TemplateFile pair = read(file, problems);
      if (pair != null) {
        pairs.add(pair);
      }
    }
    if (!problems.isEmpty()) {
      throw new TemplateRefusedException(problems);
    }
    return List.copyOf(pairs);
  }

  private List<Resource> files(String below) {
    try {
      Resource[] found =
          new PathMatchingResourcePatternResolver().getResources(location + below + "*.yaml");
      return Arrays.stream(found).sorted(Comparator.comparing(TemplateFolder::name)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("templates cannot be listed", e);
    }
  }

  private static @Nullable TemplateFile read(Resource file, List<TemplateProblem> problems) {
    String code = name(file).substring(0, name(file).length() - ".yaml".length());
    if (!MetadataRules.CODE.matcher(code).matches()) {
      problems.add(problem(code, 0, "invalid_code", "文件名只能用小写字母、数字和连字符, 请改名。"));
      return null;
    }
    try {
      requireInside(file, code);
      Resource text = file.createRelative(code + ".ftl");
      if (!text.exists()) {
        problems.add(problem(code, 0, "no_text", "缺少同名的 .ftl 文件, 请补上。"));
        return null;
      }
      requireInside(text, code);
      JsonNode node = YAML.readTree(content(file));
      TemplateMetadata metadata = MetadataJson.of(code, node);
      String source = content(text);
      List<TemplateProblem> found = MetadataRules.problems(metadata, source);
      found.forEach(p -> problems.add(problem(code, p.line(), p.code(), p.message())));
      return new TemplateFile(metadata, source);
    } catch (JsonProcessingException e) {
      problems.add(
          problem(code, e.getLocation().getLineNr(), "invalid_yaml", "元数据不是有效的 YAML, 请检查缩进与引号。"));
    } catch (TemplateRefusedException e) {
      e.problems().forEach(p -> problems.add(problem(code, p.line(), p.code(), p.message())));
    } catch (IOException e) {
      throw new UncheckedIOException("template %s cannot be read".formatted(code), e);
    }
    return null;
  }

  /** A link in the folder must not lead out of it. */
  private static void requireInside(Resource file, String code) throws IOException {
    if (!file.isFile()) {
      return;
    }
    Path path = file.getFile().toPath();
    Path folder = path.toAbsolutePath().getParent();
    if (!path.toRealPath().startsWith(folder.toRealPath())) {
      throw new TemplateRefusedException(
          "file", "outside", "文件 %s 指向模板文件夹之外, 请放入文件夹内。".formatted(code));
    }
  }

  private static String content(Resource file) throws IOException {
    return file.getContentAsString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static String name(Resource file) {
    String name = file.getFilename();
    return name == null ? "" : name;
  }

  private static TemplateProblem problem(String file, int line, String code, String message) {
    return new TemplateProblem(file, line, code, "模板 %s: %s".formatted(file, message));
  }
}
