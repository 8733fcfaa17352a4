package io.waymark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.console.Http;
import io.waymark.platform.database.CrashingPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand advisors' answers by the console of two nodes, each of which is killed in the middle.
 * Whoever gets no answer asks the other node again, and some click twice anyway.
 */
@Tag("chaos")
class TaskKillTest {

  private static final int TASKS = Integer.getInteger("chaos.tasks", 1_000);
  private static final int CLIENTS = 6;
  private static final int CLICKED_TWICE = 5;

  private final AtomicInteger clicks = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();

  /** A task and who holds it. */
  private record Held(String task, String advisor) {}

  @Test
  void a_thousand_answers_to_dying_nodes_are_neither_lost_nor_given_twice() throws Exception {
    Path folder =
        Files.createDirectories(
                Path.of("target", "chaos", "tasks-" + Long.toString(System.nanoTime(), 36)))
            .toAbsolutePath();
    write(folder);
    List<Node> nodes = List.of(new Node("first", folder), new Node("second", folder));
    CrashingPostgres postgres = new CrashingPostgres(folder.resolve("data"));
    try {
      nodes.get(0).start();
      Waiting.until("the first node", nodes.get(0)::up);
      nodes.get(1).start();
      Waiting.until("the second node", nodes.get(1)::up);
      try (Connection connection = postgres.connect();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("update advisor set daily_capacity = 100000");
      }
      Crowd crowd = new Crowd(TASKS, () -> nodes.get(0));
      crowd.arrive(nodes.get(0));
      crowd.does(Storm.ENTER, IntStream.range(0, TASKS), true);
      Waiting.until("everybody to stand at the task", () -> held(postgres).size() == TASKS);

      answerWhileNodesDie(nodes, held(postgres));
      nodes.forEach(node -> Waiting.until("a killed node to come back", node::up));
      // What a person sees is still open is answered again.
      for (List<Held> open = held(postgres); !open.isEmpty(); open = held(postgres)) {
        answer(nodes, new ConcurrentLinkedQueue<>(open));
      }
      Waiting.until("all to go on", () -> count(postgres, INSIDE) == 0);

      System.out.printf(
          "%d tasks, %d clicks, %d of them without an answer%n",
          TASKS, clicks.get(), unanswered.get());
      assertThat(unanswered.get()).as("somebody was clicking when a node died").isPositive();
      for (Map.Entry<String, Long> law : LAWS.entrySet()) {
        assertThat(count(postgres, law.getKey())).as(law.getKey()).isEqualTo(law.getValue());
      }
    } finally {
      nodes.forEach(Node::stop);
    }
  }

  private static final String INSIDE =
      "select count(*) from participation where journey_key = 'chaos-tasks' and left_at is null";

  private static final Map<String, Long> LAWS = new LinkedHashMap<>();

  static {
    LAWS.put("select count(*) from advisor_task where status = 'completed'", (long) TASKS);
    LAWS.put("select count(*) from advisor_task where status <> 'completed'", 0L);
    LAWS.put("select count(*) from act_ru_task", 0L);
    LAWS.put("select count(*) from act_ru_incident", 0L);
    LAWS.put("select count(*) from evidence where kind = 'task_completed'", (long) TASKS);
    LAWS.put(
        "select count(distinct subject) from evidence where kind = 'task_completed'", (long) TASKS);
    LAWS.put(
        "select count(*) from customer_event where type = 'advisor.task_completed'", (long) TASKS);
    LAWS.put(
        "select count(*) from participation where journey_key = 'chaos-tasks'"
            + " and left_reason = 'completed'",
        (long) TASKS);
    LAWS.put(
        "select count(*) from node_visit where node = 'Task_Call' and outcome = 'done'",
        (long) TASKS);
    LAWS.put("select count(*) from node_visit where left_at is null", 0L);
  }

