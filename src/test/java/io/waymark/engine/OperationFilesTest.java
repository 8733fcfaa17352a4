package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.BranchScope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Alert rules and panels ask for numbers that are there, and every rule says what to do. */
@WithTravellers
class OperationFilesTest {

  private static final Path DOCS = Path.of("docs");
  private static final Pattern METRIC = Pattern.compile("\\b(?:waymark|hikaricp|jvm|http)_[a-z_]+");

  @Autowired MeterRegistry registry;
  @Autowired ApiKeys keys;
  @LocalServerPort int port;

  @Test
  void every_metric_of_a_rule_or_a_panel_exists() throws IOException {
    Set<String> known =
        registry.getMeters().stream().map(this::prometheusName).collect(Collectors.toSet());

    assertThat(metrics("operations/alerts.yml")).hasSizeGreaterThan(15).isSubsetOf(known);
    assertThat(metrics("operations/grafana-dashboard.json"))
        .hasSizeGreaterThan(20)
        .isSubsetOf(known);
  }

  /** As Prometheus sees it: what is scraped with a key, name by name. */
  @Test
  void what_is_scraped_holds_every_metric_of_every_rule_and_panel() throws Exception {
    String key = keys.create("s-" + UUID.randomUUID(), Set.of("metrics"), all(), "test");
    String text = scrape(key);
    Set<String> scraped =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[{ ]", 2)[0])
            .collect(Collectors.toSet());
    Set<String> ours =
        registry.getMeters().stream()
            .filter(meter -> meter.getId().getName().startsWith("waymark."))
            .map(this::prometheusName)
            .collect(Collectors.toSet());

    assertThat(ours).hasSizeGreaterThanOrEqualTo(28);
    assertThat(scraped).containsAll(metrics("operations/alerts.yml"));
    assertThat(scraped).containsAll(metrics("operations/grafana-dashboard.json"));
    assertThat(scraped.stream().map(name -> name.replaceAll("_(count|sum|max|total)$", "")))
        .containsAll(ours.stream().map(name -> name.replaceAll("_total$", "")).toList());
    assertThat(text.lines().filter(line -> line.startsWith("waymark_")))
        .allSatisfy(line -> assertThat(line).matches("waymark_[a-z_]+(\\{.*})? [-+0-9.Ee]+"));
  }

  private String scrape(String key) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus"))
            .header("X-Api-Key", key)
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void every_rule_has_a_page_and_every_page_a_rule() throws IOException {
    JsonNode rules =
        new ObjectMapper(new YAMLFactory())
            .readTree(DOCS.resolve("operations/alerts.yml").toFile())
            .at("/groups/0/rules");
    List<String> pages =
        StreamSupport.stream(rules.spliterator(), false)
            .map(rule -> rule.at("/annotations/runbook").asText())
            .toList();

    assertThat(pages).doesNotHaveDuplicates();
    for (JsonNode rule : rules) {
      assertThat(Path.of(rule.at("/annotations/runbook").asText()))
          .content()
          .contains(rule.path("alert").asText(), rule.path("expr").asText(), "怎么处理");
    }
    try (var written = Files.list(DOCS.resolve("runbook"))) {
      assertThat(written.map(Path::toString)).hasSameElementsAs(pages);
    }
  }

  @Test
  void every_number_can_be_read() {
    List<String> unreadable =
        registry.getMeters().stream()
            .filter(meter -> meter.getId().getName().startsWith("waymark."))
            .filter(meter -> Double.isNaN(meter.measure().iterator().next().getValue()))
            .map(meter -> meter.getId().getName())
            .toList();

    assertThat(unreadable).isEmpty();
  }

  @Test
  void numbers_are_shown_to_a_key_for_them_and_to_nobody_else() throws Exception {
    String metrics = keys.create("m-" + UUID.randomUUID(), Set.of("metrics"), all(), "test");
    String reads = keys.create("r-" + UUID.randomUUID(), Set.of("read", "ingest"), all(), "test");

    assertThat(status("/actuator/prometheus", "")).isEqualTo(401);
    assertThat(status("/actuator/prometheus", reads)).isEqualTo(403);
    assertThat(status("/actuator/prometheus", metrics)).isEqualTo(200);
    assertThat(status("/api/v1/customers/x/timeline", metrics)).isEqualTo(403);
    assertThat(status("/actuator/metrics", metrics)).isNotEqualTo(200);
  }

  @Test
  void whoever_asks_for_the_health_of_a_node_learns_it() throws Exception {
    for (String group : List.of("liveness", "readiness", "operation")) {
      assertThat(status("/actuator/health/" + group, "")).as(group).isEqualTo(200);
    }
  }

  private static BranchScope all() {
    return BranchScope.everywhere();
  }

  private int status(String path, String key) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    if (!key.isEmpty()) {
      request.header("X-Api-Key", key);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private String prometheusName(Meter meter) {
    Meter.Id id = meter.getId();
    return new PrometheusNamingConvention().name(id.getName(), id.getType(), id.getBaseUnit());
  }

  private static Set<String> metrics(String file) throws IOException {
    Set<String> found = new TreeSet<>();
    var matcher = METRIC.matcher(Files.readString(DOCS.resolve(file)));
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
