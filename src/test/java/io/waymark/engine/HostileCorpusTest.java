package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waymark.console.Http;
import io.waymark.console.People;
import io.waymark.engine.run.DrawingFolders;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.engine.sandbox.Problem;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Every file of {@code src/test/resources/hostile} is refused by every door, with the element and
 * the reason, and the house goes on afterwards as before.
 */
@WithTravellers
class HostileCorpusTest {

  private static final Path CORPUS = Path.of("src/test/resources/hostile");

  @LocalServerPort int port;
  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired DrawingChecks checks;
  @Autowired RepositoryService repository;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;

  private StaffMember marketer;
  private long before;

  /**
   * @param element named in the refusal; {@code *} for any, empty for the file as a whole
   */
  private record Hostile(String name, String element, String words, Map<String, byte[]> files) {

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeEach
  void open() {
    travellers.open();
    marketer = new People(staff, branches, encoder).of(Role.MARKETER, "SH01", "上海陆家嘴营业部");
    before = repository.createDeploymentQuery().count();
  }

  @AfterEach
  void nothing_is_kept_and_the_engine_keeps_serving() {
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
    Sketch sketch = Sketch.of("after-the-hostile").awaits("Wait", "test.go").way("Wait");
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Wait");
    traveller.does("test.go");
    assertThat(traveller.standsAt()).isEmpty();
  }

  private static List<Hostile> corpus() throws IOException {
    List<Hostile> corpus = new ArrayList<>();
    for (String line : Files.readAllLines(CORPUS.resolve("corpus.csv"))) {
      if (!line.startsWith("#")) {
        String[] part = line.split("\\|", -1);
        corpus.add(new Hostile(part[0], part[1], part[2], files(CORPUS.resolve(part[0]))));
      }
    }
    assertThat(corpus).hasSizeGreaterThan(100);
    return corpus;
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }

  @Test
  void a_drawing_handed_over_by_the_editor_or_by_code_is_refused() throws IOException {
    SoftAssertions all = new SoftAssertions();
    for (Hostile one : corpus()) {
      DeploymentRefusedException refused =
          catchThrowableOfType(
              DeploymentRefusedException.class,
              () ->
                  deployments.deploy(
                      one.name(), one.files(), marketer.username(), List.of("marketer")));
      all.assertThat(refused).as(one.name()).isNotNull();
      if (refused != null) {
        all.assertThat(refused.problems())
            .as(one.name())
            .allSatisfy(problem -> plain(problem.message()))
            .anyMatch(problem -> names(one, problem) && problem.message().contains(one.words()));
      }
    }
    all.assertAll();
  }

  private static boolean names(Hostile one, Problem problem) {
    return one.element().equals("*")
        || one.element().isEmpty()
        || one.element().equals(problem.element());
  }

  @Test
  void the_check_while_drawing_says_the_same() throws IOException {
    SoftAssertions all = new SoftAssertions();
    for (Hostile one : corpus()) {
      all.assertThat(checks.check(one.files()))
          .as(one.name())
          .allSatisfy(finding -> plain(finding.why() + finding.mend()))
          .anyMatch(Finding::blocksDeployment);
    }
    all.assertAll();
  }

  @Test
  void a_deployment_by_rest_is_refused() throws IOException {
    Caller caller = Caller.basic(port, marketer.username(), People.PASSWORD);
    SoftAssertions all = new SoftAssertions();
    for (Hostile one : corpus()) {
      HttpResponse<String> answer = caller.deploy(one.name(), one.files());
      all.assertThat(answer.statusCode()).as(one.name()).isEqualTo(400);
      all.assertThat(answer.body())
          .as(one.name())
          .contains("部署被拒绝")
          .contains(one.element().equals("*") ? "" : one.element())
          .doesNotContain("\tat ", "org.camunda", "Caused by");
    }
    all.assertAll();
  }