  private void answerWhileNodesDie(List<Node> nodes, List<Held> tasks) throws Exception {
    Queue<Held> queue = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < tasks.size(); i++) {
      queue.add(tasks.get(i));
      if (i % CLICKED_TWICE == 0) {
        queue.add(tasks.get(i));
      }
    }
    ExecutorService killer = Executors.newSingleThreadExecutor();
    Future<?> killed =
        killer.submit(
            () -> {
              for (int i = 0; i < nodes.size(); i++) {
                int until = tasks.size() * (i + 1) / 3;
                Waiting.until("some answers", () -> clicks.get() >= until);
                nodes.get(i).kill();
                nodes.get(i).start();
                Waiting.until("the killed node to come back", nodes.get(i)::up);
              }
            });
    answer(nodes, queue);
    killed.get();
    killer.shutdown();
  }

  private void answer(List<Node> nodes, Queue<Held> queue) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> work = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int first = client;
      work.add(clients.submit(() -> new Person(nodes, first).workOff(queue)));
    }
    for (Future<?> one : work) {
      one.get();
    }
    clients.shutdown();
  }

  /** Somebody at a browser, who goes to the other node when this one does not answer. */
  private final class Person {

    private final List<Node> nodes;
    private final Map<String, Http> signedIn = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();
    private int node;

    private Person(List<Node> nodes, int first) {
      this.nodes = nodes;
      this.node = first % nodes.size();
    }

    private void workOff(Queue<Held> queue) {
      for (Held held = queue.poll(); held != null; held = queue.poll()) {
        Held one = held;
        Waiting.until("an answer about a task", () -> answered(one));
      }
    }

    private boolean answered(Held held) {
      String seat = node + ":" + held.advisor();
      try {
        Http browser = signedIn.computeIfAbsent(seat, any -> signIn(seat, held.advisor()));
        clicks.incrementAndGet();
        HttpResponse<String> answer =
            browser.form(
                "/tasks/" + held.task() + "/complete",
                Map.of("outcome", "calm", "_csrf", String.valueOf(tokens.get(seat))));
        String to = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() == 302 && !to.contains("/login")) {
          return true;
        }
      } catch (AssertionError nobodyThere) {
        unanswered.incrementAndGet();
      }
      signedIn.clear();
      node = (node + 1) % nodes.size();
      return false;
    }

    private Http signIn(String seat, String advisor) {
      Http browser = new Http(nodes.get(node).port());
      browser.signIn(advisor, "waymark-demo");
      tokens.put(seat, browser.token("/tasks"));
      return browser;
    }
  }

  private static List<Held> held(CrashingPostgres postgres) {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select task_id, assignee from advisor_task where status = 'open'"
                    + " and assignee is not null order by task_id")) {
      List<Held> held = new ArrayList<>();
      while (rows.next()) {
        held.add(new Held(rows.getString(1), rows.getString(2)));
      }
      return held;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static long count(CrashingPostgres postgres, String query) {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path folder) throws IOException {
    Path processes = Files.createDirectories(folder.resolve("processes"));
    Path templates = Files.createDirectories(folder.resolve("templates"));
    Files.writeString(
        processes.resolve("chaos-tasks.bpmn"),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
          <bpmn:process id="chaos-tasks" name="回访" isExecutable="true"
              camunda:historyTimeToLive="P30D">
            <bpmn:extensionElements><camunda:properties>
              <camunda:property name="entryEvent" value="%s"/>
              <camunda:property name="purpose" value="service"/>
              <camunda:property name="reentryDays" value="never"/>
            </camunda:properties></bpmn:extensionElements>
            <bpmn:startEvent id="Start"/>
            <bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="Task_Call"/>
            <bpmn:userTask id="Task_Call" name="致电客户" camunda:asyncAfter="true">
              <bpmn:extensionElements><camunda:properties>
                <camunda:property name="outcomes" value="calm,worried"/>
              </camunda:properties></bpmn:extensionElements>
            </bpmn:userTask>
            <bpmn:sequenceFlow id="f2" sourceRef="Task_Call" targetRef="End"/>
            <bpmn:endEvent id="End"/>
          </bpmn:process>
        </bpmn:definitions>
        """
            .formatted(Storm.ENTER));
    Properties settings = new Properties();
    for (String port : List.of("sms.port", "mail.port", "mail.page-port", "webhook.port")) {
      settings.put("waymark.simulator." + port, "0");
    }
    settings.put("waymark.demo.customers", "1");
    settings.put("waymark.demo.pause", "1d");
    settings.put("waymark.processes.location", "file:" + processes + "/");
    settings.put("waymark.templates.location", "file:" + templates + "/");
    try (OutputStream out =
        Files.newOutputStream(
            Files.createDirectories(folder.resolve("settings"))
                .resolve("application-demo.properties"))) {
      settings.store(out, null);
    }
  }
}