  @Test
  void an_upload_in_the_console_is_refused_and_shown() throws IOException {
    Http http = new Http(port);
    http.signIn(marketer.username(), People.PASSWORD);
    SoftAssertions all = new SoftAssertions();
    for (Hostile one : corpus()) {
      HttpResponse<String> answer = http.upload("/journeys/upload", "files", one.files());
      all.assertThat(answer.statusCode()).as(one.name()).isEqualTo(200);
      String said = answer.body().replaceFirst("(?s).*<main", "");
      all.assertThat(said)
          .as(one.name())
          .containsAnyOf("检查没有通过", "恰好一个 .bpmn")
          .doesNotContain("org.camunda", "Caused by", "\tat ");
      if (said.contains("检查没有通过")) {
        all.assertThat(said)
            .as(one.name())
            .contains(one.element().equals("*") ? "" : one.element());
      }
    }
    all.assertAll();
  }

  @Test
  void the_folder_read_at_the_start_is_refused_file_by_file_and_the_house_starts()
      throws IOException {
    Logger logger = (Logger) LoggerFactory.getLogger("io.waymark.engine.run.JourneyFolder");
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.addAppender(said);
    SoftAssertions all = new SoftAssertions();
    try {
      for (Hostile one : corpus()) {
        said.list.clear();
        DrawingFolders.start(deployments, CORPUS.resolve(one.name()));
        all.assertThat(said.list)
            .as(one.name())
            .isNotEmpty()
            .allSatisfy(line -> assertThat(line.getFormattedMessage()).contains("is refused"))
            .anyMatch(
                line ->
                    line.getFormattedMessage()
                        .contains(one.element().equals("*") ? "" : one.element()));
      }
    } finally {
      logger.detachAppender(said);
    }
    all.assertAll();
  }

  @Test
  void files_too_large_or_with_names_that_lead_elsewhere_are_refused() {
    SoftAssertions all = new SoftAssertions();
    tricks()
        .forEach(
            (name, files) -> {
              DeploymentRefusedException refused =
                  catchThrowableOfType(
                      DeploymentRefusedException.class,
                      () ->
                          deployments.deploy(
                              "trick", files, marketer.username(), List.of("marketer")));
              all.assertThat(refused).as(name).isNotNull();
              if (refused != null) {
                all.assertThat(refused.problems())
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(problem -> plain(problem.message()));
              }
              all.assertThat(checks.check(files)).as(name).anyMatch(Finding::blocksDeployment);
            });
    all.assertAll();
  }

  /** What is refused by the deployment is refused by whoever stands before it. */
  @Test
  void the_same_tricks_are_refused_at_the_rest_door_and_at_both_uploads() {
    Caller caller = Caller.basic(port, marketer.username(), People.PASSWORD);
    Http http = new Http(port);
    http.signIn(marketer.username(), People.PASSWORD);
    SoftAssertions all = new SoftAssertions();
    tricks()
        .forEach(
            (name, files) -> {
              HttpResponse<String> rest = caller.deploy("trick", files);
              all.assertThat(rest.statusCode()).as("rest: " + name).isBetween(400, 499);
              harmless(all, "rest: " + name, rest);
              if (name.equals("nothing") || name.endsWith("path")) {
                // Tomcat refuses a part whose name holds NUL before anything of ours is asked; of
                // a path both uploads take the last part, which is a plain name here.
                return;
              }
              for (String door : List.of("/journeys/upload", "/journeys/drawings/-/import")) {
                HttpResponse<String> answer = http.upload(door, "files", files);
                all.assertThat(answer.statusCode()).as(door + ": " + name).isLessThan(500);
                harmless(all, door + ": " + name, answer);
              }
            });
    all.assertAll();
  }

  private static void harmless(SoftAssertions all, String what, HttpResponse<String> answer) {
    all.assertThat(answer.body())
        .as(what)
        .doesNotContain("\tat ", "org.camunda", "Caused by", "Exception:", "部署完成");
  }

  /**
   * A folder is read file by file, so what makes a crowd elsewhere is several journeys here, and a
   * table no drawing refers to is not read at all.
   */
  @Test
  void the_same_tricks_lie_in_the_folder_that_is_read_at_the_start(@TempDir Path folder)
      throws IOException {
    Map<String, Map<String, byte[]>> tricks = tricks();
    tricks
        .keySet()
        .removeAll(List.of("two drawings", "crowd", "deep table", "path", "nothing", "long name"));
    for (Map.Entry<String, Map<String, byte[]>> trick : tricks.entrySet()) {
      Path place = Files.createDirectory(folder.resolve(trick.getKey().replace(' ', '-')));
      for (Map.Entry<String, byte[]> file : trick.getValue().entrySet()) {
        Files.write(place.resolve(file.getKey()), file.getValue());
      }
      DrawingFolders.start(deployments, place);
      assertThat(repository.createDeploymentQuery().count()).as(trick.getKey()).isEqualTo(before);
    }
  }

  private static Map<String, Map<String, byte[]>> tricks() {
    String good = Sketch.of("named").awaits("Wait", "test.go").way("Wait").xml();
    Map<String, Map<String, byte[]>> tricks = new TreeMap<>();
    tricks.put("path", one("../../etc/evil.bpmn", good));
    tricks.put("windows path", one("..\\evil.bpmn", good));
    tricks.put("hidden", one(".bpmn", good));
    tricks.put("page", one("evil.bpmn.jsp", good));
    tricks.put("archive", one("evil.zip", "PK"));
    tricks.put("other ending", one("evil.bpmn20.xml", good));
    tricks.put("capital ending", one("evil.BPMN", good));
    tricks.put("nothing", one("evil\u0000.bpmn", good));
    tricks.put("line break", one("evil\n.bpmn", good));
    tricks.put("long name", one("e".repeat(300) + ".bpmn", good));
    tricks.put("huge", one("huge.bpmn", good + "<!--" + "x".repeat(3_000_000) + "-->"));
    tricks.put(
        "many",
        one(
            "many.bpmn",
            good.replace(
                "</bpmn:process>", "<bpmn:endEvent/>".repeat(20_000) + "</bpmn:process>")));
    tricks.put(
        "long chain",
        one("chain.bpmn", good.replace("</bpmn:process>", chain(15_000) + "</bpmn:process>")));
    tricks.put("deep", one("deep.bpmn", "<a>".repeat(100_000) + "</a>".repeat(100_000)));
    tricks.put(
        "deep table",
        Map.of("t.bpmn", good.getBytes(StandardCharsets.UTF_8), "t.dmn", deepTable()));
    tricks.put(
        "many attributes",
        one("attributes.bpmn", good.replace("isExecutable", attributes(50_000) + " isExecutable")));
    tricks.put(
        "two drawings",
        Map.of(
            "a.bpmn",
            good.getBytes(StandardCharsets.UTF_8),
            "b.bpmn",
            good.replace("named-", "other-").getBytes(StandardCharsets.UTF_8)));
    tricks.put("no drawing", one("alone.form", "{\"id\":\"f\",\"components\":[]}"));
    Map<String, byte[]> crowd = new TreeMap<>(one("crowd.bpmn", good));
    for (int i = 0; i < 30; i++) {
      crowd.put(
          "f" + i + ".form", "{\"id\":\"f\",\"components\":[]}".getBytes(StandardCharsets.UTF_8));
    }
    tricks.put("crowd", crowd);
    return tricks;
  }

  private static Map<String, byte[]> one(String file, String content) {
    return Map.of(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private static String chain(int length) {
    StringBuilder chain = new StringBuilder();
    for (int i = 0; i < length; i++) {
      chain.append(
          "<bpmn:sequenceFlow id=\"c%d\" sourceRef=\"n%d\" targetRef=\"n%d\"/>"
              .formatted(i, i, i + 1));
    }
    return chain.toString();
  }

  private static String attributes(int count) {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < count; i++) {
      attributes.append(" a").append(i).append("=\"x\"");
    }
    return attributes.toString();
  }

  private static byte[] deepTable() {
    String deep = "<text>".repeat(50_000) + "</text>".repeat(50_000);
    return ("<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\">"
            + deep
            + "</definitions>")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A sentence for people: Chinese, and nothing of our insides. */
  private static void plain(String sentence) {
    assertThat(sentence).containsPattern("\\p{IsHan}");
    assertThat(sentence).doesNotContain("\tat ", "org.camunda", "Exception:", "SAX", "JAXP");
  }
}
